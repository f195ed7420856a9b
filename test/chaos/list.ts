/** Lists as the laws compare them. */

/** Proficiencies by the id of a skill or language. */
export type List = ReadonlyMap<string, number>;

export function sameList(a: List | undefined, b: List | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.size === b.size && [...a].every(([id, value]) => b.get(id) === value);
}

export function shown(list: List | undefined): string {
  if (list === undefined) return 'nothing';
  return [...list]
    .map(([id, value]) => `${id.slice(0, 4)}:${value}`)
    .sort()
    .join(' ');
}
