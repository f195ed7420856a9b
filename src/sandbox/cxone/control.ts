/** The calls under `/_sandbox/cxone/`: the truth and changes by hand, in the words of CXone. */
import { json, Refusal } from '../answer.ts';
import { isRecord, jsonBody, type Params, type Route } from '../call.ts';
import { asRefusal, type ControlWorld, OPEN } from '../control-world.ts';
import { type CxoneRow, editRows, rowsOf } from './truth.ts';

export function cxoneControl({ state, numbers, now }: ControlWorld): readonly Route[] {
  const path = '/_sandbox/cxone/agents/{agentId}';
  const idOf = (params: Params) => Number(params.get('agentId'));
  return [
    {
      ...OPEN,
      method: 'GET',
      path,
      handle(_call, params) {
        now();
        const agentId = idOf(params);
        return json({ agentId, skills: asRefusal(404, () => rowsOf(numbers, agentId)) });
      },
    },
    {
      ...OPEN,
      method: 'PUT',
      path,
      handle(call, params) {
        const agentId = idOf(params);
        const rows = rowsIn(jsonBody(call).skills);
        asRefusal(400, () => editRows(state, numbers, { agentId, rows, at: now() }));
        return json({ agentId, skills: rowsOf(numbers, agentId) });
      },
    },
  ];
}

function rowsIn(value: unknown): readonly CxoneRow[] {
  const isRow = (row: unknown) =>
    isRecord(row) &&
    typeof row.skillId === 'number' &&
    typeof row.isActive === 'boolean' &&
    (row.proficiency === null || typeof row.proficiency === 'number');
  if (Array.isArray(value) && value.every(isRow)) return value;
  throw new Refusal(400, 'bad.request', 'skills must be a list of skillId, proficiency, isActive');
}
