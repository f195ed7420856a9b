/** What progress says in words, the same on a terminal and in a log. */
import type { Outcome } from '../../model/result.ts';
import { doneNow, type Progress, rate, timeLeft } from './state.ts';

const BAD: readonly Outcome[] = ['failed', 'in-doubt', 'stale', 'not-tried'];

/** What is being done now. */
export function doing(progress: Progress): string {
  const { open, reading } = progress;
  const writing = isWriting(progress) ? writingNow(progress) : undefined;
  if (writing !== undefined) return writing;
  if (open.has('diff') || open.has('plan') || open.has('guards')) return 'Planning';
  if (open.has('fetch')) return `Reading ${reading?.what ?? 'the platform'}`;
  if (open.has('load') || open.has('validate')) return 'Reading the files';
  return isWriting(progress) ? 'Waiting for a turn' : 'Working';
}

function isWriting({ people }: Progress): boolean {
  return people !== undefined && people.total > 0;
}

/** Single calls go several at a time, and are at everything at once. */
function writingNow({ open, by }: Progress): string | undefined {
  if (by === 'single' && (open.has('write') || open.has('gate'))) return 'Writing one by one';
  if (open.has('write')) return 'Writing in bulk';
  if (open.has('verify')) return 'Reading back';
  return open.has('gate') ? 'Reading once more' : undefined;
}

/** How far it is: people to be written, or else what is being read. Undefined where there is nothing to count. */
export function extent(
  progress: Progress,
): { done: number; total: number; of: string } | undefined {
  const { people, reading, open } = progress;
  if (people !== undefined && people.total > 0 && !open.has('fetch')) {
    return { done: doneNow(progress), total: people.total, of: 'people' };
  }
  if (reading?.total === undefined) return undefined;
  return { done: reading.done, total: reading.total, of: reading.what };
}

/** How fast, how long still, and what went wrong; what there is nothing to say of is left out. */
export function pace(progress: Progress, now: number): string[] {
  const perSecond = rate(progress, now);
  const left = timeLeft(progress, now);
  return [
    ...(perSecond === undefined ? [] : [`${rounded(perSecond * 60)} a minute`]),
    ...(left === undefined || left === 0 ? [] : [`${spokenTime(left)} left`]),
  ];
}

export function troubles({ outcomes }: Progress): string[] {
  return BAD.flatMap((outcome) => {
    const count = outcomes.get(outcome) ?? 0;
    return count === 0 ? [] : [`${count} ${outcome}`];
  });
}

/** Why it waits, and until when; undefined while it does not. `clock` says a time of day. */
export function waiting(
  { throttled, retrying }: Progress,
  now: number,
  clock: (at: number) => string,
): string | undefined {
  const wait = (at: number) => `waiting ${spokenTime(at - now)}, until ${clock(at)}`;
  if (throttled !== undefined && throttled.until > now) {
    return `Rate limit of ${throttled.kind}: ${wait(throttled.until)}`;
  }
  if (retrying === undefined || retrying.until <= now) return undefined;
  return `After ${retrying.why}: ${wait(retrying.until)}`;
}

/** `0:07`, `12:03`, `1:02:03`. */
export function elapsed(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const two = (number: number) => String(number).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

function spokenTime(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function rounded(number: number): string {
  return number < 10 ? number.toFixed(1) : String(Math.round(number));
}
