/** The calls under `/_sandbox/`, for tests that have nothing but the URL: the truth, the log, and changes by hand. */
import { entriesOf, type SkillEntry } from './admin/entries.ts';
import { editSkills } from './admin/truth.ts';
import { json, jsonText, Refusal } from './answer.ts';
import type { Route } from './call.ts';
import { isRecord, jsonBody } from './call.ts';
import { asRefusal, type ControlWorld, OPEN } from './control-world.ts';
import { cxoneControl } from './cxone/control.ts';
import { parseFault } from './fault-syntax.ts';
import type { FaultRule } from './faults.ts';
import { genesysControl } from './genesys/control.ts';
import { findUser } from './org/find.ts';
import type { OrgUser } from './org/org.ts';
import type { RequestLog } from './requests.ts';

export function controlRoutes(world: ControlWorld): readonly Route[] {
  return [
    ...userRoutes(world),
    ...genesysControl(world),
    ...cxoneControl(world),
    faultRoute(world),
    ...logRoutes(world.log),
  ];
}

function userRoutes(world: ControlWorld): readonly Route[] {
  const { state } = world;
  const path = '/_sandbox/users';
  return [
    {
      ...OPEN,
      method: 'GET',
      path,
      handle() {
        world.now();
        return jsonText(`{"users":[${state.org.users.map(truth).join(',')}]}`);
      },
    },
    {
      ...OPEN,
      method: 'GET',
      path: `${path}/{userId}`,
      handle(_call, params) {
        world.now();
        const userId = params.get('userId') ?? '';
        return jsonText(truth(asRefusal(404, () => findUser(state, userId))));
      },
    },
    {
      ...OPEN,
      method: 'PUT',
      path: `${path}/{userId}/skills`,
      handle(call, params) {
        const { skills } = jsonBody(call);
        if (!isEntries(skills)) throw new Refusal(400, 'bad.request', 'skills must be a list');
        const edit = { userId: params.get('userId') ?? '', skills, at: world.now() };
        asRefusal(400, () => editSkills(state, edit));
        return json({ skills });
      },
    },
  ];
}

function faultRoute({ faults }: ControlWorld): Route {
  return {
    ...OPEN,
    method: 'PUT',
    path: '/_sandbox/faults',
    handle(call) {
      const { faults: texts } = jsonBody(call);
      faults.set(asRefusal(400, () => faultRules(texts)));
      return json({ faults: texts });
    },
  };
}

function logRoutes(log: RequestLog): readonly Route[] {
  const path = '/_sandbox/requests';
  return [
    { ...OPEN, method: 'GET', path, handle: () => json({ requests: log.entries }) },
    {
      ...OPEN,
      method: 'DELETE',
      path,
      handle() {
        log.clear();
        return json({});
      },
    },
    { ...OPEN, method: 'GET', path: '/_sandbox/counters', handle: () => json(log.counters) },
  ];
}

function truth(user: OrgUser): string {
  const { id, email, name, team } = user;
  return JSON.stringify({ id, email, name, team, skills: entriesOf(user.assignments) });
}

function isEntries(value: unknown): value is readonly SkillEntry[] {
  return (
    Array.isArray(value) &&
    value.every((entry) => isRecord(entry) && typeof entry.skillId === 'string')
  );
}

function faultRules(faults: unknown): readonly FaultRule[] {
  if (!Array.isArray(faults)) throw new Error('faults must be a list of texts');
  return faults.map((text) => parseFault(String(text)));
}
