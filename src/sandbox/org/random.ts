/** Seeded numbers: integer arithmetic alone, so that a seed gives the same org on every machine and forever. */

function scramble(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** 32 bits from two: for one `seed`, no two values of `n` give the same. */
export function mix(seed: number, n: number): number {
  return scramble(scramble(seed | 0) + Math.imul(n + 1, 0x9e3779b1));
}

/** A stream of numbers from 0 (included) to 1 (excluded), by mulberry32. */
export function randomStream(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}

/** A uuid-shaped id; for one `seed`, its first eight digits differ for every `index`. */
export function stableId(seed: number, index: number): string {
  const b = hex(mix(mix(seed, 1), index));
  const c = hex(mix(mix(seed, 2), index));
  const d = hex(mix(mix(seed, 3), index));
  const head = hex(mix(mix(seed, 0), index));
  const groups = [head, b.slice(0, 4), `4${b.slice(5)}`, `a${c.slice(1, 4)}`, c.slice(4) + d];
  return groups.join('-');
}
