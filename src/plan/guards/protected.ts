/** People and skills that no plan touches. */
import type { GuardVerdict, UserDiff } from '../../model/plan.ts';
import { unknownNames } from './holders.ts';
import type { Judged } from './input.ts';
import { count, named, quoted, verdict } from './words.ts';

export function judgeProtected(judged: Judged): GuardVerdict | undefined {
  const { users, skills } = judged.guards.protected;
  if (users.length + skills.length === 0) return undefined;
  const { idsOf } = judged;
  const people = touchedPeople(judged);
  const touched = skills.filter((name) => touches(judged.diffs, name, idsOf(name)));
  const unknown = unknownNames(skills, idsOf);
  const hits = [
    ...(people.length > 0 ? [`Changed, though protected: ${named(people)}.`] : []),
    ...(touched.length > 0
      ? [`Given, taken or changed, though protected: ${named(touched.map(quoted))}.`]
      : []),
    ...(unknown.length > 0
      ? [`Protected, but not on the platform: ${named(unknown.map(quoted))}.`]
      : []),
  ];
  const who = count(users.length, 'protected person', 'protected people');
  const what = count(skills.length, 'protected skill', 'protected skills');
  if (hits.length === 0)
    return verdict('protected', true, `None of ${who} and ${what} is touched.`);
  return verdict('protected', false, hits.join(' '));
}

/** By whatever a person can be named: a roster that names him otherwise must not get around it. */
function touchedPeople({ guards, diffs, live }: Judged): string[] {
  const keys = new Set(guards.protected.users.map(folded));
  const namesOf = ({ key, userId }: UserDiff) => {
    const person = live.users.get(userId)?.person;
    return [key, `id:${userId}`, person?.email ?? key, person?.userName ?? key];
  };
  const touched = diffs.filter((diff) => namesOf(diff).some((name) => keys.has(folded(name))));
  return touched.map(({ key }) => key);
}

function folded(name: string): string {
  return name.startsWith('id:') ? name : name.toLowerCase();
}

function touches(diffs: readonly UserDiff[], name: string, ids: readonly string[]): boolean {
  return diffs.some(({ changes }) =>
    changes.some(
      (change) => change.kind === 'skill' && (change.name === name || ids.includes(change.id)),
    ),
  );
}
