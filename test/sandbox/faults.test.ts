import { expect, test } from 'vitest';
import { keyed } from '../../src/model/assignment.ts';
import type { Call } from '../../src/sandbox/call.ts';
import { type FaultRule, Faults } from '../../src/sandbox/faults.ts';

function call(method = 'GET', path = '/a', headers: Record<string, string> = {}): Call {
  const rest = {
    n: 1,
    origin: 'http://127.0.0.1',
    search: '',
    query: new URLSearchParams(),
    body: '',
  };
  return { method, path, headers: keyed(Object.entries(headers)), ...rest };
}

const faults = (...rules: FaultRule[]) => new Faults(rules, 1);

test('a rule strikes the method, path and header it names, and nothing else', () => {
  const kind = 'reset-before';
  const rules = faults({ kind, method: 'put', path: '/u/*/s.x', header: 'TraceParent' });
  const traced = { traceparent: '1' };
  expect(rules.draw('before', call('PUT', '/u/1/s.x', traced))?.kind).toBe(kind);
  expect(rules.draw('before', call('GET', '/u/1/s.x', traced))).toBeUndefined();
  expect(rules.draw('before', call('PUT', '/u/1/sax', traced))).toBeUndefined();
  expect(rules.draw('before', call('PUT', '/v/u/1/s.x', traced))).toBeUndefined();
  expect(rules.draw('before', call('PUT', '/u/1/s.x'))).toBeUndefined();
  expect(faults({ kind, header: 'constructor' }).draw('before', call())).toBeUndefined();
});

test('a rule lets the first pass, then strikes so many times', () => {
  const rules = faults({ kind: 'reset-before', skip: 1, times: 2 });
  const struck = Array.from({ length: 5 }, () => rules.draw('before', call()) !== undefined);
  expect(struck).toEqual([false, true, true, false, false]);
});

test('chances repeat for a seed and come out about as often as asked', () => {
  const draw = (rules: Faults) =>
    Array.from({ length: 1000 }, () => rules.draw('before', call()) !== undefined);
  const rule: FaultRule = { kind: 'reset-before', probability: 0.2 };
  const struck = draw(faults(rule));
  expect(struck).toEqual(draw(faults(rule)));
  expect(struck.filter(Boolean).length).toBeGreaterThan(150);
  expect(struck.filter(Boolean).length).toBeLessThan(250);
});

test('the first rule that fires decides, each in its own phase', () => {
  const rules = faults(
    { kind: 'status', status: 500, times: 1 },
    { kind: 'reset-before' },
    { kind: 'status', status: 504, afterEffect: true },
    { kind: 'job-hang' },
  );
  expect(rules.draw('before', call())).toMatchObject({ status: 500 });
  expect(rules.draw('before', call())).toMatchObject({ kind: 'reset-before' });
  expect(rules.draw('after', call())).toMatchObject({ status: 504 });
  expect(rules.draw('job', call())).toMatchObject({ kind: 'job-hang' });
});

test('new rules replace all others', () => {
  const rules = faults({ kind: 'reset-before' });
  rules.set([]);
  expect(rules.draw('before', call())).toBeUndefined();
});
