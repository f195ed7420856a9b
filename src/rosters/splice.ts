/**
 * Changes one place of a YAML text and leaves every other character as it is. Whatever it does not know how to change
 * is left (undefined); what it gives is for the caller to read again before it is believed.
 */
import { aboveComments, afterDeeper, columnOf, insertLines, lineEnd, lineStart } from './lines.ts';
import { orderOf, placeAmong } from './order.ts';
import { type Ranged, type RangedPair, rangesOf } from './ranges.ts';
import { blockLines, flowText, type Tree } from './write.ts';

export interface Change {
  /** Keys from the root; those that are missing are made. The last one is a name among names, which may be sorted. */
  readonly path: readonly string[];
  /** Undefined: take the last key out, and the keys above it below which nothing is left then. */
  readonly tree: Tree | undefined;
  /** How many levels of `tree` are written on lines of their own. */
  readonly blocks: number;
  readonly width?: number | undefined;
  /** So many keys of `path` stay, with an empty map, when nothing is left below them. */
  readonly keep: number;
}

interface Site extends Change {
  readonly text: string;
  readonly eol: string;
}

/** The changed text; undefined where this is not able to. */
export function splice(text: string, change: Change): string | undefined {
  const root = rangesOf(text);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return root && descend({ text, eol, ...change }, root, 0);
}

function descend(site: Site, map: Ranged, index: number): string | undefined {
  const { path, tree } = site;
  const pair = map.pairs.find(({ key }) => key === path[index]);
  if (tree === undefined) return pair ? without(site, { map, pair }, index) : site.text;
  if (!pair) return insert(site, map, index);
  if (index === path.length - 1) return replace(site, pair, flowText(tree));
  if (pair.value.pairs.length > 0) return descend(site, pair.value, index + 1);
  return pair.value.empty ? fill(site, { map, pair }, index) : undefined;
}

interface Spot {
  readonly map: Ranged;
  readonly pair: RangedPair;
}

function without(site: Site, { map, pair }: Spot, index: number): string | undefined {
  const { path, keep } = site;
  const emptied = endsWith(pair, path.slice(index + 1));
  if (!emptied || index < keep - 1) return descend(site, pair.value, index + 1);
  return index < keep ? replace(site, pair, '{}') : remove(site, { map, pair });
}

/** Whether nothing is left of the pair without what stands at `rest` below it. */
function endsWith({ value }: RangedPair, [next, ...rest]: readonly string[]): boolean {
  if (next === undefined) return true;
  const [only, ...others] = value.pairs;
  return only?.key === next && others.length === 0 && endsWith(only, rest);
}

/** From the value's first character to its last; what stands before it (an anchor) and behind it stays. */
function replace({ text }: Site, { colon, value, end }: RangedPair, by: string): string {
  if (value.style === 'block' || value.empty)
    return `${text.slice(0, colon)} ${by}${text.slice(end)}`;
  return text.slice(0, value.from) + by + text.slice(value.to);
}

function remove({ text }: Site, { map, pair }: Spot): string {
  if (map.style === 'block')
    return text.slice(0, lineStart(text, pair.at)) + text.slice(lineEnd(text, pair.end));
  const index = map.pairs.indexOf(pair);
  const next = map.pairs[index + 1];
  if (next) return text.slice(0, pair.at) + text.slice(next.at);
  const before = map.pairs[index - 1] ?? pair;
  return text.slice(0, before.end) + text.slice(pair.end);
}

/** Gives a pair that has nothing (`{}`, or no value at all) the rest of the path. */
function fill(site: Site, { map, pair }: Spot, index: number): string {
  const rest = wrap(site, index + 1);
  if (map.style === 'flow') return replace(site, pair, flowText(rest));
  const { text, eol } = site;
  const bare = text.slice(0, pair.colon) + text.slice(pair.end);
  const [, ...lines] = blockLines(pair.key, rest, layout(site, map, index));
  return insertLines({ text: bare, eol }, lineEnd(bare, pair.colon), lines);
}

function insert(site: Site, map: Ranged, index: number): string {
  const { text, path } = site;
  const key = path[index] as string;
  const rest = wrap(site, index + 1);
  const at = index === path.length - 1 ? placeIn(map, key) : map.pairs.length;
  const before = map.pairs[at - 1];
  const after = map.pairs[at];
  if (map.style === 'block') {
    const lines = blockLines(key, rest, layout(site, map, index));
    return insertLines(site, before ? below(text, before) : above(text, after), lines);
  }
  const pair = flowText(new Map([[key, rest]])).slice(2, -2);
  if (after) return `${text.slice(0, after.at)}${pair}, ${text.slice(after.at)}`;
  const end = before?.end ?? map.from + 1;
  return `${text.slice(0, end)}, ${pair}${text.slice(end)}`;
}

function above(text: string, pair: RangedPair | undefined): number {
  return aboveComments(text, lineStart(text, pair?.at ?? text.length));
}

function below(text: string, { at, end }: RangedPair): number {
  return afterDeeper(text, lineEnd(text, end), columnOf(text, at));
}

function placeIn({ pairs }: Ranged, name: string): number {
  const names = pairs.map(({ key }) => key);
  return placeAmong(names, name, orderOf(names));
}

function wrap({ path, tree }: Site, from: number): Tree {
  return path.slice(from).reduceRight<Tree>((inner, key) => new Map([[key, inner]]), tree as Tree);
}

function layout({ text, path, blocks, width }: Site, map: Ranged, index: number) {
  const column = columnOf(text, map.pairs[0]?.at ?? 0);
  const child = map.pairs.find(({ value }) => value.style === 'block' && value.pairs.length > 0);
  const step = child ? columnOf(text, child.value.from) - column : stepAbove(text, column);
  return { column, step, blocks: path.length - 1 - index + blocks, width };
}

/** The step by which the column itself was reached. */
function stepAbove(text: string, column: number): number {
  const columns = [...text.matchAll(/^ *(?=\S)/gm)].map(([spaces]) => spaces.length);
  const outer = columns.filter((spaces) => spaces < column);
  return column - Math.max(0, ...outer) || 2;
}
