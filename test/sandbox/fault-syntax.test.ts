import { expect, test } from 'vitest';
import { parseFault } from '../../src/sandbox/fault-syntax.ts';

test.each([
  ['status=503', { kind: 'status', status: 503 }],
  [
    'status=429, method=PUT, path=/api/*/skills, probability=0.25, retry-after=3, html, after',
    {
      kind: 'status',
      status: 429,
      method: 'PUT',
      path: '/api/*/skills',
      probability: 0.25,
      retryAfter: 3,
      html: true,
      afterEffect: true,
    },
  ],
  ['reset-before,header=traceparent', { kind: 'reset-before', header: 'traceparent' }],
  ['reset-after,times=2,skip=1', { kind: 'reset-after', times: 2, skip: 1 }],
  ['truncated', { kind: 'truncated' }],
  ['empty', { kind: 'empty' }],
  ['slow=250', { kind: 'slow', ms: 250 }],
  ['job-lie,applied=0', { kind: 'job-lie', applied: 0 }],
  ['job-hang', { kind: 'job-hang' }],
  ['partial', { kind: 'partial' }],
  ['partial,applied=0.25', { kind: 'partial', applied: 0.25 }],
  ['status=400,code=general.conflict', { kind: 'status', status: 400, code: 'general.conflict' }],
])('%s is understood', (text, rule) => {
  expect(parseFault(text)).toEqual(rule);
});

test.each([
  ['', "There is no fault of kind ''."],
  ['explode', "There is no fault of kind 'explode'."],
  ['status', "'status' of a fault must be a whole number from 200 to 599."],
  ['status=abc', "'status' of a fault must be a whole number from 200 to 599."],
  ['slow=1.5', "'slow' of a fault must be a whole number from 0 to 1000000000."],
  ['empty,probability=2', "'probability' of a fault must be a number from 0 to 1."],
  ['empty=1', "A fault of kind 'empty' takes no value."],
  ['status=400,code=a b', "'a b' is no code of a fault."],
  ['empty,html', "A fault of kind 'empty' has no condition 'html'."],
  ['empty,colour=red', "A fault of kind 'empty' has no condition 'colour'."],
  ['status=500,html=yes', "'html' of a fault takes no value."],
  ['empty,times=1,times=2', "A fault names the condition 'times' twice."],
  ['empty,path=api', "'api' is no path of a fault."],
  ['empty,method', "'' is no method of a fault."],
])('"%s" is refused', (text, message) => {
  expect(() => parseFault(text)).toThrow(message);
});
