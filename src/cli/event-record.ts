/** An event as the plain record that JSON logs, NDJSON and log records of telemetry are made of. */
import type { MusterEvent } from '../model/event.ts';

export type EventRecord = Readonly<Record<string, unknown>>;

/** Where and when it was told. */
export interface Told {
  /** Epoch milliseconds. */
  readonly at: number;
  /** How long the stage took that it ends. */
  readonly ms?: number;
  readonly traceId: string;
  readonly spanId?: string;
  /** Takes secrets and e-mail addresses out of a text. */
  readonly clean: (text: string) => string;
}

export function eventRecord(event: MusterEvent, told: Told): EventRecord {
  const { clean } = told;
  const text = JSON.stringify(fieldsOf(event, told), (_name, value: unknown) =>
    typeof value === 'string' ? clean(value) : value,
  );
  return JSON.parse(text);
}

function fieldsOf(event: MusterEvent, { at, ms, traceId, spanId }: Told): EventRecord {
  const time = { at: new Date(at).toISOString() };
  const ids = { trace_id: traceId, span_id: spanId };
  if (event.type !== 'begins' && event.type !== 'ends') return { ...time, ...event, ...ids };
  const { stage, ...rest } = event;
  return { ...time, ...rest, ...stage, ms, ...ids };
}
