/**
 * One roster's text with some of its entries changed or added. The result is read again: unless it says exactly what it
 * said before and the changes, it is not taken. So an alias, an anchor or a form of YAML nobody thought of can keep a
 * change from being made, and never make another one.
 */
import { type Node, plain } from '../desired/node.ts';
import { parse } from '../desired/parse.ts';
import { byCodeUnit, canonical, keyed } from '../model/assignment.ts';
import { aboveComments, insertLines } from './lines.ts';
import { orderOf, placeAmong } from './order.ts';
import { type Block, type Section, sectionBlock } from './section.ts';
import { splice } from './splice.ts';
import { blockLines, isMap, type Tree } from './write.ts';

/** One skill or language of a user's own entry. */
export interface Step {
  readonly section: 'skills' | 'languages';
  readonly skill: string;
  /** Undefined: take it out. */
  readonly tree: Tree | undefined;
}

/** What becomes of one entry in one file: a user's is changed, or any is added. */
export interface Job {
  readonly section: Section;
  /** As the file writes it. */
  readonly key: string;
  readonly to: { readonly steps: readonly Step[] } | Added;
}

interface Added {
  readonly tree: Tree;
  /** How many levels of `tree` are written on lines of their own. */
  readonly blocks: number;
  readonly width?: number | undefined;
}

export interface Rewritten<J> {
  readonly text: string;
  readonly refused: readonly J[];
}

/** `text` is without byte order mark. */
export function rewrite<J extends Job>(text: string, jobs: readonly J[]): Rewritten<J> {
  const root = rootOf(text);
  const made = root && apply(text, jobs);
  const expected = root && canonical(expectedOf(plain(root) as Plain, jobs));
  if (made !== undefined && sayOf(made) === expected) return { text: made, refused: [] };
  if (jobs.length <= 1) return { text, refused: jobs };
  const half = jobs.length >> 1;
  const first = rewrite(text, jobs.slice(0, half));
  const second = rewrite(first.text, jobs.slice(half));
  return { text: second.text, refused: [...first.refused, ...second.refused] };
}

function rootOf(text: string): Node | undefined {
  return parse(new TextEncoder().encode(text)).root;
}

function sayOf(text: string): string | undefined {
  const root = rootOf(text);
  return root && canonical(plain(root));
}

const SECTIONS: readonly Section[] = ['skills', 'profiles', 'users'];

/** Undefined where one of the jobs is beyond the splicer. */
function apply(text: string, jobs: readonly Job[]): string | undefined {
  let changed: string | undefined = text;
  for (const section of SECTIONS) {
    const here = jobs.filter((job) => job.section === section);
    if (changed !== undefined) changed = inSection(changed, section, here);
  }
  return changed;
}

function inSection(text: string, section: Section, jobs: readonly Job[]): string | undefined {
  let changed = text;
  for (const [n, job] of jobs.entries()) {
    const root = rootOf(changed);
    const block = root && sectionBlock(changed, root, section);
    if (block) return inBlock(changed, block, jobs.slice(n));
    const next = inWhole(changed, job);
    if (next === undefined) return undefined;
    changed = next;
  }
  return changed;
}

interface Patch {
  readonly from: number;
  readonly to: number;
  /** What replaces it: text, or lines that are put in. */
  readonly by: string | readonly string[];
}

/** Each entry's own lines, by themselves. */
function inBlock(text: string, block: Block, jobs: readonly Job[]): string | undefined {
  const own = new Map(block.entries.map((entry) => [entry.key, entry]));
  const { column } = block;
  const step = stepIn(text, block);
  const place = placer(text, block);
  const patches: Patch[] = [];
  for (const { key, to } of byKey(jobs)) {
    const lines = own.get(key);
    if ('tree' in to) {
      if (lines) return undefined;
      const at = place(key);
      const { blocks, width } = to;
      const by = blockLines(key, to.tree, { column, step, blocks, width });
      patches.push({ from: at, to: at, by });
    } else {
      const { start, end } = lines ?? { start: 0, end: 0 };
      const by = changeEntry(text.slice(start, end), [key], to.steps);
      if (by === undefined) return undefined;
      patches.push({ from: start, to: end, by });
    }
  }
  return patch(text, patches);
}

/** From the last to the first, so that places stay what they are; what goes to one place keeps its order. */
function patch(text: string, patches: readonly Patch[]): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return [...patches]
    .reverse()
    .sort((a, b) => b.from - a.from || b.to - a.to)
    .reduce((before, { from, to, by }) => {
      if (typeof by !== 'string') return insertLines({ text: before, eol }, from, by);
      return before.slice(0, from) + by + before.slice(to);
    }, text);
}

function byKey(jobs: readonly Job[]): Job[] {
  return [...jobs].sort((a, b) => byCodeUnit(a.key, b.key));
}

/** Where a new entry goes: among the others where they are sorted, else behind them. */
function placer(text: string, { entries }: Block): (key: string) => number {
  const names = entries.map(({ key }) => key);
  const order = orderOf(names);
  return (key) => {
    const before = entries[placeAmong(names, key, order) - 1];
    return before ? before.end : aboveComments(text, entries[0].start);
  };
}

/** How much deeper than the keys of the entries their own keys stand. */
function stepIn(text: string, { column, entries }: Block): number {
  for (const { start, end } of entries) {
    const [, second = ''] = text
      .slice(start, end)
      .split('\n')
      .filter((line) => /^ *[^ #\r]/.test(line));
    const indent = second.search(/\S/);
    if (indent > column) return indent - column;
  }
  return column;
}

/** One step after the other: each finds the text as the one before it left it. */
function changeEntry(text: string, to: readonly string[], steps: readonly Step[]) {
  let changed: string | undefined = text;
  for (const { section, skill, tree } of steps) {
    const path = [...to, section, skill];
    changed = splice(changed, { path, tree, blocks: 0, keep: to.length });
    if (changed === undefined) return undefined;
  }
  return changed;
}

/** Where entries do not stand on lines of their own, or there are none. */
function inWhole(text: string, { section, key, to }: Job): string | undefined {
  const path = [section, key];
  if (!('tree' in to)) return changeEntry(text, path, to.steps);
  return splice(text, { path, ...to, keep: path.length });
}

interface Plain {
  readonly [key: string]: unknown;
}

/** What the text is to say afterwards. */
function expectedOf(root: Plain, jobs: readonly Job[]): Plain {
  const said = keyed(Object.entries(root));
  for (const section of new Set(jobs.map((job) => job.section))) {
    const entries = keyed(Object.entries((said[section] ?? {}) as Plain));
    for (const { key, to } of jobs.filter((job) => job.section === section))
      entries[key] = 'tree' in to ? asPlain(to.tree) : changed(entries[key], to.steps);
    said[section] = entries;
  }
  return said;
}

function changed(user: unknown, steps: readonly Step[]): Plain {
  const entry = keyed(Object.entries((user ?? {}) as Plain));
  for (const { section, skill, tree } of steps) {
    const named = keyed(Object.entries((entry[section] ?? {}) as Plain));
    if (tree === undefined) delete named[skill];
    else named[skill] = asPlain(tree);
    entry[section] = named;
    if (tree === undefined && Object.keys(named).length === 0) delete entry[section];
  }
  return entry;
}

/** As reading it gives it. */
export function asPlain(tree: Tree): unknown {
  if (typeof tree !== 'object') return tree;
  if (isMap(tree)) return keyed([...tree].map(([key, value]) => [key, asPlain(value)]));
  return tree.map(asPlain);
}
