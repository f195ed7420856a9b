/** Who of the platform's people is in the files. */
import type { DesiredState } from '../model/desired.ts';
import type { LiveState } from '../model/live.ts';
import type { Targets } from '../model/target.ts';

/** Platform ids of everybody a key of the files means, the released among them. */
export function knownIn(
  { desired, targets }: { readonly desired: DesiredState; readonly targets: Targets },
  live: LiveState,
): Set<string> {
  const known = new Set(targets.users.map(({ person }) => person.id));
  const released = new Set(
    [...desired.users.values()].flatMap(({ key, released }) => (released ? [fold(key)] : [])),
  );
  for (const { person } of live.users.values()) {
    const { id, email, userName } = person;
    const keys = [email, userName].flatMap((key) => (key === undefined ? [] : [fold(key)]));
    if ([`id:${id}`, ...keys].some((key) => released.has(key))) known.add(id);
  }
  return known;
}

/** Ids keep their case, as the platform's names do not. */
function fold(key: string): string {
  return key.startsWith('id:') ? key : key.toLowerCase();
}
