/** What is told of a plan once it is made: counts, for whoever measures. Pure. */
import { byCodeUnit, type Keyed } from '../model/assignment.ts';
import type { Listener } from '../model/event.ts';
import type { LiveState } from '../model/live.ts';
import type { Action, Cause, Plan } from '../model/plan.ts';

export function tellPlanned(listener: Listener, { totals, users, guards }: Plan): void {
  const counts = new Map<string, { action: Action; cause: Cause; count: number }>();
  for (const { action, cause } of Object.values(users).flatMap(({ changes }) => changes)) {
    const key = `${action} ${cause}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { action, cause, count: 1 });
    else known.count += 1;
  }
  const refusing = guards.filter(({ passed }) => !passed).map(({ guard }) => guard);
  const refused = refusing.length === 0 ? {} : { refusing };
  listener({ type: 'planned', totals, changes: [...counts.values()], ...refused });
}

/** `live` is of the whole org: of some of its people, or of a part that is shown, it would be another number. */
export function tellHolders(listener: Listener, live: LiveState, names: Keyed<string>): void {
  if (!live.directory || live.incomplete !== undefined) return;
  const holders = new Map<string, number>();
  for (const { person, list } of live.users.values()) {
    if (!person.active || !list.proven) continue;
    for (const id of Object.keys(list.assignments.skill)) {
      holders.set(id, (holders.get(id) ?? 0) + 1);
    }
  }
  const called = new Map([
    ...(live.catalogue ?? []).map(({ id, name }) => [id, name] as const),
    ...Object.entries(names),
  ]);
  const skills = [...holders]
    .map(([id, users]) => ({ id, name: called.get(id) ?? id, users }))
    .sort((a, b) => byCodeUnit(a.id, b.id));
  listener({ type: 'holders', skills });
}
