/** "Did you mean ...?": the nearest of the names there are, when one is near enough to be meant. */
import { closest, distance } from 'fastest-levenshtein';

export function nearest(name: string, names: Iterable<string>): string | undefined {
  const candidates = [...names];
  const lower = name.toLowerCase();
  const same = candidates.find((candidate) => candidate.toLowerCase() === lower);
  if (same !== undefined || candidates.length === 0) return same;
  const found = closest(name, candidates);
  return distance(name, found) <= Math.ceil(name.length / 3) ? found : undefined;
}

/** A hint that names the nearest, or `otherwise`. */
export function didYouMean(name: string, names: Iterable<string>, otherwise: string): string {
  const found = nearest(name, names);
  return found === undefined ? otherwise : `Did you mean \`${found}\`?`;
}

/** `a`, `b`, `c`. */
export function listed(names: Iterable<string>): string {
  return [...names].map((name) => `\`${name}\``).join(', ');
}
