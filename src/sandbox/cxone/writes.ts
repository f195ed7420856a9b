/**
 * Writing: POST creates, PUT modifies, DELETE removes, each row by itself. What fails in part is a 200 all the same: a
 * row that failed tells the error but not the skill, a row that did not tells the skill.
 */
import { type Answer, json } from '../answer.ts';
import type { Call, Params } from '../call.ts';
import { carried } from '../org/carry.ts';
import type { OrgAssignment, OrgUser } from '../org/org.ts';
import { agentOf } from './listings.ts';
import { agentRowsOf, type Row, rowsOf } from './rows.ts';
import { proficiencyOf } from './scale.ts';
import { addOrModify, modify, type Step } from './steps.ts';
import { type CxoneWorld, isSeen } from './world.ts';

export function writeOwn(
  world: CxoneWorld,
  step: Step,
  { call, params }: { readonly call: Call; readonly params: Params },
): Answer {
  const rows = rowsOf(call);
  const user = agentOf(world, params);
  const errors = carryOut(world, call, {
    orders: rows.map((row) => ({ user, row })),
    step,
    forgets: step === modify && world.settings.cxone.putReplaces,
  });
  const skillResults = rows.map(({ skillId }, n) => {
    const error = errors[n];
    return error === undefined
      ? { success: true, skillId: Number(skillId) }
      : { success: false, error };
  });
  const errorCount = errors.filter((error) => error !== undefined).length;
  return json({ resultSet: { errorCount, skillResults } });
}

/** Adds or modifies for many. Its count is a text, and its errors have none. */
export function writeMany(world: CxoneWorld, call: Call): Answer {
  const rows = agentRowsOf(call);
  const orders = rows.map((row) => ({ user: visibleUser(world, row.agentId), row }));
  const errors = carryOut(world, call, { orders, step: addOrModify, forgets: false });
  const skillResults = rows.map(({ agentId, skillId }, n) => {
    return { success: errors[n] === undefined, skillId: Number(skillId), agentId: Number(agentId) };
  });
  const errorCount = String(errors.filter((error) => error !== undefined).length);
  return json({ resultSet: { errorCount, skillResults } });
}

interface Order {
  readonly user: OrgUser | undefined;
  readonly row: Row;
}

interface Work {
  readonly orders: readonly Order[];
  readonly step: Step;
  /** Whether what is not named is dropped. */
  readonly forgets: boolean;
}

/** Why each order failed, if it did. */
function carryOut(
  world: CxoneWorld,
  call: Call,
  { orders, step, forgets }: Work,
): readonly (string | undefined)[] {
  const fault = world.faults.draw('rows', call);
  const taken = fault === undefined ? orders.length : orders.length * (fault.applied ?? 0.5);
  const lists = new Map<OrgUser, readonly OrgAssignment[]>();
  const errors = orders.map(({ user, row }, n) => {
    if (n >= taken) return 'The row could not be saved';
    if (user === undefined) return 'The agent was not found';
    const skill = world.numbers.orgSkill(row.skillId);
    if (skill === undefined || skill.state === 'deleted') return 'The skill was not found';
    const after = step(lists.get(user) ?? skillsOf(user), row, skill.id);
    if (typeof after === 'string') return after;
    lists.set(user, after);
    return undefined;
  });
  const named = new Set(orders.map(({ row }) => world.numbers.orgSkill(row.skillId)?.id));
  for (const [user, list] of lists) {
    store(world, user, forgets ? list.filter(({ id }) => named.has(id)) : list);
  }
  return errors;
}

function store(
  { state, settings, now }: CxoneWorld,
  user: OrgUser,
  after: readonly OrgAssignment[],
): void {
  const list = carried(user, after, sameHere);
  state.replace(user, { kind: 'skill', list, at: now(), lagMs: settings.lagMs });
}

/** Whether CXone would see no difference. */
function sameHere(old: OrgAssignment, next: OrgAssignment): boolean {
  return proficiencyOf(old) === proficiencyOf(next) && old.inactive === next.inactive;
}

function visibleUser(world: CxoneWorld, agentId: string): OrgUser | undefined {
  const user = world.numbers.user(agentId);
  return user !== undefined && isSeen(world, user) ? user : undefined;
}

function skillsOf({ assignments }: OrgUser): readonly OrgAssignment[] {
  return assignments.filter(({ kind }) => kind === 'skill');
}
