/** Checks in a word: what is looked at, how it stands, and what to do. */
import type { Check } from '../../model/checkup.ts';
import { MusterError } from '../../model/error.ts';

/** What is looked at: `check` is its code. */
export interface Subject {
  readonly check: string;
  readonly title: string;
}

export function ok(subject: Subject, message: string): Check {
  return { ...subject, health: 'ok', message };
}

export function unknown(subject: Subject, message: string, fix?: string): Check {
  return { ...subject, health: 'unknown', message, ...(fix === undefined ? {} : { fix }) };
}

export function warning(subject: Subject, message: string, fix: string): Check {
  return { ...subject, health: 'warning', message, fix };
}

export function failed(subject: Subject, message: string, fix?: string): Check {
  return { ...subject, health: 'failed', message, ...(fix === undefined ? {} : { fix }) };
}

/** What an error says of what was looked at. Throws what is a fault of the program. */
export function failedBy(subject: Subject, error: unknown): Check {
  if (!(error instanceof MusterError)) throw error;
  return failed(subject, error.message, error.hint);
}
