/**
 * The candidate nearest to a mistyped text. Quick among 100,000: lengths and sets of characters that are too far
 * apart rule nearly everybody out before any distance is worked out.
 */
import { distance } from 'fastest-levenshtein';
import { byCodeUnit } from '../model/assignment.ts';

interface Candidate {
  readonly text: string;
  readonly folded: string;
  readonly characters: number;
}

/** One bit per character class: an edit changes at most two of them. */
function charactersOf(text: string): number {
  let bits = 0;
  for (let index = 0; index < text.length; index += 1) bits |= 1 << (text.charCodeAt(index) & 31);
  return bits;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

function byLength(candidates: Iterable<string>): ReadonlyMap<number, readonly Candidate[]> {
  const lengths = new Map<number, Candidate[]>();
  for (const text of candidates) {
    const folded = text.toLowerCase();
    const candidate = { text, folded, characters: charactersOf(folded) };
    const same = lengths.get(folded.length);
    if (same) same.push(candidate);
    else lengths.set(folded.length, [candidate]);
  }
  return lengths;
}

interface Found {
  readonly text: string;
  readonly far: number;
}

function nearer(a: Found | undefined, b: Found): Found {
  if (a === undefined || b.far < a.far) return b;
  return b.far === a.far && byCodeUnit(b.text, a.text) < 0 ? b : a;
}

/** Finds the nearest of `candidates`, case aside; undefined when none is near. Of several, the first by code unit. */
export function nearestOf(
  candidates: () => Iterable<string>,
): (text: string) => string | undefined {
  let lengths: ReadonlyMap<number, readonly Candidate[]> | undefined;
  return (text) => {
    lengths ??= byLength(candidates());
    const folded = text.toLowerCase();
    const characters = charactersOf(folded);
    const limit = Math.min(3, Math.ceil(folded.length / 4));
    let best: Found | undefined;
    for (let length = folded.length - limit; length <= folded.length + limit; length += 1) {
      for (const candidate of lengths.get(length) ?? []) {
        if (countBits(candidate.characters ^ characters) > 2 * limit) continue;
        const far = distance(candidate.folded, folded);
        if (far <= limit) best = nearer(best, { text: candidate.text, far });
      }
    }
    return best?.text;
  };
}

/** Distinct texts in muster's order. */
export function sortedSet(texts: Iterable<string>): string[] {
  return [...new Set(texts)].sort(byCodeUnit);
}
