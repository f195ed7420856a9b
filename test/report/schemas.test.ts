/** The schemas are the promise to other tools: what muster writes fits them, and they describe all of it. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { keyed } from '../../src/model/assignment.ts';
import { ALLOWABLE } from '../../src/model/guard.ts';
import { CAUSES } from '../../src/model/plan.ts';
import { OUTCOMES } from '../../src/model/result.ts';
import type { HeldReason } from '../../src/model/target.ts';
import { planJson } from '../../src/report/plan/json.ts';
import { resultJson } from '../../src/report/result/json.ts';
import {
  change,
  finding,
  fullPlan,
  held,
  outcome,
  place,
  plan,
  point,
  result,
  settles,
  user,
} from './builders.ts';

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
  const scope = {
    at: 'base',
    changed: true,
    users: ['ana@example.com'],
    teams: ['emea-billing'],
    causes: CAUSES,
  } as const;
  const settled = settles({
    point: point({ tree: '7ree' }),
    reach: 'narrowed',
    verified: keyed([['u1', 'eva@example.com']]),
    left: keyed([['key:gone@example.com', 'gone@example.com']]),
    names: { skill: keyed([['Billing', 's1']]), language: keyed([['Spanish', 'l1']]) },
  });
  return {
    ...fullPlan(),
    orgId: 't-1',
    ledger: 'c0ffee1',
    held: [odd],
    live: { complete: false, why: 'The platform hides 3 agents.' },
    findings,
    scope,
    settles: settled,
  };
}

const REASONS: Readonly<Record<HeldReason, true>> = {
  'not-found': true,
  inactive: true,
  unread: true,
  'loan-no-return': true,
  'rolled-back': true,
  'files-changed': true,
  'changed-since': true,
  unreviewed: true,
  incomplete: true,
  'over-ceiling': true,
};

test('a plan fits its schema, which describes every property of it', () => {
  const outside = settles({ point: null });
  for (const value of [fullest(), plan([]), plan([], { head: null, settles: outside })]) {
    expect(errors(closed('plan'), planJson(value))).toEqual([]);
  }
});

test('a result fits its schema, which describes every property of it', () => {
  const users = OUTCOMES.map((kind) =>
    outcome(kind, {
      name: 'Ana',
      message: 'It is so.',
      hint: 'Look.',
      requestId: 'r',
      before: user('ana', [change()]).after,
    }),
  );
  const stopped = {
    code: 'forbidden',
    message: 'The token may not write.',
    hint: 'Add the scope.',
  };
  for (const value of [result(users, { stopped, held: [held()], run: 'r-1' }), result([])]) {
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
  ['nothing said of the scope', { scope: undefined }],
  ['narrowed to nothing', { scope: {} }],
  ['nothing for the ledger', { settles: undefined }],
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

test('the schemas list every cause, guard and reason', () => {
  const at = (name: 'plan' | 'result', ...path: string[]) =>
    path.reduce<unknown>((inner, key) => (inner as Schema)[key], load(name));
  expect(at('plan', '$defs', 'cause', 'enum')).toEqual(CAUSES);
  const guard = at('plan', 'properties', 'guards', 'items', 'properties', 'guard', 'examples');
  expect(guard).toEqual(ALLOWABLE);
  for (const name of ['plan', 'result'] as const) {
    const reasons = at(name, '$defs', 'held', 'properties', 'reason', 'examples');
    expect(reasons).toEqual(Object.keys(REASONS));
  }
});

test('what both schemas define they define alike', () => {
  const { $defs: ofPlan } = load('plan') as { $defs: Schema };
  const { $defs: ofResult } = load('result') as { $defs: Schema };
  const { user: _, ...shared } = ofResult;
  expect(ofPlan).toMatchObject(shared);
});

test.each(['plan', 'result'] as const)('every property of a %s has a description', (name) => {
  const silent = [...schemasIn(load(name))]
    .filter((inner) => inner.type === 'object')
    .flatMap((inner) => Object.entries((inner.properties ?? {}) as Record<string, Schema>))
    .filter(([, property]) => typeof property.description !== 'string')
    .map(([key]) => key);
  expect(silent).toEqual([]);
});
