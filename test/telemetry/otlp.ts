/** OTLP requests as plain data: decoded with the official definitions, or parsed where they came as JSON. */
import definitions from 'otlp-definitions/build/src/generated/root.js';

interface Codec {
  decode(bytes: Uint8Array): object;
  toObject(message: object, how: object): Request;
}
/** The module generated of the official definitions, as far as it is used. */
interface Definitions {
  readonly opentelemetry: {
    readonly proto: {
      readonly collector: Record<'trace' | 'metrics' | 'logs', { v1: Record<string, Codec> }>;
    };
  };
}
const { trace, metrics, logs } = (definitions as unknown as Definitions).opentelemetry.proto
  .collector;
const CODECS: Readonly<Record<string, Codec | undefined>> = {
  '/v1/traces': trace.v1.ExportTraceServiceRequest,
  '/v1/metrics': metrics.v1.ExportMetricsServiceRequest,
  '/v1/logs': logs.v1.ExportLogsServiceRequest,
};
const AS_OBJECT = { longs: String, bytes: Buffer, enums: Number, defaults: false };

interface AnyValue {
  readonly arrayValue?: { readonly values?: readonly AnyValue[] };
  readonly kvlistValue?: { readonly values?: readonly KeyValue[] };
  readonly intValue?: string | number;
  readonly [kind: string]: unknown;
}
interface KeyValue {
  readonly key: string;
  readonly value: AnyValue;
}
interface Attributed {
  readonly attributes?: readonly KeyValue[];
}
type Id = string | Uint8Array | undefined;
interface Link {
  readonly traceId: Id;
  readonly spanId: Id;
}
interface WireSpan extends Attributed, Link {
  readonly name: string;
  readonly parentSpanId: Id;
  readonly kind: number;
  readonly status?: Span['status'];
  readonly events?: readonly (Attributed & { readonly name: string })[];
  readonly links?: readonly Link[];
}
interface WirePoint extends Attributed {
  readonly asInt?: string | number;
  readonly asDouble?: number;
  readonly count?: string | number;
}
interface Series {
  readonly dataPoints: readonly WirePoint[];
}
interface Metric {
  readonly name: string;
  readonly sum?: Series;
  readonly gauge?: Series;
  readonly histogram?: Series;
}
interface WireLog extends Link {
  readonly eventName: string;
  readonly severityText: string;
  readonly body: AnyValue;
}
interface Request {
  readonly resourceSpans?: readonly {
    readonly resource: Attributed;
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string };
      readonly spans: readonly WireSpan[];
    }[];
  }[];
  readonly resourceMetrics?: readonly {
    readonly scopeMetrics: readonly { readonly metrics: readonly Metric[] }[];
  }[];
  readonly resourceLogs?: readonly {
    readonly scopeLogs: readonly { readonly logRecords: readonly WireLog[] }[];
  }[];
}

type Attributes = Readonly<Record<string, unknown>>;

export interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly kind: number;
  readonly scope: string;
  readonly attributes: Attributes;
  readonly status: { readonly code?: number; readonly message?: string };
  readonly events: readonly { readonly name: string; readonly attributes: Attributes }[];
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
}

export interface Point {
  readonly metric: string;
  readonly value: number;
  readonly attributes: Attributes;
}

export interface LogRecord {
  readonly eventName: string;
  readonly severity: string;
  readonly body: Attributes;
  readonly traceId: string;
  readonly spanId: string;
}

/** Throws for a path or bytes that are none of OTLP. */
export function decode(path: string, type: string, body: Buffer): Request {
  const codec = CODECS[path];
  if (codec === undefined) throw new Error(`${path} is no path of OTLP.`);
  if (type.includes('json')) return JSON.parse(String(body));
  return codec.toObject(codec.decode(body), AS_OBJECT);
}

export function resourcesIn({ resourceSpans = [] }: Request): Attributes[] {
  return resourceSpans.map(({ resource }) => attributesOf(resource));
}

export function spansIn({ resourceSpans = [] }: Request): Span[] {
  return resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) => spans.map((span) => spanOf(span, scope.name))),
  );
}

export function pointsIn({ resourceMetrics = [] }: Request): Point[] {
  return resourceMetrics.flatMap(({ scopeMetrics }) =>
    scopeMetrics.flatMap(({ metrics }) => metrics.flatMap(pointsOf)),
  );
}

export function logsIn({ resourceLogs = [] }: Request): LogRecord[] {
  return resourceLogs.flatMap(({ scopeLogs }) =>
    scopeLogs.flatMap(({ logRecords }) =>
      logRecords.map(({ eventName, severityText, body, ...ids }) => ({
        eventName,
        severity: severityText,
        body: plainOf(body) as Attributes,
        ...linkOf(ids),
      })),
    ),
  );
}

function spanOf(span: WireSpan, scope: string): Span {
  const { name, kind, status = {}, events = [], links = [] } = span;
  return {
    ...{ name, kind, status, scope },
    ...linkOf(span),
    parentSpanId: hex(span.parentSpanId),
    attributes: attributesOf(span),
    events: events.map((event) => ({ name: event.name, attributes: attributesOf(event) })),
    links: links.map(linkOf),
  };
}

function pointsOf({ name, sum, gauge, histogram }: Metric): Point[] {
  const { dataPoints = [] } = sum ?? gauge ?? histogram ?? {};
  return dataPoints.map((point) => ({
    metric: name,
    value: Number(point.asInt ?? point.asDouble ?? point.count),
    attributes: attributesOf(point),
  }));
}

function linkOf({ traceId, spanId }: Link) {
  return { traceId: hex(traceId), spanId: hex(spanId) };
}

function hex(id: Id): string {
  return typeof id === 'string' ? id : Buffer.from(id ?? []).toString('hex');
}

function attributesOf({ attributes = [] }: Attributed): Attributes {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plainOf(value)]));
}

function plainOf(any: AnyValue): unknown {
  if (any.arrayValue) return any.arrayValue.values?.map(plainOf);
  if (any.kvlistValue) return attributesOf({ attributes: any.kvlistValue.values ?? [] });
  return any.intValue === undefined ? Object.values(any)[0] : Number(any.intValue);
}
