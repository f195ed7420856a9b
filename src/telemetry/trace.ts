/**
 * The trace that every request of one command belongs to, whether or not anything is exported: one that CI began is
 * continued. A request's id and its `traceparent` are made of the same two numbers. W3C Trace Context and Baggage.
 */
import { createHash } from 'node:crypto';

/** Whoever began the trace. */
interface Parent {
  readonly spanId: string;
  readonly sampled: boolean;
  readonly tracestate?: string;
}

export interface Trace {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  readonly parent?: Parent;
  readonly baggage?: string;
  /** Whether somebody records it: the parent's word, until the SDK decides. */
  sampled: boolean;
  /** 16 hexadecimal digits. */
  newSpanId(): string;
  /** `<trace id>-<span id>`, of a span that is yet to begin. */
  newRequestId(): string;
  /** What a request of that id carries besides, of what the org lets pass. */
  headers(requestId: string, propagate: Propagate): Record<string, string>;
}

interface Propagate {
  readonly traceparent: boolean;
  readonly tracestate: boolean;
  readonly baggage: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Longer ones are left out: a vendor need not take them, and a proxy may refuse the request. */
const LONGEST = { tracestate: 512, baggage: 8192 };

/** `newId` gives a text that no other has, and that nobody can guess. */
export function openTrace(env: Environment, newId: () => string): Trace {
  const digits = (count: number) =>
    createHash('sha256').update(newId()).digest('hex').slice(0, count);
  const continued = parentIn(env);
  const traceId = continued?.traceId ?? digits(32);
  const parent = continued?.parent;
  const baggage = header(env.BAGGAGE, LONGEST.baggage);
  const trace: Trace = {
    traceId,
    ...(parent === undefined ? {} : { parent }),
    ...(baggage === undefined ? {} : { baggage }),
    sampled: parent?.sampled ?? false,
    newSpanId: () => digits(16),
    newRequestId: () => `${traceId}-${digits(16)}`,
    headers(requestId, propagate) {
      const flags = trace.sampled ? '01' : '00';
      const { tracestate } = parent ?? {};
      return {
        ...(propagate.traceparent ? { traceparent: `00-${requestId}-${flags}` } : {}),
        // Without a traceparent it means nothing.
        ...(propagate.traceparent && propagate.tracestate && tracestate ? { tracestate } : {}),
        ...(propagate.baggage && baggage ? { baggage } : {}),
      };
    },
  };
  return trace;
}

/** The span id in a request's id. */
export function spanIdIn(requestId: string): string {
  return requestId.slice(requestId.lastIndexOf('-') + 1);
}

const TRACEPARENT =
  /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;

function parentIn(env: Environment): { traceId: string; parent: Parent } | undefined {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(env.TRACEPARENT?.trim() ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  const tracestate = header(env.TRACESTATE, LONGEST.tracestate);
  const sampled = (Number.parseInt(flags, 16) & 1) === 1;
  return {
    traceId,
    parent: { spanId, sampled, ...(tracestate === undefined ? {} : { tracestate }) },
  };
}

function header(text: string | undefined, longest: number): string | undefined {
  const value = text?.trim() ?? '';
  return /^[\x21-\x7e][\x20-\x7e]*$/.test(value) && value.length <= longest ? value : undefined;
}
