/** Where the maps of a YAML text and their pairs begin and end, as the library tells it. */
import { isCollection, isMap, isScalar, type Pair, parseDocument, type Scalar } from 'yaml';

export interface RangedPair {
  readonly key: string;
  readonly at: number;
  /** Behind the colon. */
  readonly colon: number;
  readonly value: Ranged;
  /** Behind the last character of the pair; comments do not count. */
  readonly end: number;
}

/** A value; `pairs` are those of a map. */
export interface Ranged {
  readonly from: number;
  readonly to: number;
  /** `{ ... }`, `[ ... ]`, lines of their own, or neither. */
  readonly style: 'flow' | 'block' | 'scalar';
  readonly pairs: readonly RangedPair[];
  /** `{}`, or no value at all. */
  readonly empty: boolean;
}

/** Undefined where the text is no map, or cannot be made sense of. */
export function rangesOf(text: string): Ranged | undefined {
  const options = { keepSourceTokens: true, uniqueKeys: false, stringKeys: true } as const;
  const { errors, contents } = parseDocument(text, options);
  return errors.length > 0 || !isMap(contents) ? undefined : ranged(contents, 0);
}

function ranged(node: unknown, colon: number): Ranged {
  if (node === null || (isScalar(node) && node.value === null && node.source === ''))
    return { from: colon, to: colon, style: 'scalar', pairs: [], empty: true };
  const [from, to] = bounds(node);
  if (!isCollection(node)) return { from, to, style: 'scalar', pairs: [], empty: false };
  const pairs = isMap(node) ? node.items.map((item) => rangedPair(item as Located)) : [];
  if (node.flow) return { from, to, style: 'flow', pairs, empty: node.items.length === 0 };
  const end = pairs.at(-1)?.end ?? endOfList(node.items, to);
  return { from, to: end, style: 'block', pairs, empty: false };
}

function endOfList(items: readonly unknown[], to: number): number {
  const last = items.at(-1);
  return last === undefined ? to : ranged(last, to).to;
}

/** What the library keeps of a pair besides key and value. */
type Located = Pair<Scalar> & {
  readonly srcToken?: { readonly sep?: readonly { type: string; offset: number }[] };
};

function rangedPair({ key, value, srcToken }: Located): RangedPair {
  const [at, keyEnd] = bounds(key);
  const mark = srcToken?.sep?.find(({ type }) => type === 'map-value-ind');
  const colon = mark === undefined ? keyEnd : mark.offset + 1;
  const inner = ranged(value, colon);
  return { key: String(key.value), at, colon, value: inner, end: Math.max(inner.to, colon) };
}

/** Every node of a parsed text has its range. */
function bounds(node: unknown): readonly [number, number] {
  const [from, to] = (node as { range: readonly [number, number] }).range;
  return [from, to];
}
