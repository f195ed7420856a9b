/** The file for somebody without an entry of his own: where most of his team are, else the team's. */
import { byCodeUnit } from '../model/assignment.ts';
import type { Person } from '../model/live.ts';
import type { Compared } from './compare.ts';
import type { Places, ReadBy } from './places.ts';

export function homes(
  { targets }: Compared,
  { places, readBy }: { readonly places: Places; readonly readBy: ReadBy },
): (person: Person) => string {
  const counts = new Map<string | undefined, Map<string, number>>();
  for (const { person, place } of targets.users) {
    if (!readBy(place.file)) continue;
    const files = counts.get(person.team) ?? new Map<string, number>();
    files.set(place.file, (files.get(place.file) ?? 0) + 1);
    counts.set(person.team, files);
  }
  const commonest = new Map(
    [...counts].map(([team, files]) => {
      const [first] = [...files].sort(([a, n], [b, m]) => m - n || byCodeUnit(a, b));
      return [team, first?.[0]] as const;
    }),
  );
  return ({ team }) => commonest.get(team) ?? places.team(team);
}
