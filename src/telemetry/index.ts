/**
 * Telemetry: the events of one command as spans, measurements and log records, exported as the standard variables of the
 * environment say. Loading this loads the SDK, so it is loaded only when one of them is set.
 */
import { DiagLogLevel, diag, trace as traces } from '@opentelemetry/api';
import type { MusterEvent, Stage } from '../model/event.ts';
import { ciAttributes } from './ci.ts';
import { openLogs } from './logs.ts';
import { openMetrics } from './metrics.ts';
import { startSdk } from './sdk.ts';
import { openSpans } from './spans.ts';
import type { Trace } from './trace.ts';
import type { Wanted } from './wanted.ts';

export interface TelemetryOptions {
  readonly wanted: Wanted;
  readonly trace: Trace;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Takes secrets and e-mail addresses out of a text. */
  readonly clean: (text: string) => string;
}

export interface Telemetry {
  /** `record` is the event as its JSON line has it; `ms` how long the stage took that it ends. */
  hear(event: MusterEvent, record: () => Readonly<Record<string, unknown>>, ms?: number): void;
  around<T>(stage: Stage, work: () => Promise<T>): Promise<T>;
  /** Of the span that an event belongs to. */
  spanIdOf(event: MusterEvent): string | undefined;
  /** From here on people are told by their keys too: an e-mail address is one. */
  introduce(keys: ReadonlyMap<string, string>): void;
  /** Sends what is left; false when something could not be delivered. Never throws. */
  close(): Promise<boolean>;
}

/** A job of so many people tells of each of them; the default would drop most. */
const SPAN_EVENTS = 2_000;

export function openTelemetry(options: TelemetryOptions): Telemetry {
  const { trace, clean, env } = options;
  const troubles = listenForTroubles(env);
  let keys: ReadonlyMap<string, string> = new Map();
  const stop = startSdk({
    ...{ wanted: options.wanted, trace, clean, attributes: resourceOf(options) },
    spanEvents: env.OTEL_SPAN_EVENT_COUNT_LIMIT ? undefined : SPAN_EVENTS,
  });
  const keyOf = (userId: string) => keys.get(userId);
  const spans = openSpans({ trace, clean, keyOf, sent: options.wanted.traces });
  const measure = openMetrics();
  const log = openLogs(spans.contextOf);
  return {
    hear(event, record, ms) {
      spans.hear(event);
      measure(event, ms);
      log(event, record);
    },
    around: spans.around,
    spanIdOf: (event) => traces.getSpanContext(spans.contextOf(event))?.spanId,
    introduce(news) {
      keys = news;
    },
    async close() {
      const sent = await stop().then(
        () => true,
        () => false,
      );
      diag.disable();
      return sent && troubles.count === 0;
    },
  };
}

function resourceOf({ env, version, clean }: TelemetryOptions): Record<string, string> {
  const named = {
    'service.name': env.OTEL_SERVICE_NAME || 'muster',
    'service.version': version,
    ...ciAttributes(env),
  };
  return Object.fromEntries(Object.entries(named).map(([name, text]) => [name, clean(text)]));
}

/** What the SDK complains of is counted, not printed, unless its own variable wants it printed. */
function listenForTroubles(env: TelemetryOptions['env']): { readonly count: number } {
  const troubles = { count: 0 };
  if (env.OTEL_LOG_LEVEL) return troubles;
  const ignore = () => undefined;
  const error = () => {
    troubles.count += 1;
  };
  const logger = { error, warn: ignore, info: ignore, debug: ignore, verbose: ignore };
  diag.setLogger(logger, { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true });
  return troubles;
}
