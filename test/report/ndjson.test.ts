import { expect, test } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { planLine, resultLine } from '../../src/report/ndjson.ts';
import { list, planOf, target } from '../support/builders.ts';

test('a plan is one line, whatever its names hold', () => {
  const plan = planOf([
    [{ ...target({ id: 'u1', skills: { a: 1 } }), key: 'line\nbreak\u202e@x' }, list()],
  ]);
  const line = [...planLine(plan)].join('');
  expect(line.split('\n')).toHaveLength(2);
  expect(line).not.toContain('\u202e');
  expect(JSON.parse(line)).toEqual({ type: 'plan', plan: JSON.parse(JSON.stringify(plan)) });
});

test('so is a result', () => {
  const result = { formatVersion: '1.0', org: 'eu', users: [] } as unknown as Result;
  expect(JSON.parse([...resultLine(result)].join(''))).toEqual({ type: 'result', result });
});
