/** Errors a user can meet. Whatever is not a MusterError is a bug. */
import type { Place } from './finding.ts';

export interface ErrorDetails {
  /** What to do next; one sentence. */
  readonly hint?: string;
  readonly place?: Place;
  readonly cause?: unknown;
}

/** `code` is kebab-case and documented; `message` is one plain sentence without secrets and e-mail addresses. */
export class MusterError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly place: Place | undefined;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = details.hint;
    this.place = details.place;
  }
}

export interface PlatformErrorDetails extends ErrorDetails {
  /** HTTP status; left out when no answer came. */
  readonly status?: number;
  /** The platform's own words, already cut to a line. */
  readonly platformMessage?: string;
  /** The platform's own code for it, such as `general.conflict`. */
  readonly platformCode?: string;
  readonly requestId?: string;
  /** Milliseconds the platform asks to wait. */
  readonly retryAfterMs?: number;
  readonly effect: Effect;
}

/**
 * Whether the request can have taken effect. none: the platform certainly did not act on it (a 4xx, or it was never
 * sent). unknown: it may have (a time-out, a reset, a 5xx, a torn answer).
 */
export type Effect = 'none' | 'unknown';

/** What a platform, or the way to it, answered instead of what was asked for. */
export class PlatformError extends MusterError {
  readonly status: number | undefined;
  readonly platformMessage: string | undefined;
  readonly platformCode: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly effect: Effect;

  constructor(code: string, message: string, details: PlatformErrorDetails) {
    super(code, message, details);
    this.effect = details.effect;
    this.status = details.status;
    this.platformMessage = details.platformMessage;
    this.platformCode = details.platformCode;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
  }
}
