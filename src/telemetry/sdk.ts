/**
 * The OpenTelemetry SDK, set up by its own environment variables. What it does beyond them: a span of a request gets the
 * id that the request carries, nothing that shows a person or a machine's owner is looked up, and it adds no header.
 */
import { context, createContextKey, metrics, trace as traces } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { NodeSDK, resources } from '@opentelemetry/sdk-node';
import type { Trace } from './trace.ts';
import type { Wanted } from './wanted.ts';

export interface SdkOptions {
  readonly wanted: Wanted;
  readonly trace: Trace;
  readonly attributes: Readonly<Record<string, string>>;
  readonly clean: (text: string) => string;
  /** Undefined where the environment sets a limit itself. */
  readonly spanEvents: number | undefined;
}

/** In the context of a request: the id its span gets, taken once. */
export interface NextSpan {
  id: string | undefined;
}
export const NEXT_SPAN = createContextKey('muster.next-span');

/** Starts it; gives what ends it, having sent what is left: nothing of it stays registered. */
export function startSdk(options: SdkOptions): () => Promise<void> {
  const { wanted, attributes, spanEvents } = options;
  const instruments = instrumentation(options);
  const sdk = new NodeSDK({
    resource: resources.defaultResource().merge(resources.resourceFromAttributes(attributes)),
    // The others tell the command line, with the people it names, and who is signed in to this machine.
    resourceDetectors: [resources.envDetector],
    idGenerator: idGenerator(options.trace),
    // The client sends the headers, as the org allows them.
    textMapPropagator: null,
    instrumentations: [instruments],
    ...(spanEvents === undefined ? {} : { spanLimits: { eventCountLimit: spanEvents } }),
    // Without any there would be no spans, and log records would belong to none.
    ...(wanted.traces ? {} : { spanProcessors: [UNSENT] }),
    ...(wanted.metrics ? {} : { metricReaders: [] }),
    ...(wanted.logs ? {} : { logRecordProcessors: [] }),
  });
  sdk.start();
  return async () => {
    instruments.disable();
    await sdk.shutdown().finally(() => {
      for (const api of [traces, metrics, logs, context]) api.disable();
    });
  };
}

/** Spans end here. */
const UNSENT = {
  onStart: () => undefined,
  onEnd: () => undefined,
  forceFlush: async () => undefined,
  shutdown: async () => undefined,
};

function idGenerator(trace: Trace) {
  return {
    generateTraceId: () => trace.traceId,
    generateSpanId() {
      const next = context.active().getValue(NEXT_SPAN) as NextSpan | undefined;
      const id = next?.id ?? trace.newSpanId();
      if (next !== undefined) next.id = undefined;
      return id;
    },
  };
}

/** Names in a URL may be anything that files and platforms hold. */
function instrumentation({ clean }: SdkOptions): UndiciInstrumentation {
  return new UndiciInstrumentation({
    requireParentforSpans: true,
    startSpanHook({ origin, path }) {
      const { pathname, search } = new URL(path, origin);
      const query = clean(unsigned(search));
      return {
        'url.full': clean(origin + pathname) + query,
        'url.path': clean(pathname),
        'url.query': query.slice(1),
      };
    },
    headersToSpanAttributes: { requestHeaders: ['x-request-id'] },
  });
}

/** A query without what signs it: whoever has that may fetch what the address leads to. */
function unsigned(search: string): string {
  return search.replaceAll(SIGNATURE, '$1REDACTED');
}

/** Those of the HTTP conventions, and tokens in what forges answer. */
const SIGNATURE =
  /([?&](?:sig|signature|awsaccesskeyid|x-goog-signature|x-amz-(?:signature|credential|security-token)|[a-z_]*token)=)[^&]*/gi;
