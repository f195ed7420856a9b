/**
 * The journal's bytes back into lines. Pure. Its invariant: nothing behind the first broken line is read, for what
 * follows it cannot be trusted.
 */
import { type Assignments, keyed, type Value } from '../model/assignment.ts';
import type { JournalLine } from '../model/journal.ts';
import { OUTCOMES } from '../model/result.ts';

export interface JournalText {
  readonly lines: readonly JournalLine[];
  /** The first line that is broken, counted from 1. torn: it is the last, and was never confirmed to be on the disk. */
  readonly broken?: { readonly line: number; readonly torn: boolean };
  /** The length in bytes of what could be read, its last line end included where there is one. */
  readonly trusted: number;
}

const LINE_END = 10;

export function parseJournal(bytes: Uint8Array): JournalText {
  const lines: JournalLine[] = [];
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(LINE_END, start);
    const stop = end === -1 ? bytes.length : end;
    const line = parseLine(bytes.subarray(start, stop), utf8);
    if (line === undefined) {
      return { lines, broken: { line: lines.length + 1, torn: end === -1 }, trusted: start };
    }
    lines.push(line);
    start = end === -1 ? stop : end + 1;
  }
  return { lines, trusted: start };
}

type Raw = { readonly [field: string]: unknown };

function parseLine(bytes: Uint8Array, utf8: InstanceType<typeof TextDecoder>) {
  let raw: unknown;
  try {
    raw = JSON.parse(utf8.decode(bytes));
  } catch {
    return undefined;
  }
  return isRaw(raw) && typeof raw.at === 'string' ? readLine(raw) : undefined;
}

function readLine(raw: Raw): JournalLine | undefined {
  const line = raw as unknown as JournalLine;
  switch (line.type) {
    case 'begun':
      return texts(raw, ['run', 'org', 'plan']) ? line : undefined;
    case 'sending':
      return readSending(line, raw.users);
    case 'answered':
      return texts(raw, ['userId']) && ANSWERS.includes(line.sent) ? line : undefined;
    case 'decided':
      return texts(raw, ['userId']) && OUTCOMES.includes(line.outcome) ? line : undefined;
    case 'ended':
      return line;
    default:
      return undefined;
  }
}

const ANSWERS = ['accepted', 'refused', 'unknown', 'not-sent'];

function readSending(line: Extract<JournalLine, { type: 'sending' }>, users: unknown) {
  if (!Array.isArray(users)) return undefined;
  const read = users.map(readUser);
  return read.every((user) => user !== undefined) ? { ...line, users: read } : undefined;
}

function readUser(user: unknown) {
  if (!isRaw(user) || !texts(user, ['userId'])) return undefined;
  const before = readList(user.before);
  const after = readList(user.after);
  if (before === undefined || after === undefined) return undefined;
  return { userId: String(user.userId), before, after };
}

/** Ids may be called like inherited properties, so that a list is always rebuilt without any. */
function readList(list: unknown): Assignments | undefined {
  if (!isRaw(list) || !isRaw(list.skill) || !isRaw(list.language)) return undefined;
  const values = (raw: Raw) => keyed(Object.entries(raw) as [string, Value][]);
  return { skill: values(list.skill), language: values(list.language) };
}

function isRaw(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function texts(raw: Raw, fields: readonly string[]): boolean {
  return fields.every((field) => typeof raw[field] === 'string');
}
