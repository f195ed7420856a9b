/**
 * The one way to a platform: kept to allowed hosts, signed in, paced, time-limited. Reads are tried again; a write
 * is never repeated, except once with a renewed token after a 401.
 */
import type { Probed, ProbeRequest } from '../model/checkup.ts';
import { PlatformError } from '../model/error.ts';
import type { Answer } from './answer.ts';
import { withinTimers } from './clock.ts';
import type { ClientOptions, Paces, Query } from './options.ts';
import { createPace } from './pace.ts';
import { type RetryRule, retrying } from './retry.ts';
import { createSigned } from './signed.ts';

export interface WriteRequest {
  readonly method: 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: { readonly type: 'application/json' | 'text/csv'; readonly text: string };
  /** A `turn()` was taken for this request: it goes at once or, while the pace is paused, not at all. */
  readonly turn?: boolean;
}

/** Paths start with a slash, relative to the base URL. Everything throws PlatformError. */
export interface Client {
  read(path: string, query?: Query): Promise<Answer>;
  write(request: WriteRequest): Promise<Answer>;
  /** A read that is tried once, with the headers it is told. Throws what signing in throws. */
  probe(request: ProbeRequest): Promise<Probed>;
  /** Waits for a slot, for the next write that says `turn`; ends early, without one, when aborted. */
  turn(signal?: AbortSignal): Promise<void>;
  /** From here on at another pace: the platform told what it allows. */
  repace(pace: Paces): void;
  /** A foreign text, fit to be shown: one line, without secrets and e-mail addresses. */
  clean(text: string): string;
  close(): Promise<void>;
}

const RETRIES: RetryRule = { attempts: 6, totalMs: 300_000 };
const LONE_SURROGATE = /\p{Cs}/u;

/** A path segment that stays one. Throws PlatformError `bad-request` for what URLs take for a way up or for nothing. */
export function segment(id: string): string {
  if (!/^\.{0,2}$/.test(id) && !LONE_SURROGATE.test(id)) return encodeURIComponent(id);
  throw new PlatformError(
    'bad-request',
    'An id is empty, made of dots or no text, so it has no address.',
    {
      hint: 'Correct the id in the roster.',
      effect: 'none',
    },
  );
}

/** Throws PlatformError `bad-url`, `insecure-url` or `host-not-allowed`, before anything is sent. */
export function createClient(options: ClientOptions): Client {
  const { random, listener } = options;
  const clock = withinTimers(options.clock);
  const retry = { rule: { ...RETRIES, ...options.retries }, clock, random, listener };
  const signed = createSigned(options, (once) => retrying(retry, once));
  const pace = createPace({ ...options, clock });
  return {
    read: (path, query = {}) =>
      retrying(retry, () =>
        pace.read(() => signed.send({ method: 'GET', path, query, writes: false })),
      ),
    async write(request) {
      if (options.readOnly())
        throw new Error(`${request.method} ${request.path} while only reading is allowed: a bug.`);
      const ask = () => signed.send({ ...request, writes: true });
      return pace.write(ask, request.turn ?? false);
    },
    async probe(request) {
      let probed: Probed | undefined;
      const look = async () => {
        probed = await signed.probe(request);
        // Told to the pace as any other 429 is: the next look waits.
        if (probed.error?.status === 429) throw probed.error;
        return probed;
      };
      return pace.read(look).catch((error: unknown) => {
        if (probed === undefined) throw error;
        return probed;
      });
    },
    turn: pace.turn,
    repace: pace.repace,
    clean: signed.clean,
    close: signed.close,
  };
}
