/**
 * Text -> located data, for the block maps and short flow values that nearly every file is made of, many times faster
 * than a whole YAML parser. It gives up (undefined) on anything it is not certain of; what it returns is exactly what
 * compose() returns for the same text.
 */
import type { Node, Pair } from './node.ts';
import { type Cursor, flowValue, keyAt, skipSpaces } from './scan-value.ts';

interface Frame {
  readonly indent: number;
  readonly pairs: Pair[] | undefined;
  readonly items: Node[];
}

/** A key whose value has not been seen yet. */
interface Pending {
  readonly key: string;
  readonly keyAt: number;
  readonly into: Pair[];
}

const SPACE = 32;
const HASH = 35;
const DASH = 45;
const COLON = 58;
const NEWLINE = 10;
const RETURN = 13;
const START = /^---(?:\r?\n|$)/;

export function scan(text: string): Node | undefined {
  const scanner = new Scanner(text);
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    if (!scanner.line(start)) return undefined;
    start = end + 1;
  }
  return scanner.root();
}

class Scanner {
  readonly #cursor: Cursor;
  readonly #frames: Frame[] = [];
  #root: Node | undefined;
  #pending: Pending | undefined;
  #begun = false;

  constructor(text: string) {
    this.#cursor = { text, at: 0 };
  }

  root(): Node | undefined {
    this.#settle();
    return this.#root;
  }

  /** Takes in the line that starts at `start`; false when it is beyond this scanner. */
  line(start: number): boolean {
    const { text } = this.#cursor;
    let at = start;
    while (text.charCodeAt(at) === SPACE) at++;
    const first = text.charCodeAt(at);
    if (first === HASH || endsAt(text, at)) return true;
    if (!this.#root && !this.#begun && START.test(text.slice(start, start + 5))) {
      this.#begun = true;
      return true;
    }
    this.#cursor.at = at;
    const dash = first === DASH;
    const frame = this.#open(at, at - start, dash);
    if (!frame) return false;
    return dash ? this.#item(frame, start) : this.#pair(frame);
  }

  /** The frame the line belongs to. */
  #open(at: number, indent: number, dash: boolean): Frame | undefined {
    if (!this.#root) return dash || indent > 0 ? undefined : this.#push(at, indent, dash);
    const top = this.#frames.at(-1) as Frame;
    if (this.#pending) {
      if (indent > top.indent || (dash && indent === top.indent))
        return this.#push(at, indent, dash);
      this.#settle();
    }
    return this.#close(indent, dash);
  }

  #close(indent: number, dash: boolean): Frame | undefined {
    let top = this.#frames.at(-1);
    while (top && (top.indent > indent || (top.indent === indent && !top.pairs && !dash))) {
      this.#frames.pop();
      top = this.#frames.at(-1);
    }
    return top && top.indent === indent && dash === !top.pairs ? top : undefined;
  }

  #push(at: number, indent: number, dash: boolean): Frame {
    const frame: Frame = { indent, pairs: dash ? undefined : [], items: [] };
    const node: Node = frame.pairs ? { at, pairs: frame.pairs } : { at, items: frame.items };
    const { into, key, keyAt } = this.#pending ?? {};
    if (into && key !== undefined && keyAt !== undefined) into.push({ key, keyAt, node });
    else this.#root = node;
    this.#pending = undefined;
    this.#frames.push(frame);
    return frame;
  }

  /** A key that is followed by nothing is null, and stands where its key stands. */
  #settle(): void {
    const pending = this.#pending;
    if (!pending) return;
    const { key, keyAt, into } = pending;
    into.push({ key, keyAt, node: { at: keyAt, value: null } });
    this.#pending = undefined;
  }

  /** A value, or the first pair of a map that goes on below it. */
  #item(frame: Frame, start: number): boolean {
    const cursor = this.#cursor;
    if (cursor.text.charCodeAt(cursor.at + 1) !== SPACE) return false;
    cursor.at += 2;
    skipSpaces(cursor);
    const at = cursor.at;
    const node = flowValue(cursor, 0);
    if (node && this.#atEnd()) {
      frame.items.push(node);
      return true;
    }
    const pairs: Pair[] = [];
    const inner: Frame = { indent: at - start, pairs, items: [] };
    frame.items.push({ at, pairs });
    this.#frames.push(inner);
    cursor.at = at;
    return this.#pair(inner);
  }

  #pair(frame: Frame): boolean {
    const cursor = this.#cursor;
    const at = cursor.at;
    const key = keyAt(cursor);
    if (key === undefined || cursor.text.charCodeAt(cursor.at) !== COLON) return false;
    cursor.at++;
    const into = frame.pairs as Pair[];
    if (this.#atEnd()) {
      this.#pending = { key, keyAt: at, into };
      return true;
    }
    if (cursor.text.charCodeAt(cursor.at - 1) !== SPACE) return false;
    const node = flowValue(cursor, 0);
    if (!node || !this.#atEnd()) return false;
    into.push({ key, keyAt: at, node });
    return true;
  }

  /** Skips spaces; whether nothing but a comment is left of the line. */
  #atEnd(): boolean {
    const cursor = this.#cursor;
    skipSpaces(cursor);
    const next = cursor.text.charCodeAt(cursor.at);
    if (next === HASH) return cursor.text.charCodeAt(cursor.at - 1) === SPACE;
    return endsAt(cursor.text, cursor.at);
  }
}

function endsAt(text: string, at: number): boolean {
  const next = text.charCodeAt(at);
  if (next === RETURN) return text.charCodeAt(at + 1) === NEWLINE;
  return Number.isNaN(next) || next === NEWLINE;
}
