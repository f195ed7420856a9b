/**
 * One roster's text with the entries of some people changed. The result is read again: unless it says exactly what it
 * said before and the changes, it is not taken. So an alias, an anchor or a form of YAML nobody thought of can keep a
 * change from being made, and never make another one.
 */
import { type Node, plain } from '../desired/node.ts';
import { parse } from '../desired/parse.ts';
import { byCodeUnit, canonical, keyed } from '../model/assignment.ts';
import { aboveComments, insertLines } from './lines.ts';
import { orderOf, placeAmong } from './order.ts';
import { splice } from './splice.ts';
import { type UserBlock, type UserLines, userBlock } from './users.ts';
import { blockLines, isMap, type Tree } from './write.ts';

export interface Step {
  readonly section: 'skills' | 'languages';
  readonly skill: string;
  /** Undefined: take it out. */
  readonly tree: Tree | undefined;
}

/** What becomes of one person's entry in one file. */
export interface Job {
  /** His key as the file writes it. */
  readonly written: string;
  readonly steps: readonly Step[];
  /** The person is new in this file. */
  readonly fresh?: { readonly name?: string };
}

export interface Rewritten<J> {
  readonly text: string;
  readonly refused: readonly J[];
}

/** `text` is without byte order mark. */
export function rewrite<J extends Job>(text: string, jobs: readonly J[]): Rewritten<J> {
  const root = rootOf(text);
  const made = root && apply(text, root, jobs);
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

/** Undefined where one of the jobs is beyond the splicer. */
function apply(text: string, root: Node, jobs: readonly Job[]): string | undefined {
  const block = userBlock(text, root);
  if (block) return inBlock(text, block, jobs);
  const [job, ...rest] = jobs;
  if (!job) return text;
  const changed = inWhole(text, job);
  const next = changed === undefined ? undefined : rootOf(changed);
  return changed !== undefined && next ? apply(changed, next, rest) : undefined;
}

interface Patch {
  readonly from: number;
  readonly to: number;
  /** What replaces it: text, or lines that are put in. */
  readonly by: string | readonly string[];
}

/** Everybody's own lines, each by itself. */
function inBlock(text: string, block: UserBlock, jobs: readonly Job[]): string | undefined {
  const own = new Map(block.users.map((user) => [user.written, user]));
  const layout = { column: block.column, step: stepIn(text, block), blocks: 2 };
  const place = placer(text, block);
  const patches: Patch[] = [];
  for (const job of byKey(jobs)) {
    const lines = own.get(job.written);
    if (lines) {
      const { start: from, end: to } = lines;
      const by = changeEntry(text.slice(from, to), [job.written], job.steps);
      if (by === undefined) return undefined;
      patches.push({ from, to, by });
    } else {
      const at = place(job.written);
      patches.push({ from: at, to: at, by: blockLines(job.written, dataOf(job), layout) });
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

function byKey<J extends Job>(jobs: readonly J[]): J[] {
  return [...jobs].sort((a, b) => byCodeUnit(a.written, b.written));
}

/** Where somebody new goes: among the others where they are sorted, else behind them. */
function placer(text: string, { users }: UserBlock): (written: string) => number {
  const names = users.map(({ written }) => written);
  const order = orderOf(names);
  return (written) => {
    const before = placeAmong(names, written, order);
    const first = users[0] as UserLines;
    return before === 0 ? aboveComments(text, first.start) : (users[before - 1] as UserLines).end;
  };
}

/** How much deeper than the keys of the users their own keys stand. */
function stepIn(text: string, { column, users }: UserBlock): number {
  for (const { start, end } of users) {
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

/** Where users do not stand on lines of their own, or there are none. */
function inWhole(text: string, job: Job): string | undefined {
  const path = ['users', job.written];
  if (!job.fresh) return changeEntry(text, path, job.steps);
  return splice(text, { path, tree: dataOf(job), blocks: 2, keep: 2 });
}

/** All of a new person's entry. */
function dataOf({ fresh, steps }: Job): Tree {
  const data = new Map<string, Tree>();
  if (fresh?.name !== undefined) data.set('name', fresh.name);
  for (const { section, skill, tree } of steps) {
    if (tree === undefined) continue;
    const skills = (data.get(section) ?? new Map()) as Map<string, Tree>;
    data.set(section, skills.set(skill, tree));
  }
  return data;
}

interface Plain {
  readonly [key: string]: unknown;
}

/** What the text is to say afterwards. */
function expectedOf(root: Plain, jobs: readonly Job[]): Plain {
  const users: Record<string, unknown> = keyed(Object.entries((root.users ?? {}) as Plain));
  for (const job of jobs) {
    users[job.written] = job.fresh ? asPlain(dataOf(job)) : changed(users[job.written], job.steps);
  }
  return { ...root, users };
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
