/** The calls under `/_sandbox/genesys/`: the truth and changes by hand, in the words of Genesys Cloud. */
import { json, Refusal } from '../answer.ts';
import { isRecord, jsonBody, type Route } from '../call.ts';
import type { ControlWorld } from '../control-world.ts';
import { asRefusal, OPEN } from '../control-world.ts';
import { editLists, type GenesysEntry, listsOf } from './truth.ts';

export function genesysControl({ state, now }: ControlWorld): readonly Route[] {
  const path = '/_sandbox/genesys/users/{userId}';
  return [
    {
      ...OPEN,
      method: 'GET',
      path,
      handle(_call, params) {
        now();
        const id = params.get('userId') ?? '';
        return json({ id, ...asRefusal(404, () => listsOf(state, id)) });
      },
    },
    {
      ...OPEN,
      method: 'PUT',
      path,
      handle(call, params) {
        const userId = params.get('userId') ?? '';
        const { skills, languages } = jsonBody(call);
        const edit = { ...listed('skills', skills), ...listed('languages', languages) };
        asRefusal(400, () => editLists(state, { userId, ...edit, at: now() }));
        return json({ id: userId, ...listsOf(state, userId) });
      },
    },
  ];
}

function listed<N extends string>(name: N, value: unknown): { [K in N]?: GenesysEntry[] } {
  if (value === undefined) return {};
  const isList =
    Array.isArray(value) && value.every((entry) => isRecord(entry) && typeof entry.id === 'string');
  if (!isList) throw new Refusal(400, 'bad.request', `${name} must be a list`);
  return { [name]: value } as { [K in N]?: GenesysEntry[] };
}
