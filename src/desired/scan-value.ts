/** The values scan() is certain of: plain words and whole numbers, quoted text without escapes, flow lists and maps on one line. */
import type { Node, Pair } from './node.ts';

export interface Cursor {
  readonly text: string;
  at: number;
}

const WORD = /[A-Za-z0-9_\u00c0-\u024f][A-Za-z0-9_\u00c0-\u024f @.+\-/&()']*/y;
const QUOTED = /"[^"\\\n\r\t]*"|'[^'\n\r\t]*'(?!')/y;
const WHOLE = /^\d{1,15}$/;
const FRACTION = /^\d{1,9}\.\d{1,9}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NO_TEXT = /^(?:null|true|false)$/i;
/** YAML reads no longer key than 1,024 characters. */
const MAX_KEY = 200;
const MAX_DEPTH = 8;

const SPACE = 32;
const DOUBLE = 34;
const SINGLE = 39;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_MAP = 123;
const CLOSE_MAP = 125;

export function skipSpaces(cursor: Cursor): void {
  while (cursor.text.charCodeAt(cursor.at) === SPACE) cursor.at++;
}

/** Reads a key; the cursor then stands behind it. */
export function keyAt(cursor: Cursor): string | undefined {
  if (isQuote(cursor.text.charCodeAt(cursor.at))) {
    const quoted = match(QUOTED, cursor);
    return quoted === undefined || quoted.length > MAX_KEY ? undefined : quoted.slice(1, -1);
  }
  const key = match(WORD, cursor);
  return key === undefined || key.length > MAX_KEY || key.endsWith(' ') ? undefined : key;
}

/** Reads one value; the cursor then stands behind it and the spaces after a plain one. */
export function flowValue(cursor: Cursor, depth: number): Node | undefined {
  const { text, at } = cursor;
  const first = text.charCodeAt(at);
  if (first === OPEN_LIST) return depth < MAX_DEPTH ? flowList(cursor, depth) : undefined;
  if (first === OPEN_MAP) return depth < MAX_DEPTH ? flowMap(cursor, depth) : undefined;
  if (isQuote(first)) {
    const quoted = match(QUOTED, cursor);
    return quoted === undefined ? undefined : { at, value: quoted.slice(1, -1) };
  }
  const word = match(WORD, cursor);
  return word === undefined ? undefined : plainValue(word.trimEnd(), at);
}

function isQuote(first: number): boolean {
  return first === DOUBLE || first === SINGLE;
}

function flowList(cursor: Cursor, depth: number): Node | undefined {
  const { at } = cursor;
  const items: Node[] = [];
  const closed = flowItems(cursor, CLOSE_LIST, () => {
    const item = flowValue(cursor, depth + 1);
    if (item) items.push(item);
    return item !== undefined;
  });
  return closed ? { at, items } : undefined;
}

function flowMap(cursor: Cursor, depth: number): Node | undefined {
  const { at } = cursor;
  const pairs: Pair[] = [];
  const closed = flowItems(cursor, CLOSE_MAP, () => {
    const pair = flowPair(cursor, depth);
    if (pair) pairs.push(pair);
    return pair !== undefined;
  });
  return closed ? { at, pairs } : undefined;
}

function flowPair(cursor: Cursor, depth: number): Pair | undefined {
  const { text, at } = cursor;
  const key = keyAt(cursor);
  if (key === undefined || text.charCodeAt(cursor.at) !== COLON) return undefined;
  if (text.charCodeAt(cursor.at + 1) !== SPACE) return undefined;
  cursor.at += 2;
  skipSpaces(cursor);
  const node = flowValue(cursor, depth + 1);
  return node && { key, keyAt: at, node };
}

/** From an opening bracket to behind its closing one; false when something there is beyond this scanner. */
function flowItems(cursor: Cursor, close: number, item: () => boolean): boolean {
  const { text } = cursor;
  cursor.at++;
  skipSpaces(cursor);
  if (text.charCodeAt(cursor.at) === close) {
    cursor.at++;
    return true;
  }
  while (item()) {
    skipSpaces(cursor);
    const next = text.charCodeAt(cursor.at++);
    if (next === close) return true;
    if (next !== COMMA) return false;
    skipSpaces(cursor);
  }
  return false;
}

function plainValue(word: string, at: number): Node | undefined {
  const first = word.charCodeAt(0);
  if (first < 48 || first > 57) return NO_TEXT.test(word) ? undefined : { at, value: word };
  if (WHOLE.test(word) || FRACTION.test(word)) return { at, value: Number(word) };
  return DAY.test(word) || word.includes('@') ? { at, value: word } : undefined;
}

function match(pattern: RegExp, cursor: Cursor): string | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  if (found !== undefined) cursor.at += found.length;
  return found;
}
