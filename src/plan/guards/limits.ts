/** The guards that count: removals, people, and those who left the files. */
import { type Assignments, isHeld, KINDS } from '../../model/assignment.ts';
import type { GuardVerdict } from '../../model/plan.ts';
import type { Judged } from './input.ts';
import { allowed, count, exceeds, percentOf, verdict } from './words.ts';

export function judgeRemovals(judged: Judged): GuardVerdict {
  const { guards, diffs, narrowed } = judged;
  const { max, ...share } = guards.removals;
  let part = 0;
  for (const { changes } of diffs)
    part += changes.filter(({ action }) => action === 'remove').length;
  if (narrowed) {
    const most = Math.min(share.count, max);
    const limit = allowed({ ...share, count: most }, narrowed);
    const removed = count(part, 'assignment is removed', 'assignments are removed');
    return verdict('removals', part <= most, `${removed}; ${limit}.`);
  }
  const whole = assignmentsOf(judged);
  const removed = `${part} of ${whole} assignments ${part === 1 ? 'is' : 'are'} removed`;
  const limit = `${allowed(share, narrowed)}, and never more than ${max}`;
  return verdict(
    'removals',
    part <= max && !exceeds(part, whole, share),
    `${removed} (${percentOf(part, whole, share.percent)}); ${limit}.`,
  );
}

/** What the people of the plan have now, as far as their lists are proven. */
function assignmentsOf({ diffs, live, looked }: Judged): number {
  let whole = 0;
  for (const { before } of diffs) whole += sizeOf(before);
  const changed = new Set(diffs.map(({ userId }) => userId));
  for (const id of looked) {
    const list = changed.has(id) ? undefined : live.users.get(id)?.list;
    if (list?.proven) whole += sizeOf(list.assignments);
  }
  return whole;
}

function sizeOf(list: Assignments): number {
  return KINDS.reduce((sum, kind) => sum + Object.values(list[kind]).filter(isHeld).length, 0);
}

export function judgeUsers({ guards, diffs, desired, narrowed }: Judged): GuardVerdict {
  const share = guards.users;
  const part = diffs.length;
  const limit = allowed(share, narrowed);
  if (narrowed) {
    const changed = count(part, 'person is changed', 'people are changed');
    return verdict('users', part <= share.count, `${changed}; ${limit}.`);
  }
  const whole = desired + diffs.filter(({ leaver }) => leaver).length;
  const changed = `${part} of ${count(whole, 'person', 'people')} ${part === 1 ? 'is' : 'are'} changed`;
  return verdict(
    'users',
    !exceeds(part, whole, share),
    `${changed} (${percentOf(part, whole, share.percent)}); ${limit}.`,
  );
}

/** Files that name nobody at all are more likely lost than meant, however few people they named. */
export function judgeLeavers({ guards, diffs, desired }: Judged): GuardVerdict {
  const part = diffs.filter(({ leaver }) => leaver).length;
  const most = guards.leavers.count;
  if (desired === 0 && part > 0) {
    const nobody = count(part, 'person who left them is', 'people who left them are');
    return verdict('leavers', false, `The files name nobody any more, and ${nobody} changed.`);
  }
  const left = count(part, 'person who left the files is', 'people who left the files are');
  return verdict('leavers', part <= most, `${left} changed; allowed are ${most}.`);
}
