/** What an answer says of a bulk job: its id, how it stands, and hints about each user. Spellings are tolerated. */
import { oneLine } from '../../http/secret.ts';
import type { Assumptions } from './assumptions.ts';
import { isFields, textField } from './list.ts';

interface Hint {
  readonly ok: boolean;
  readonly message?: string;
}

export interface JobState {
  readonly id?: string;
  /** As the platform spells it. */
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

function words(value: unknown): string | undefined {
  const text = isFields(value) ? textField(value, 'message', 'detail', 'code') : value;
  return typeof text === 'string' && text !== '' ? oneLine(text) : undefined;
}

function hintOf(result: unknown): readonly [string, Hint] | undefined {
  const id = isFields(result) ? textField(result, 'id', 'userId') : undefined;
  if (!isFields(result) || id === undefined) return undefined;
  const status = letters(textField(result, 'status', 'result', 'state') ?? '');
  const message = words(result.error) ?? words(result.message);
  const bad = BAD.test(status) || result.success === false || (result.error ?? null) !== null;
  const ok = GOOD.test(status) || !bad;
  return [id, { ok, ...(message === undefined ? {} : { message }) }];
}

function usersOf(body: Readonly<Record<string, unknown>>): ReadonlyMap<string, Hint> {
  const results = [body.results, body.users, body.items].find(Array.isArray) ?? [];
  const hints = results.map(hintOf).filter((hint: ReturnType<typeof hintOf>) => hint !== undefined);
  return new Map(hints as (readonly [string, Hint])[]);
}

function lastSegment(location: string | undefined): string | undefined {
  const last = location?.split(/[?#]/)[0]?.split('/').filter(Boolean).at(-1);
  try {
    return last === undefined ? undefined : decodeURIComponent(last);
  } catch {
    return undefined;
  }
}

/** `location` serves for the id alone: where it leads is never followed. */
export function jobState(body: unknown, assumed: Assumptions, location?: string): JobState {
  const fields = isFields(body) ? body : {};
  const numeric =
    typeof fields[assumed.jobId] === 'number' ? String(fields[assumed.jobId]) : undefined;
  const id = textField(fields, assumed.jobId, 'id') ?? numeric ?? lastSegment(location);
  const status = oneLine(textField(fields, 'status', 'state') ?? '');
  const plain = letters(status);
  const message = words(fields.error) ?? words(fields.message);
  const going = COMPLETED.test(plain) ? 'completed' : 'going';
  return {
    ...(id === undefined ? {} : { id }),
    status: status === '' ? 'unknown' : status,
    phase: FAILED.test(plain) ? 'failed' : going,
    ...(typeof fields.processed === 'number' ? { processed: fields.processed } : {}),
    ...(typeof fields.total === 'number' ? { total: fields.total } : {}),
    users: usersOf(fields),
    ...(message === undefined ? {} : { message }),
  };
}
