/** What stands below a plan's first line, and a reader should know before saying yes. */
import { CAUSES, type Change, type Plan, type RunScope, type Totals } from '../../model/plan.ts';
import { count, few, listed } from '../words.ts';

const UNTOLD = 'what left the files cannot be told from foreign';

/** A sentence or two each, not cleaned. */
export function planNotes(plan: Plan): string[] {
  return [
    counts(plan.totals),
    ...byCause(plan),
    ...narrowed(plan.scope),
    ...base(plan),
    ...unread(plan),
    ...uncommitted(plan),
    made(plan),
  ];
}

function counts(totals: Totals): string {
  const people = `${count(totals.people, 'person', 'people')} to change`;
  const foreign = `${count(totals.foreignKept, 'foreign assignment', 'foreign assignments')} kept`;
  return `${people}, ${totals.held} held, ${totals.released} released, ${foreign}.`;
}

/** Changes, not people; where there is but one cause every line says it. */
function byCause({ users }: Plan): string[] {
  const causes = Object.values(users).flatMap(({ changes }) => changes.map(({ cause }) => cause));
  const counted = CAUSES.map((name) => ({
    name,
    number: causes.filter((cause) => cause === name).length,
  })).filter(({ number }) => number > 0);
  if (counted.length < 2) return [];
  return [`By cause: ${counted.map(({ name, number }) => `${number} ${name}`).join(', ')}.`];
}

function narrowed(scope: RunScope | null): string[] {
  if (scope === null) return [];
  const { at, changed, users, teams, causes, ignore } = scope;
  const to = (word: string, names: readonly string[] | undefined) =>
    names === undefined ? [] : [`to ${word}${names.length === 1 ? '' : 's'} ${few(names)}`];
  const parts = [
    ...(changed ? ['to changed people'] : []),
    ...to('user', users),
    ...to('team', teams),
    ...to('cause', causes),
    ...(at === 'base' ? ["to the base's files"] : []),
    ...(ignore === undefined ? [] : ['to what is not ignored']),
  ];
  return [`Narrowed ${listed(parts)}.`];
}

/** What cannot be known for want of a base. */
function base({ head, ledger, users }: Plan): string[] {
  const isFirst = ({ cause }: Change) => cause === 'first';
  const people = Object.values(users).map(({ changes }) => changes);
  if (ledger !== null) {
    const fresh = people.filter((changes) => changes.some(isFirst)).length;
    const never = `${count(fresh, 'person has', 'people have')} never been verified`;
    return fresh === 0 ? [] : [`${never}: ${UNTOLD} for them, and is kept.`];
  }
  const first = people.length > 0 && people.every((changes) => changes.every(isFirst));
  if (head === null) {
    const kept = first ? ' What left the files cannot be told from foreign, and is kept.' : '';
    return [`Not in git: there is no base.${kept}`];
  }
  return first ? [`There is no base yet: ${UNTOLD}, and is kept.`] : [];
}

function unread({ live }: Plan): string[] {
  if (live.complete) return [];
  return [`Not everything live is shown, so nothing is removed. ${live.why ?? ''}`.trimEnd()];
}

const DIFFER = 'The files differ from the commit';

/** Whoever was given what no commit says is not at any commit. */
function uncommitted(plan: Plan): string[] {
  if (plan.settles.point?.tree === undefined) return [];
  // What other causes leave open stands among them then, and cannot be told from them.
  if (plan.scope?.causes !== undefined) {
    return [`${DIFFER}: the people concerned stay open in the ledger.`];
  }
  const number = concerned(plan);
  if (number === 0) return [`${DIFFER}.`];
  const stay = count(number, 'person concerned stays', 'people concerned stay');
  return [`${DIFFER}: the ${stay} open in the ledger.`];
}

/** Who is held, or not on the platform, stays open for that reason. */
function concerned({ settles, held }: Plan): number {
  const others = new Set(held.map(({ userId }) => userId));
  return Object.keys(settles.left).filter((id) => !others.has(id) && !id.startsWith('key:')).length;
}

function made(plan: Plan): string {
  const scope = `For ${plan.org} (${plan.platform}) on ${plan.day}`;
  if (plan.validUntil === null) return `${scope}.`;
  return `${scope}; on ${plan.validUntil} a window starts or ends: plan again from then on.`;
}
