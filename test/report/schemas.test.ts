/** The schemas are the promise to other tools: what muster writes fits them, and they describe all of it. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { OUTCOMES } from '../../src/model/result.ts';
import { planJson } from '../../src/report/plan/json.ts';
import { resultJson } from '../../src/report/result/json.ts';
import { change, finding, fullPlan, held, outcome, place, plan, result, user } from './builders.ts';

type Schema = { [key: string]: unknown };

function load(name: 'plan' | 'result'): Schema {
  return JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8'));
}

/** Every schema within a schema, itself included. */
function* schemasIn(schema: unknown): Generator<Schema> {
  if (typeof schema !== 'object' || schema === null) return;
  if (!Array.isArray(schema)) yield schema as Schema;
  for (const inner of Object.values(schema)) yield* schemasIn(inner);
}

/** The schema with every property forbidden that it does not describe. */
function closed(name: 'plan' | 'result'): Schema {
  const schema = load(name);
  for (const inner of schemasIn(schema)) {
    if (inner.type === 'object' && 'properties' in inner) inner.additionalProperties = false;
  }
  return schema;
}

function errors(schema: Schema, json: string): unknown {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
  });
  const validate = ajv.compile(schema);
  validate(JSON.parse(json));
  return validate.errors ?? [];
}

function fullest() {
  const odd = held({ userId: 'u', assignment: { kind: 'skill', id: 'i', name: 'n' } });
  const findings = [finding({ hint: 'Pin an id.', related: [place()] })];
  return { ...fullPlan(), orgId: 't-1', held: [odd], findings };
}

test('a plan fits its schema, which describes every property of it', () => {
  for (const value of [fullest(), plan([])]) {
    expect(errors(closed('plan'), planJson(value))).toEqual([]);
  }
});

test('a result fits its schema, which describes every property of it', () => {
  const users = OUTCOMES.map((kind) =>
    outcome(kind, { name: 'Ana', message: 'It is so.', hint: 'Look.', requestId: 'r' }),
  );
  const stopped = {
    code: 'forbidden',
    message: 'The token may not write.',
    hint: 'Add the scope.',
  };
  for (const value of [result(users, { stopped, held: [held()] }), result([])]) {
    expect(errors(closed('result'), resultJson(value))).toEqual([]);
  }
});

test('ids that collide with inherited names are written like any other', () => {
  const json = planJson(
    plan([user('__proto__', [change({ id: '__proto__' })], { userId: '__proto__' })]),
  );
  expect(errors(closed('plan'), json)).toEqual([]);
  expect(json).toContain('\n    "__proto__": {\n      "userId": "__proto__"');
});

test.each(['1.0', '1.1', '1.20'])(
  'version %s is read, with properties that are not known yet',
  (formatVersion) => {
    for (const [name, json] of [
      ['plan', planJson(plan([]))],
      ['result', resultJson(result([]))],
    ] as const) {
      const later = { ...JSON.parse(json), formatVersion, later: true };
      expect(errors(load(name), JSON.stringify(later))).toEqual([]);
    }
  },
);

test.each([
  ['another major version', { formatVersion: '2.0' }],
  ['no digest', { digest: undefined }],
  ['an addition that had a value before', { users: { u: user('a', [change({ before: 1 })]) } }],
  [
    'a removal that leaves a value',
    { users: { u: user('a', [change({ action: 'remove', after: 1, before: 1 })]) } },
  ],
  ['a change from nothing', { users: { u: user('a', [change({ action: 'change' })]) } }],
  ['a person without changes', { users: { u: user('a', []) } }],
])('%s does not fit', (_, over) => {
  expect(errors(load('plan'), JSON.stringify({ ...plan([]), ...over }))).not.toEqual([]);
});

test.each(['plan', 'result'] as const)('every property of a %s has a description', (name) => {
  const silent = [...schemasIn(load(name))]
    .filter((inner) => inner.type === 'object')
    .flatMap((inner) => Object.entries((inner.properties ?? {}) as Record<string, Schema>))
    .filter(([, property]) => typeof property.description !== 'string')
    .map(([key]) => key);
  expect(silent).toEqual([]);
});
