/** Stages as spans, and what is told during them as their events. HTTP spans are the instrumentation's. */
import {
  type Attributes,
  type Context,
  context,
  createContextKey,
  createTraceState,
  type Link,
  ROOT_CONTEXT,
  type Span,
  SpanStatusCode,
  TraceFlags,
  trace as traces,
} from '@opentelemetry/api';
import type { Failure, MusterEvent, Stage } from '../model/event.ts';
import { attributesOf, stageAttributes } from './attributes.ts';
import { createEndings } from './endings.ts';
import { NEXT_SPAN, type NextSpan } from './sdk.ts';
import { spanIdIn, type Trace } from './trace.ts';

export interface Spans {
  hear(event: MusterEvent): void;
  around<T>(stage: Stage, work: () => Promise<T>): Promise<T>;
  /** Where an event is told: in the stage it begins or ends, or else in the one that is at work. */
  contextOf(event: MusterEvent): Context;
}

/** In the context of a command: its span, which is told what the command as a whole is about. */
const COMMAND = createContextKey('muster.command');

export interface SpanOptions {
  readonly trace: Trace;
  readonly clean: (text: string) => string;
  /** What a person may be called, where that was asked for. */
  readonly keyOf: (userId: string) => string | undefined;
  /** Whether spans are sent anywhere; where not, they only say what belongs together. */
  readonly sent: boolean;
}

export function openSpans(options: SpanOptions): Spans {
  const { trace, clean, sent } = options;
  const tracer = traces.getTracer('muster');
  const open = new WeakMap<Stage, Span>();
  const endings = createEndings();

  function begin(stage: Stage): void {
    if (stage.phase === 'request') return;
    const parent = context.active();
    const isRoot = traces.getSpan(parent) === undefined;
    const links = stage.phase === 'poll' ? [linkTo(stage.submitted, trace)] : [];
    const span = tracer.startSpan(
      nameOf(stage),
      { attributes: stageAttributes(stage), links },
      isRoot ? rootContext(trace) : parent,
    );
    // Where spans go nowhere, what whoever began the trace said of it stands.
    if (isRoot && sent) trace.sampled = (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;
    open.set(stage, span);
  }

  function end(stage: Stage, failure: Failure | undefined): void {
    const span = open.get(stage);
    if (failure !== undefined && span !== undefined) fail(span, failure, clean);
    span?.end();
  }

  return {
    hear(event) {
      if (event.type === 'begins') begin(event.stage);
      else if (event.type === 'ends') end(event.stage, event.failure);
      else {
        note(event, options);
        endings.hear(event, commandAtWork());
      }
    },
    around(stage, work) {
      return context.with(contextOf(stage, open.get(stage)), work);
    },
    contextOf(event) {
      const active = context.active();
      if (event.type !== 'begins' && event.type !== 'ends') return active;
      return contextTold(event.stage, open.get(event.stage), trace);
    },
  };
}

function contextOf(stage: Stage, span: Span | undefined): Context {
  const active = context.active();
  if (stage.phase === 'request') {
    return active.setValue(NEXT_SPAN, { id: spanIdIn(stage.requestId) } satisfies NextSpan);
  }
  if (span === undefined) return active;
  const within = traces.setSpan(active, span);
  return stage.phase === 'command' ? within.setValue(COMMAND, span) : within;
}

/** A request's span is the instrumentation's, and known by its id. */
function contextTold(stage: Stage, span: Span | undefined, { traceId, sampled }: Trace): Context {
  const active = context.active();
  if (stage.phase === 'request') {
    const traceFlags = sampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
    const told = { traceId, spanId: spanIdIn(stage.requestId), traceFlags };
    return traces.setSpanContext(active, told);
  }
  return span === undefined ? active : traces.setSpan(active, span);
}

function commandAtWork(): Span | undefined {
  return context.active().getValue(COMMAND) as Span | undefined;
}

function nameOf(stage: Stage): string {
  if (stage.phase !== 'command') return stage.phase;
  return stage.command === undefined ? 'muster' : `muster ${stage.command}`;
}

/** Nothing, or what CI began. */
function rootContext({ traceId, parent }: Trace): Context {
  if (parent === undefined) return ROOT_CONTEXT;
  const { spanId, sampled, tracestate } = parent;
  return traces.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
    isRemote: true,
    ...(tracestate === undefined ? {} : { traceState: createTraceState(tracestate) }),
  });
}

function linkTo(submitted: string, { traceId, sampled }: Trace): Link {
  const traceFlags = sampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return { context: { traceId, spanId: spanIdIn(submitted), traceFlags } };
}

function fail(span: Span, failure: Failure, clean: SpanOptions['clean']): void {
  const { code, status, platformCode, requestId } = failure;
  const message = clean(failure.message);
  span.setAttributes({
    'error.type': code,
    ...(status === undefined ? {} : { 'http.response.status_code': status }),
    ...(platformCode === undefined ? {} : { 'muster.platform.code': clean(platformCode) }),
    ...(requestId === undefined ? {} : { 'muster.request.id': clean(requestId) }),
  });
  span.addEvent('exception', { 'exception.type': code, 'exception.message': message });
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}

type Told = Exclude<MusterEvent, { type: 'begins' | 'ends' }>;

/** Told to the command as a whole, to the stage that is at work, or to nobody because it is only counted. */
function note(event: Told, options: SpanOptions): void {
  const command = commandAtWork();
  const span = traces.getActiveSpan();
  const attributes: Attributes = attributesOf(event, options);
  switch (event.type) {
    case 'about':
      if (event.command !== undefined) command?.updateName(`muster ${event.command}`);
      command?.setAttributes(attributes);
      break;
    case 'planned':
    case 'exits':
      command?.setAttributes(attributes);
      break;
    case 'failed':
      if (command !== undefined) fail(command, event.failure, options.clean);
      break;
    case 'writing':
      span?.setAttributes(attributes);
      break;
    case 'job':
    case 'decided':
    case 'throttled':
    case 'retrying':
    case 'notice':
      span?.addEvent(event.type, attributes);
      break;
    default:
  }
}
