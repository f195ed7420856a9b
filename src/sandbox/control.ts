/** The calls under `/_sandbox/`, for tests that have nothing but the URL: the truth, the log, and changes by hand. */
import { entriesOf, type SkillEntry, toAssignment } from './admin/entries.ts';
import { json, jsonText, Refusal } from './answer.ts';
import type { Route } from './call.ts';
import { isRecord, jsonBody } from './call.ts';
import { parseFault } from './fault-syntax.ts';
import type { FaultRule, Faults } from './faults.ts';
import type { OrgUser } from './org/org.ts';
import type { OrgState } from './org/state.ts';
import type { RequestLog } from './requests.ts';

export interface ControlWorld {
  readonly state: OrgState;
  readonly log: RequestLog;
  readonly faults: Faults;
  now(): number;
}

interface Edit {
  readonly userId: string;
  readonly skills: readonly SkillEntry[];
  readonly at: number;
}

/** Throws a RangeError for an unknown one. */
export function findUser(state: OrgState, userId: string): OrgUser {
  const user = state.user(userId);
  if (user === undefined) throw new RangeError(`There is no user ${userId}.`);
  return user;
}

/** Throws a RangeError for unknown ids. */
export function editByHand(state: OrgState, edit: Edit): void {
  const user = findUser(state, edit.userId);
  for (const { skillId } of edit.skills) {
    if (state.skill('skill', skillId) === undefined) {
      throw new RangeError(`There is no skill ${skillId}.`);
    }
  }
  const list = edit.skills.map(toAssignment);
  state.replace(user, { kind: 'skill', list, at: edit.at, lagMs: 0 });
}

export function controlRoutes(world: ControlWorld): readonly Route[] {
  return [...userRoutes(world), faultRoute(world), ...logRoutes(world.log)];
}

const OPEN = { access: 'open', scopes: [] } as const;

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
        asRefusal(400, () => editByHand(state, edit));
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

function asRefusal<T>(status: 400 | 404, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Refusal(status, 'bad.request', (error as Error).message);
  }
}
