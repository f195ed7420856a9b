/** A plan or a result as those may see it who are not told who is meant; every renderer takes it like any other. */
import type { Change, Plan, PlannedUser } from '../../model/plan.ts';
import type { Result } from '../../model/result.ts';
import type { Held } from '../../model/target.ts';
import { type Labels, labelsFor, type Somebody } from './labels.ts';

/** Everybody a plan speaks of. */
export function peopleIn(plan: Plan): Somebody[] {
  return [
    ...plan.released.map((key) => ({ key })),
    ...plan.upcoming.map(({ user: key, place }) => ({ key, place })),
    ...plan.held.map(heldPerson),
    ...Object.values(plan.users).map(({ key, userId, name, changes }) => ({
      ...{ key, userId },
      ...(name === undefined ? {} : { name }),
      ...(changes[0] === undefined ? {} : { place: changes[0].source }),
    })),
  ];
}

function heldPerson({ key, userId, place }: Held): Somebody {
  return { key, place, ...(userId === undefined ? {} : { userId }) };
}

/** How much of a plan may be told, beside who is meant. */
export interface Mask {
  readonly labels: Labels;
  readonly proficiency: boolean;
}

/** For renderers alone: its digests are those of the plan as it was. */
export function maskedPlan(plan: Plan, mask: Mask): Plan {
  const { labels } = mask;
  const { who, clean } = labels;
  return {
    ...plan,
    users: Object.fromEntries(
      Object.entries(plan.users).map(([id, user]) => [id, maskedUser(user, mask)]),
    ),
    held: plan.held.map((held) => maskedHeld(held, labels)),
    released: plan.released.map((key) => who({ key })),
    upcoming: plan.upcoming.map((edge) => ({ ...edge, user: who({ key: edge.user }) })),
    findings: plan.findings.map((finding) => ({ ...finding, ...advice(finding, clean) })),
    guards: plan.guards.map((verdict) => ({ ...verdict, message: clean(verdict.message) })),
  };
}

/** `people`: those of the plan that was applied, where it is at hand. */
export function maskedResult(
  result: Result,
  naming: Labels['naming'],
  people: Iterable<Somebody> = [],
): Result {
  const labels = labelsFor(naming, [...people, ...result.users, ...result.held.map(heldPerson)]);
  return {
    ...result,
    users: result.users.map(({ name: _name, ...user }) => ({
      ...user,
      key: labels.who(user),
      ...(user.message === undefined ? {} : { message: labels.clean(user.message) }),
    })),
    held: result.held.map((held) => maskedHeld(held, labels)),
  };
}

function maskedUser(user: PlannedUser, { labels, proficiency }: Mask): PlannedUser {
  const { name: _name, ...rest } = user;
  const changes = proficiency ? user.changes : user.changes.map(withoutValues);
  return { ...rest, key: labels.who(user), changes };
}

/** Whether it is added, changed or removed is still told. */
function withoutValues({ before: _before, after: _after, level: _level, ...rest }: Change): Change {
  return rest;
}

function maskedHeld(held: Held, { who, clean }: Labels): Held {
  return { ...held, key: who(heldPerson(held)), ...advice(held, clean) };
}

function advice(
  { message, hint }: { readonly message: string; readonly hint?: string },
  clean: Labels['clean'],
) {
  return { message: clean(message), ...(hint === undefined ? {} : { hint: clean(hint) }) };
}
