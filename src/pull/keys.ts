/** What people new in the files are called: by e-mail, by user name, or by id; whichever means them and nobody else. */
import { skeleton } from '../desired/look-alike.ts';
import { canBeKey } from '../desired/parse.ts';
import { userKey } from '../desired/roster.ts';
import type { Org } from '../model/config.ts';
import type { DesiredState } from '../model/desired.ts';
import type { LiveState, Person } from '../model/live.ts';

/** Keys for `newcomers`, by platform id, in the order given. */
export function keysFor(
  newcomers: readonly Person[],
  {
    org,
    live,
    desired,
  }: { readonly org: Org; readonly live: LiveState; readonly desired: DesiredState },
): Map<string, string> {
  const fits = fitting(live);
  const taken = new Set<string>();
  for (const { key, formerly } of desired.users.values()) {
    taken.add(skeleton(key));
    if (formerly !== undefined) taken.add(skeleton(formerly));
  }
  const keys = new Map<string, string>();
  for (const person of newcomers) {
    const means = (key: string) => fits(key, person) && !taken.has(skeleton(key));
    const names = org.keys === 'id' ? [] : [person.email, person.userName];
    const key = names.find((each) => each !== undefined && means(each));
    const own = key ?? `id:${person.id}`;
    taken.add(skeleton(own));
    keys.set(person.id, own);
  }
  return keys;
}

/** Whether a text is a key and means this very person: of doubles it means the only active one. */
function fitting(live: LiveState): (key: string, person: Person) => boolean {
  const byName = new Map<string, Set<Person>>();
  for (const { person } of live.users.values())
    for (const name of [person.email, person.userName]) {
      if (name === undefined) continue;
      const known = byName.get(name.toLowerCase()) ?? new Set();
      byName.set(name.toLowerCase(), known.add(person));
    }
  return (key, person) => {
    if (!canBeKey(key) || userKey(key) !== key || /^id\s*:/i.test(key)) return false;
    const all = [...(byName.get(key.toLowerCase()) ?? [])];
    const active = all.filter((each) => each.active);
    return (active.length === 1 ? active : all).every((each) => each === person);
  };
}
