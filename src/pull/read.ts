/** Everybody who is live, each with his own list wherever it can be proven. */
import { MusterError } from '../model/error.ts';
import type { LiveState, LiveUser } from '../model/live.ts';
import type { Provider } from '../model/provider.ts';

/** `keys` are those the files name. Throws MusterError `no-directory`, and what the provider throws. */
export async function readEverybody(
  provider: Provider,
  keys: readonly string[],
): Promise<LiveState> {
  const live = await provider.fetch({ keys });
  if (!live.directory) {
    throw new MusterError('no-directory', 'The platform does not list its people.', {
      hint: 'Write them into a roster as `id:<platform id>`; plan and apply work without a list.',
    });
  }
  const unread = [...live.users.values()].filter(
    ({ person, list }) => person.active && !list.proven,
  );
  if (unread.length === 0) return live;
  const lists = await provider.fetchOwn(unread.map(({ person }) => person.id));
  const users = new Map<string, LiveUser>(live.users);
  for (const user of unread) {
    const list = lists.get(user.person.id);
    if (list) users.set(user.person.id, { ...user, list });
  }
  return { ...live, users };
}
