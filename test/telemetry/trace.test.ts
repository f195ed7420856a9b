import { expect, test } from 'vitest';
import { openTrace, spanIdIn } from '../../src/telemetry/trace.ts';

const ALL = { traceparent: true, tracestate: true, baggage: true };
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

function counting() {
  let made = 0;
  return () => {
    made += 1;
    return `id-${made}`;
  };
}

test('a request is named by the trace and the span that it will be', () => {
  const trace = openTrace({}, counting());
  const first = trace.newRequestId();
  expect(first).toMatch(/^[0-9a-f]{32}-[0-9a-f]{16}$/);
  expect(first.startsWith(`${trace.traceId}-`)).toBe(true);
  expect(trace.newRequestId()).not.toBe(first);
  expect(spanIdIn(first)).toBe(first.slice(-16));
  expect(trace.headers(first, ALL)).toEqual({ traceparent: `00-${first}-00` });
});

test('two runs are two traces', () => {
  const newId = counting();
  expect(openTrace({}, newId).traceId).not.toBe(openTrace({}, newId).traceId);
});

test('a trace that CI began is continued, with what goes along with it', () => {
  const env = { TRACEPARENT: `00-${TRACE}-${SPAN}-01`, TRACESTATE: 'ci=1', BAGGAGE: 'team=a,x=1' };
  const trace = openTrace(env, counting());
  expect(trace).toMatchObject({ traceId: TRACE, parent: { spanId: SPAN, sampled: true } });
  const id = trace.newRequestId();
  expect(trace.headers(id, ALL)).toEqual({
    traceparent: `00-${id}-01`,
    tracestate: 'ci=1',
    baggage: 'team=a,x=1',
  });
});

test.each([
  [{ ...ALL, traceparent: false }, ['baggage']],
  [{ ...ALL, tracestate: false }, ['baggage', 'traceparent']],
  [{ ...ALL, baggage: false }, ['traceparent', 'tracestate']],
])('an org that says %j lets through only %j', (propagate, names) => {
  const env = { TRACEPARENT: `00-${TRACE}-${SPAN}-01`, TRACESTATE: 'ci=1', BAGGAGE: 'team=a' };
  const trace = openTrace(env, counting());
  expect(Object.keys(trace.headers(trace.newRequestId(), propagate)).sort()).toEqual(names);
});

test.each([
  'nonsense',
  `00-${'0'.repeat(32)}-${SPAN}-01`,
  `00-${TRACE}-${'0'.repeat(16)}-01`,
  `ff-${TRACE}-${SPAN}-01`,
  `00-${TRACE.toUpperCase()}-${SPAN}-01`,
])('TRACEPARENT=%s begins a trace of its own', (TRACEPARENT) => {
  const trace = openTrace({ TRACEPARENT, TRACESTATE: 'ci=1' }, counting());
  expect(trace.parent).toBeUndefined();
  expect(trace.traceId).not.toBe(TRACE);
  expect(trace.headers(trace.newRequestId(), ALL)).not.toHaveProperty('tracestate');
});

test.each([
  ['a line break', 'a=1\r\nauthorization: x'],
  ['too much', `a=${'1'.repeat(9000)}`],
])('what would break a request, such as %s, goes no further', (_what, text) => {
  const env = { TRACEPARENT: `01-${TRACE}-${SPAN}-00-later`, TRACESTATE: text, BAGGAGE: text };
  const trace = openTrace(env, counting());
  expect(trace).toMatchObject({ traceId: TRACE, sampled: false });
  expect(Object.keys(trace.headers(trace.newRequestId(), ALL))).toEqual(['traceparent']);
});
