/** Levels of an org by name, as people type them, and by number. */
import type { Org } from '../model/config.ts';
import { even, folded } from './text.ts';

/** The level as muster.yaml writes it; case aside where that leaves one. */
export function levelNamed({ levels }: Org, text: string): string | undefined {
  const names = Object.keys(levels);
  const exact = names.find((name) => even(name) === text);
  const same = names.filter((name) => folded(name) === folded(text));
  return exact ?? (same.length === 1 ? same[0] : undefined);
}

/** The level that just this number has. */
export function levelOf({ levels }: Org, number: number): string | undefined {
  const same = Object.keys(levels).filter((level) => levels[level] === number);
  return same.length === 1 ? same[0] : undefined;
}
