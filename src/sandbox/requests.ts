/** The request log and its counters. No credentials get into it. */
import type { Call } from './call.ts';

export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly requestId: string;
  readonly traceparent: string | null;
  /** By lower-case name; `authorization` is `[redacted]`. */
  readonly headers: Readonly<Record<string, string>>;
  /** null when the token is missing, wrong or expired. */
  tokenName: string | null;
  /** null until answered, and for ever when the connection was reset instead. */
  status: number | null;
  /** The kind of the fault that struck. */
  fault: string | null;
}

export interface Counters {
  requests: number;
  /** The most that were under way at one time. */
  mostAtOnce: number;
  readonly byStatus: Record<string, number>;
  readonly byMethod: Record<string, number>;
  readonly byFault: Record<string, number>;
}

const KEPT = 200_000;

export class RequestLog {
  readonly entries: LoggedRequest[] = [];
  #counters = zero();
  #underWay = 0;

  get counters(): Counters {
    return this.#counters;
  }

  begin(call: Call, at: number, requestId: string): LoggedRequest {
    const { authorization, ...headers } = call.headers;
    const entry: LoggedRequest = {
      method: call.method,
      path: call.path,
      query: call.search,
      at,
      requestId,
      traceparent: headers.traceparent ?? null,
      headers: authorization === undefined ? headers : { ...headers, authorization: '[redacted]' },
      tokenName: null,
      status: null,
      fault: null,
    };
    if (this.entries.length >= KEPT) this.entries.splice(0, KEPT / 2);
    this.entries.push(entry);
    this.#counters.requests += 1;
    this.#underWay += 1;
    this.#counters.mostAtOnce = Math.max(this.#counters.mostAtOnce, this.#underWay);
    count(this.#counters.byMethod, call.method);
    return entry;
  }

  end(entry: LoggedRequest): void {
    this.#underWay -= 1;
    count(this.#counters.byStatus, String(entry.status ?? 'reset'));
    if (entry.fault !== null) count(this.#counters.byFault, entry.fault);
  }

  clear(): void {
    this.entries.length = 0;
    this.#counters = zero();
  }
}

function zero(): Counters {
  return { requests: 0, mostAtOnce: 0, byStatus: {}, byMethod: {}, byFault: {} };
}

/** `name` is a method, a status or a kind of fault: a closed set, none of them an inherited property. */
function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
