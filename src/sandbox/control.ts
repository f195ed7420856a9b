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

export interface Edit {
  readonly userId: string;
  readonly skills: readonly SkillEntry[];
  readonly at: number;
}

/** Throws a RangeError for unknown ids. */
export function editByHand(state: OrgState, edit: Edit): void {
  const user = state.user(edit.userId);
  if (user === undefined) throw new RangeError(`There is no user ${edit.userId}.`);
  for (const { skillId } of edit.skills) {
    if (state.skill('skill', skillId) === undefined) {
      throw new RangeError(`There is no skill ${skillId}.`);
    }
  }
  const list = edit.skills.map(toAssignment);
  state.replace(user, { kind: 'skill', list, at: edit.at, lagMs: 0 });
}

export function controlRoutes(world: ControlWorld): readonly Route[] {
  const { state, log } = world;
  const open = { access: 'open', scopes: [] } as const;
  return [
    {
      ...open,
      method: 'GET',
      path: '/_sandbox/users',
      handle() {
        world.now();
        return jsonText(`{"users":[${state.org.users.map((user) => truth(user)).join(',')}]}`);
      },
    },
    {
      ...open,
      method: 'GET',
      path: '/_sandbox/users/{userId}',
      handle(_call, params) {
        world.now();
        const user = state.user(params.get('userId') ?? '');
        if (user === undefined) throw new Refusal(404, 'not.found', 'There is no such user');
        return jsonText(truth(user));
      },
    },
    {
      ...open,
      method: 'PUT',
      path: '/_sandbox/users/{userId}/skills',
      handle(call, params) {
        const { skills } = jsonBody(call);
        if (!isEntries(skills)) throw new Refusal(400, 'bad.request', 'skills must be a list');
        asRefusal(() =>
          editByHand(state, { userId: params.get('userId') ?? '', skills, at: world.now() }),
        );
        return json({ skills });
      },
    },
    {
      ...open,
      method: 'PUT',
      path: '/_sandbox/faults',
      handle(call) {
        const { faults } = jsonBody(call);
        world.faults.set(asRefusal(() => faultRules(faults)));
        return json({ faults });
      },
    },
    ...logRoutes(log),
  ];
}

function logRoutes(log: RequestLog): readonly Route[] {
  const open = { access: 'open', scopes: [] } as const;
  const path = '/_sandbox/requests';
  return [
    { ...open, method: 'GET', path, handle: () => json({ requests: log.entries }) },
    {
      ...open,
      method: 'DELETE',
      path,
      handle() {
        log.clear();
        return json({});
      },
    },
    { ...open, method: 'GET', path: '/_sandbox/counters', handle: () => json(log.counters) },
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

function asRefusal<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Refusal(400, 'bad.request', (error as Error).message);
  }
}
