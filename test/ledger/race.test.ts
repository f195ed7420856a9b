/** Two at once, in processes of git's own and clones of their own: exactly one wins, and the chain has both or one. */
import { afterEach, expect, test } from 'vitest';
import { all, cleanUp, cloneOf, remoteOf, repositoryOf, step, storeOf } from './world.ts';

afterEach(cleanUp);

const ROUNDS = 20;

async function race(stores: readonly Awaited<ReturnType<typeof storeOf>>[]): Promise<number[]> {
  const winners: number[] = [];
  let on: string | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const tried = await Promise.allSettled(
      stores.map((store, who) => store.append(on, step(`${round} by ${who}`))),
    );
    const won = tried.flatMap((one, who) => (one.status === 'fulfilled' ? [who] : []));
    const lost = tried.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(lost).toEqual(Array.from({ length: stores.length - 1 }, () => 'ledger-moved'));
    expect(won).toHaveLength(1);
    winners.push(...won);
    const ends = await Promise.all(stores.map((store) => store.read()));
    expect(new Set(ends.map((entry) => entry?.commit)).size).toBe(1);
    expect(ends[0]?.record?.id).toBe(`${round} by ${won[0]}`);
    on = ends[0]?.commit ?? null;
  }
  const [store] = stores;
  expect(store && (await all(store.history()))).toHaveLength(ROUNDS);
  return winners;
}

test('two clones of one remote', async () => {
  const dir = repositoryOf();
  const bare = remoteOf(dir);
  const stores = [
    await storeOf(dir),
    await storeOf(cloneOf(bare)),
    await storeOf(cloneOf(bare, '--depth=1')),
  ];
  expect(await race(stores)).toHaveLength(ROUNDS);
}, 120_000);

test('two processes on one clone with a remote', async () => {
  const dir = repositoryOf();
  remoteOf(dir);
  expect(await race([await storeOf(dir), await storeOf(dir)])).toHaveLength(ROUNDS);
}, 120_000);

test('two processes on one clone alone', async () => {
  const dir = repositoryOf();
  const words = { remote: null };
  expect(await race([await storeOf(dir, words), await storeOf(dir, words)])).toHaveLength(ROUNDS);
}, 120_000);
