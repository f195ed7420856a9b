/** The real export of a demo run, received over HTTP and decoded: the tree, the attributes, and what must not be in it. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { LoggedRequest } from '../../src/sandbox/requests.ts';
import { muster } from '../support/shell.ts';
import { type Collector, startCollector, unhurried } from './collector.ts';
import type { Span } from './otlp.ts';

/** What the demo's platform has seen, those requests included that it forgets in between. */
const seen = vi.hoisted(() => ({ requests: [] as LoggedRequest[], token: '' }));

vi.mock('../../src/sandbox/sandbox.ts', async (original) => {
  const real = await original<typeof import('../../src/sandbox/sandbox.ts')>();
  return {
    ...real,
    async startSandbox(options: Parameters<typeof real.startSandbox>[0]) {
      const sandbox = await real.startSandbox(options);
      const keep = () => seen.requests.push(...sandbox.requests);
      seen.token = sandbox.token;
      return {
        ...sandbox,
        get org() {
          return sandbox.org;
        },
        get counters() {
          return sandbox.counters;
        },
        clearRequests() {
          keep();
          sandbox.clearRequests();
        },
        close() {
          keep();
          return sandbox.close();
        },
      };
    },
  };
});

let collector: Collector;
let spans: readonly Span[];
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CI_SPAN = '00f067aa0ba902b7';
const ENV = {
  TRACEPARENT: `00-${TRACE}-${CI_SPAN}-01`,
  TRACESTATE: 'ci=1',
  BAGGAGE: 'team=routing',
  GITHUB_ACTIONS: 'true',
  GITHUB_REPOSITORY: 'acme/skills',
  GITHUB_RUN_ID: '42',
  OTEL_METRIC_EXPORT_INTERVAL: '600000',
};

beforeAll(async () => {
  collector = await startCollector();
  const env = { ...ENV, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  for (const [name, text] of Object.entries(env)) vi.stubEnv(name, text);
  const ran = await muster(['demo'], { cwd: '.', env, sleeps: unhurried });
  expect(ran.code, ran.stderr).toBe(0);
  spans = collector.spans;
}, 60_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await collector.close();
});

const named = (name: string) => spans.filter((span) => span.name === name);
const parentOf = (span: Span | undefined) =>
  spans.find(({ spanId }) => spanId === span?.parentSpanId);
const http = () => spans.filter(({ scope }) => scope.includes('undici'));

test('all of it came as protobuf, in one trace that CI had begun', () => {
  expect([...collector.types]).toEqual(['application/x-protobuf']);
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));
  const [root] = named('muster demo');
  expect(root?.parentSpanId).toBe(CI_SPAN);
  expect(root?.attributes).toMatchObject({ 'muster.command': 'demo', 'muster.exit_code': 0 });
  const ids = new Set(spans.map(({ spanId }) => spanId));
  expect(ids.size).toBe(spans.length);
  expect(spans.filter((span) => span !== root && !ids.has(span.parentSpanId))).toEqual([]);
});

test('a command has its stages below it, each request below its stage', () => {
  const tree = (command: string) =>
    new Set(
      spans
        .filter(({ scope }) => scope === 'muster')
        .filter((span) => parentOf(span)?.name === `muster ${command}`)
        .map(({ name }) => name),
    );
  expect(tree('demo')).toEqual(new Set(['muster validate', 'muster plan', 'muster apply']));
  const planning = ['load', 'validate', 'fetch', 'diff', 'guards', 'plan'];
  expect(tree('validate')).toEqual(new Set(['load', 'validate']));
  expect(tree('plan')).toEqual(new Set(planning));
  expect(tree('apply')).toEqual(new Set([...planning, 'gate', 'write', 'verify']));
  expect(new Set(named('page').map((span) => parentOf(span)?.name))).toEqual(new Set(['fetch']));
  const parents = new Set(http().map((span) => parentOf(span)?.name));
  expect(parents).toEqual(new Set(['page', 'gate', 'write', 'poll', 'verify']));
});

test('a command says what it was about, and how many', () => {
  const [plan] = named('muster plan');
  expect(plan?.attributes).toMatchObject({
    'muster.org': 'sandbox',
    'muster.platform': 'admin',
    'muster.plan.people': 7,
    'muster.plan.add': 5,
    'muster.plan.foreign_kept': 38,
  });
  const [apply] = named('muster apply');
  expect(apply?.attributes['muster.run.id']).toMatch(/^\d{8}-\d{6}-/);
  expect(collector.resources[0]).toMatchObject({
    'service.name': 'muster',
    'cicd.pipeline.run.id': '42',
    'cicd.pipeline.run.url.full': 'https://github.com/acme/skills/actions/runs/42',
    'vcs.repository.url.full': 'https://github.com/acme/skills',
  });
});

test('a write tells of its job, and each look at it leads back to the request that began it', () => {
  const [write] = named('write');
  const [submission] = http().filter(({ parentSpanId }) => parentSpanId === write?.spanId);
  expect(submission).toMatchObject({ name: 'POST', kind: 3 });
  const polls = named('poll').filter(({ parentSpanId }) => parentSpanId === write?.spanId);
  expect(polls.length).toBeGreaterThan(0);
  for (const { links } of polls) {
    expect(links).toEqual([{ traceId: TRACE, spanId: submission?.spanId }]);
  }
  const jobs = write?.events.filter(({ name }) => name === 'job') ?? [];
  expect(jobs.at(-1)?.attributes['muster.job.status']).toBe('completed');
  const decided = named('verify')[0]?.events.filter(({ name }) => name === 'decided') ?? [];
  expect(decided).toHaveLength(7);
  expect(decided[0]?.attributes).toMatchObject({ 'muster.outcome': 'applied' });
});

test('what the platform saw of each request is what its span says', () => {
  expect(seen.requests.length).toBeGreaterThan(20);
  expect(http()).toHaveLength(seen.requests.length);
  for (const { requestId, headers, method, status } of seen.requests) {
    const [traceId, spanId = ''] = requestId.split('-');
    expect(headers.traceparent).toBe(`00-${traceId}-${spanId}-01`);
    expect(headers).toMatchObject({ tracestate: 'ci=1', baggage: 'team=routing' });
    const span = spans.find((one) => one.spanId === spanId);
    expect(span).toMatchObject({ traceId, name: method });
    expect(span?.attributes).toMatchObject({
      'http.request.method': method,
      'http.request.header.x-request-id': [requestId],
      'http.response.status_code': status,
    });
  }
});

test('requests, people and assignments are measured, and each event is a record of the trace', () => {
  const sum = (metric: string, matching: object = {}) =>
    collector.points
      .filter((point) => point.metric === metric)
      .filter(({ attributes }) => expect.objectContaining(matching).asymmetricMatch(attributes))
      .reduce((total, { value }) => total + value, 0);
  expect(sum('muster.requests')).toBe(seen.requests.length);
  expect(sum('muster.requests', { 'muster.outcome': 'ok', 'http.request.method': 'POST' })).toBe(1);
  expect(sum('muster.users', { 'muster.outcome': 'applied' })).toBe(8);
  expect(sum('muster.assignments', { 'muster.cause': 'first' })).toBeGreaterThan(16);
  expect(sum('muster.stage.duration', { 'muster.stage': 'fetch' })).toBe(5);
  expect(sum('http.client.request.duration')).toBe(seen.requests.length);
  const last = collector.logs.filter(({ eventName }) => eventName === 'muster.decided').at(-1);
  expect(last).toMatchObject({ traceId: TRACE, body: { type: 'decided', outcome: 'applied' } });
  expect(spans.find(({ spanId }) => spanId === last?.spanId)?.name).toBe('verify');
});

test('no secret, no token and no e-mail is anywhere in it', () => {
  const all = Buffer.concat(collector.bytes).toString('latin1');
  expect(all).toContain('muster.user.id');
  expect(all).not.toContain(seen.token);
  expect(all).not.toMatch(/bearer|authorization/i);
  expect(all).not.toMatch(/[\w.]+@example\.com|%40example/);
});
