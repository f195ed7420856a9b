/**
 * Events: what the core tells of its work. Progress, logs, spans and metrics are all made of them; the core prints
 * nothing. They carry platform ids, never an e-mail address or a secret.
 */
import { MusterError, PlatformError } from './error.ts';
import type { GuardName } from './guard.ts';
import type { Action, Cause, Totals } from './plan.ts';
import type { Platform } from './platform.ts';
import type { Outcome } from './result.ts';

/** What a listing holds; `assignments` where each of them has a row of its own. */
export type Listed = 'catalogue' | 'users' | 'lists' | 'assignments';

/** A stretch of work. The very object is told again at its end: that is how the two are known to belong together. */
export type Stage =
  /** `command` is its name; left out while the arguments have not been understood. */
  | { readonly phase: 'command'; readonly command?: string }
  | { readonly phase: Plain }
  /** One page of a listing, from 1. */
  | {
      readonly phase: 'page';
      readonly what: Listed;
      readonly page: number;
    }
  | { readonly phase: 'gate' | 'write' | 'verify'; readonly users: number }
  /** A look at a bulk job; `submitted` is the id that the request which began it was sent with. */
  | { readonly phase: 'poll'; readonly jobId: string; readonly submitted: string }
  /** One try of one request. `requestId` is what it is sent with; `path` is without its query. */
  | {
      readonly phase: 'request';
      readonly method: string;
      readonly path: string;
      readonly writes: boolean;
      readonly requestId: string;
    };

type Plain = 'load' | 'validate' | 'fetch' | 'diff' | 'plan' | 'guards';

/** An error, as far as it may be told everywhere. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  /** HTTP status, where the platform answered. */
  readonly status?: number;
  /** The platform's own code for it. */
  readonly platformCode?: string;
  readonly requestId?: string;
}

export type MusterEvent =
  | { readonly type: 'begins'; readonly stage: Stage }
  | { readonly type: 'ends'; readonly stage: Stage; readonly failure?: Failure }
  /** What the command is about, as far as it is known by then; told again when more is. */
  | {
      readonly type: 'about';
      readonly command?: string;
      readonly org?: string;
      readonly platform?: Platform;
      /** The commit the files are on, and the one last applied. */
      readonly head?: string;
      readonly base?: string;
      readonly run?: string;
    }
  | {
      readonly type: 'reading';
      readonly what: Listed;
      readonly done: number;
      /** Left out while unknown. */
      readonly total?: number;
    }
  | {
      readonly type: 'planned';
      readonly totals: Totals;
      /** How many assignments, by action and cause; what there is none of is left out. */
      readonly changes?: readonly ChangeCount[];
      /** Guards that refuse it, unless somebody allows it. */
      readonly refusing?: readonly GuardName[];
    }
  /** How many active people hold a skill; told only where that is asked for. */
  | { readonly type: 'holders'; readonly skills: readonly HolderCount[] }
  | { readonly type: 'writing'; readonly users: number; readonly by: 'single' | 'bulk' }
  | {
      readonly type: 'job';
      readonly jobId: string;
      readonly status: string;
      readonly processed?: number;
      readonly total?: number;
    }
  | {
      readonly type: 'decided';
      readonly userId: string;
      readonly outcome: Outcome;
      readonly done: number;
      readonly total: number;
      /** The platform's id of the deciding request. */
      readonly requestId?: string;
      /** What it was decided by, where something failed. */
      readonly failure?: Failure;
    }
  /** A request may go: how long it waited for its slot, and how many more could go at once. */
  | {
      readonly type: 'paced';
      readonly kind: 'reads' | 'writes';
      readonly waitedMs: number;
      readonly left: number;
    }
  | { readonly type: 'throttled'; readonly waitMs: number; readonly kind: 'reads' | 'writes' }
  | {
      readonly type: 'retrying';
      readonly attempt: number;
      readonly waitMs: number;
      readonly why: string;
    }
  | {
      readonly type: 'notice';
      readonly code: string;
      readonly message: string;
      readonly hint?: string;
    }
  /** The command ends, for this reason where it failed, with this exit code. */
  | { readonly type: 'failed'; readonly failure: Failure; readonly hint?: string }
  | { readonly type: 'exits'; readonly code: number };

interface ChangeCount {
  readonly action: Action;
  readonly cause: Cause;
  readonly count: number;
}

interface HolderCount {
  readonly id: string;
  readonly name: string;
  readonly users: number;
}

export interface Listener {
  (event: MusterEvent): void;
  /**
   * Runs the work of a stage that has begun, so that whatever is told during it, however deep, is known to be part of
   * it. Left out where nobody needs to know.
   */
  readonly around?: <T>(stage: Stage, work: () => Promise<T>) => Promise<T>;
}

/** Tells that a stage begins, does its work, and tells how it ended. Throws what the work throws. */
export async function staged<T>(
  listener: Listener,
  stage: Stage,
  work: () => Promise<T>,
): Promise<T> {
  listener({ type: 'begins', stage });
  try {
    const result = await (listener.around === undefined ? work() : listener.around(stage, work));
    listener({ type: 'ends', stage });
    return result;
  } catch (error) {
    listener({ type: 'ends', stage, failure: failureOf(error) });
    throw error;
  }
}

/** The same for several of the stages that are told by their name alone. */
export function stagesOf(listener: Listener) {
  return <T>(phase: Plain, work: () => Promise<T>): Promise<T> => staged(listener, { phase }, work);
}

/** Of what is not an error a user can meet, nothing is told: it may hold anything. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof MusterError)) {
    return { code: 'internal', message: 'This is a fault in muster itself.' };
  }
  const { code, message } = error;
  if (!(error instanceof PlatformError)) return { code, message };
  const { status, platformCode, requestId } = error;
  return {
    code,
    message,
    ...(status === undefined ? {} : { status }),
    ...(platformCode === undefined ? {} : { platformCode }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}
