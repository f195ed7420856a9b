/** Where each entry's lines are in a section of a roster whose entries stand on lines of their own. */
import { get, type Node, pairsOf } from '../desired/node.ts';
import { lineEnd, lineStart } from './lines.ts';

export type Section = 'skills' | 'profiles' | 'users';

interface EntryLines {
  /** As it is written. */
  readonly key: string;
  /** From the start of its key's line to behind its last line. */
  readonly start: number;
  readonly end: number;
}

export interface Block {
  readonly column: number;
  /** At least one. */
  readonly entries: readonly [EntryLines, ...EntryLines[]];
}

/** Undefined where there are none, and where they are written in another way (`{ ... }`, explicit keys). */
export function sectionBlock(text: string, root: Node, section: Section): Block | undefined {
  const pairs = pairsOf(get(root, section));
  const [first] = pairs;
  if (!first) return undefined;
  const column = first.keyAt - lineStart(text, first.keyAt);
  const starts = pairs.map(({ keyAt }) => lineStart(text, keyAt));
  const alone = pairs.every(
    ({ keyAt }, n) =>
      keyAt - (starts[n] as number) === column && text.slice(starts[n], keyAt).trim() === '',
  );
  const flow = text.slice(0, first.keyAt).trimEnd().endsWith('{');
  if (column === 0 || !alone || flow) return undefined;
  const lastAt = (pairs.at(-1) as { keyAt: number }).keyAt;
  const after = pairsOf(root).flatMap(({ keyAt }) => (keyAt > lastAt ? [keyAt] : []));
  const close = after.length === 0 ? text.length : lineStart(text, Math.min(...after));
  const bounds = [...starts.slice(1), close];
  const entries = pairs.map(({ key, keyAt }, n) => ({
    key,
    start: starts[n] as number,
    end: entryEnd(text, { keyAt, bound: bounds[n] as number, column }),
  }));
  return { column, entries: entries as [EntryLines, ...EntryLines[]] };
}

/** Blank lines, and comments that are not indented deeper than the keys, belong to whatever follows. */
function entryEnd(
  text: string,
  { keyAt, bound, column }: { keyAt: number; bound: number; column: number },
): number {
  let end = lineEnd(text, keyAt);
  for (let at = end; at < bound; ) {
    const next = lineEnd(text, at + 1);
    const line = text.slice(at, next);
    const indent = line.search(/\S/);
    if (indent !== -1 && (line[indent] !== '#' || indent > column)) end = next;
    at = next;
  }
  return end;
}
