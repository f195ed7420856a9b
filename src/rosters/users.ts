/** Where each user's lines are in a roster whose users stand on lines of their own. */
import { get, type Node, pairsOf } from '../desired/node.ts';
import { userKey } from '../desired/roster.ts';
import { lineEnd, lineStart } from './lines.ts';

export interface UserLines {
  /** The key as it is written, and as muster goes by it. */
  readonly written: string;
  readonly key: string;
  /** The entry's lines: from the start of its key's line to behind its last one. */
  readonly start: number;
  readonly end: number;
}

export interface UserBlock {
  readonly column: number;
  readonly users: readonly UserLines[];
}

/** Undefined where there are none, and where they are written in another way (`{ ... }`, explicit keys). */
export function userBlock(text: string, root: Node): UserBlock | undefined {
  const pairs = pairsOf(get(root, 'users'));
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
  const bounds = [...starts.slice(1), lineStart(text, Math.min(text.length, ...after))];
  if (after.length === 0) bounds[bounds.length - 1] = text.length;
  const users = pairs.map(({ key: written, keyAt }, n) => ({
    written,
    key: userKey(written),
    start: starts[n] as number,
    end: entryEnd(text, { keyAt, bound: bounds[n] as number, column }),
  }));
  return { column, users };
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
