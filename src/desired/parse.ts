/** Bytes -> located data: a pure function, so that it can be cached by content hash or computed in a worker. */
import { compose } from './compose.ts';
import { itemsOf, type MapNode, type Node, pairsOf } from './node.ts';
import type { Problem } from './problem.ts';
import { scan } from './scan.ts';

export interface Parsed {
  /** Without its byte order mark. */
  readonly text: string;
  /** Left out when the text cannot be made sense of; `problems` then says why. */
  readonly root?: Node;
  readonly problems: readonly Problem[];
}

/** C0 and DEL, but for tabs and line ends. */
const CONTROL = /(?![\t\n\r\x80-\x9f])\p{Cc}/gu;
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const CONFLICT = /^(?:<{7}|>{7}|\|{7})(?: |$)/gm;

/** YAML reads no longer key than 1,024 characters; a name of that length is a mistake. */
const LONGEST_KEY = 200;

/** Whether a text may be a key of a file: one that a reviewer sees as it is. */
export function canBeKey(text: string): boolean {
  if (text.trim() === '' || text === '__proto__' || text === '<<') return false;
  return text.length <= LONGEST_KEY && text.search(CONTROL) === -1 && text.search(BIDI) === -1;
}

export function parse(bytes: Uint8Array): Parsed {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { text: '', problems: [notUtf8()] };
  }
  const problems = [...marksOf(text)];
  if (problems.some((problem) => problem.code !== 'bidi-character')) return { text, problems };
  const scanned = scan(text);
  const { root, problems: syntax } = scanned ? { root: scanned, problems: [] } : compose(text);
  problems.push(...syntax);
  if (root && !('value' in root && root.value === null)) {
    problems.push(...keysOf(root, problems));
    return { text, root, problems };
  }
  if (problems.length === 0) problems.push(empty());
  return { text, problems };
}

function* marksOf(text: string): Iterable<Problem> {
  for (const { index: at } of text.matchAll(CONFLICT))
    yield {
      code: 'merge-conflict',
      at,
      message: 'The file holds the marks of a merge that was not finished.',
      hint: 'Settle the conflict and take out the marks.',
    };
  for (const { index: at } of text.matchAll(CONTROL))
    yield {
      code: 'control-character',
      at,
      message: 'A control character stands here.',
      hint: 'Take it out; it may be invisible in your editor.',
    };
  for (const { index: at } of text.matchAll(BIDI)) yield bidi(at);
}

/** What is wrong with the keys, and with characters that only an escape brings in. */
function keysOf(root: Node, before: readonly Problem[]): Problem[] {
  const problems: Problem[] = [];
  const visible = before.length === 0;
  const check = (text: string, at: number): void => {
    if (visible && text.search(BIDI) !== -1) problems.push(bidi(at));
  };
  for (const node of nodesOf(root)) {
    if ('value' in node && typeof node.value === 'string') check(node.value, node.at);
    if (!('pairs' in node)) continue;
    keysOfMap(node, problems);
    for (const pair of node.pairs) check(pair.key, pair.keyAt);
  }
  return problems;
}

/** Every node once, however many aliases lead to it. */
function nodesOf(root: Node): Iterable<Node> {
  const nodes = new Set<Node>([root]);
  for (const node of nodes) {
    for (const pair of pairsOf(node)) nodes.add(pair.node);
    for (const item of itemsOf(node)) nodes.add(item);
  }
  return nodes;
}

function keysOfMap(map: MapNode, problems: Problem[]): void {
  const first = new Map<string, number>();
  for (const { key, keyAt: at } of map.pairs) {
    const before = first.get(key);
    if (before !== undefined)
      problems.push({
        code: 'duplicate-key',
        at,
        message: `\`${key}\` is written twice in one map.`,
        hint: 'Keep one of them, or merge what stands below both.',
        related: [before],
      });
    else first.set(key, at);
    if (key === '__proto__')
      problems.push({
        code: 'reserved-key',
        at,
        message: 'The key `__proto__` is not allowed.',
        hint: 'Use another name.',
      });
    if (key === '<<')
      problems.push({
        code: 'yaml-merge-key',
        at,
        message: 'Merge keys (`<<`) are not part of YAML 1.2.',
        hint: 'Use a profile to share assignments.',
      });
  }
}

function bidi(at: number): Problem {
  return {
    code: 'bidi-character',
    at,
    message: 'An invisible character that changes the direction of text stands here.',
    hint: 'Take it out: with it, what a reviewer sees is not what the file says.',
  };
}

function empty(): Problem {
  return {
    code: 'file-empty',
    at: 0,
    message: 'The file is empty.',
    hint: 'Write what it shall say, or delete the file.',
  };
}

function notUtf8(): Problem {
  return {
    code: 'file-encoding',
    at: 0,
    message: 'The file is not valid UTF-8.',
    hint: 'Save it as UTF-8.',
  };
}
