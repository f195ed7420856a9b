/** What an answer says of a bulk job: its id, how it stands, and hints about each user. Spellings are tolerated. */
import { type Fields, idField, isFields, textField } from '../fields.ts';
import type { Means } from './means.ts';

interface Hint {
  readonly ok: boolean;
  readonly message?: string;
}

export interface JobState {
  readonly id?: string;
  /** As the platform spells it, fit to be shown. */
  readonly status: string;
  readonly phase: 'going' | 'completed' | 'failed';
  readonly processed?: number;
  readonly total?: number;
  /** By user id; hints only, and perhaps not of everybody. */
  readonly users: ReadonlyMap<string, Hint>;
  readonly message?: string;
}

const COMPLETED = /^(complete|success|succeed|done$|finish|partial|processed$)/;
const FAILED = /^(fail|error|cancel|abort|reject|expired$|timedout$)/;
const GOOD = /^(ok$|success|succeed|complete|updated$|applied$|done$|processed$|unchanged$)/;
const BAD = /^(fail|error|reject|refus|invalid|denied$|notfound$|skip)/;

function letters(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z]/g, '');
}

type Clean = (text: string) => string;

function words(value: unknown, clean: Clean): string | undefined {
  const text = isFields(value) ? textField(value, 'message', 'detail', 'code') : value;
  const line = typeof text === 'string' ? clean(text) : '';
  return line === '' ? undefined : line;
}

function hintOf(result: unknown, clean: Clean): readonly [string, Hint] | undefined {
  const id = isFields(result) ? idField(result, 'id', 'userId') : undefined;
  if (!isFields(result) || id === undefined) return undefined;
  const status = letters(textField(result, 'status', 'result', 'state') ?? '');
  const message = words(result.error, clean) ?? words(result.message, clean);
  const bad = BAD.test(status) || result.success === false || (result.error ?? null) !== null;
  const ok = GOOD.test(status) || !bad;
  return [id, { ok, ...(message === undefined ? {} : { message }) }];
}

function usersOf(fields: Fields, clean: Clean): ReadonlyMap<string, Hint> {
  const results = [fields.results, fields.users, fields.items].find(Array.isArray) ?? [];
  const hints = new Map<string, Hint>();
  for (const result of results) {
    const hint = hintOf(result, clean);
    if (hint) hints.set(...hint);
  }
  return hints;
}

function lastSegment(location: string | undefined): string | undefined {
  const last = location?.split(/[?#]/)[0]?.split('/').filter(Boolean).at(-1);
  try {
    return last === undefined ? undefined : decodeURIComponent(last);
  } catch {
    return undefined;
  }
}

const UNPRINTABLE = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

/** `location` serves for the id alone: where it leads is never followed. */
function idOf(fields: Fields, named: string, location: string | undefined): string | undefined {
  const id = idField(fields, named, 'id') ?? lastSegment(location);
  return id === undefined || UNPRINTABLE.test(id) ? undefined : id;
}

/** `location` is the header of the answer. */
export function jobState(
  body: unknown,
  { assumed, client }: Pick<Means, 'assumed' | 'client'>,
  location?: string,
): JobState {
  const fields = isFields(body) ? body : {};
  const id = idOf(fields, assumed.jobId, location);
  const spelled = textField(fields, 'status', 'state') ?? '';
  const status = client.clean(spelled);
  const plain = letters(spelled);
  const message = words(fields.error, client.clean) ?? words(fields.message, client.clean);
  const going = COMPLETED.test(plain) ? 'completed' : 'going';
  return {
    ...(id === undefined ? {} : { id }),
    status: status === '' ? 'unknown' : status,
    phase: FAILED.test(plain) ? 'failed' : going,
    ...(typeof fields.processed === 'number' ? { processed: fields.processed } : {}),
    ...(typeof fields.total === 'number' ? { total: fields.total } : {}),
    users: usersOf(fields, client.clean),
    ...(message === undefined ? {} : { message }),
  };
}
