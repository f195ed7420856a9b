/** Seeded chance: one seed, one story, so that what failed can be told again. */
import { randomStream } from '../../src/sandbox/org/random.ts';

export interface Dice {
  /** From 0 (included) to 1 (excluded). */
  roll(): number;
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** So many of them, none twice, in an order of their own. */
  some<T>(from: readonly T[], count: number): T[];
}

export function diceOf(seed: number): Dice {
  const roll = randomStream(seed);
  const int = (least: number, most: number) => least + Math.floor(roll() * (most - least + 1));
  return {
    roll,
    int,
    chance: (probability) => roll() < probability,
    pick: (from) => from[int(0, from.length - 1)] as (typeof from)[number],
    some(from, count) {
      const left = [...from];
      const taken: typeof left = [];
      while (taken.length < count && left.length > 0) {
        taken.push(...left.splice(int(0, left.length - 1), 1));
      }
      return taken;
    },
  };
}

/** Puts everybody to `work`, so many at a time; results in the order of `items`. */
export async function pooled<T, R>(
  items: readonly T[],
  lanes: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(items[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
  return results;
}
