import { expect, test } from 'vitest';
import { keyed } from '../../src/model/assignment.ts';
import type { Plan } from '../../src/model/plan.ts';
import { planDigest } from '../../src/plan/digest.ts';
import { checkApplicable, checkVersion, revivePlan } from '../../src/plan/saved.ts';
import { planJson } from '../../src/report/plan/json.ts';
import { list, planOf, target } from '../support/builders.ts';

const org = { name: 'eu-prod', platform: 'admin' } as const;
const made = planOf([[target({ skills: { a: 60 } }), list({ a: 10, __proto: 1 })]]);
const now = { org, today: '2026-11-23', madeOn: '2026-11-23' };
const saved = (plan: unknown = made): Plan => JSON.parse(planJson(plan as Plan));
const codeOf = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

test('a saved plan comes back as it was made, in maps that inherit nothing', () => {
  const back = revivePlan(saved());
  expect(planJson(back)).toBe(planJson(made));
  expect(back.users.u1?.before.skill.constructor).toBeUndefined();
  expect(back.users.constructor).toBeUndefined();
});

test('what stands outside the digest may differ, and a later minor version may add to it', () => {
  expect(
    codeOf(() => revivePlan(saved({ ...made, upcoming: [], made: { at: 'x', by: 'y' } }))),
  ).toBeUndefined();
  const added = planOf([], { head: 'abc' });
  expect(codeOf(() => revivePlan(saved(added)))).toBeUndefined();
});

test.each<[string, (plan: Plan) => unknown]>([
  ['the day', (plan) => ({ ...plan, day: '2026-11-24' })],
  ['a value', (plan) => JSON.parse(JSON.stringify(plan).replaceAll('60', '61'))],
  ['what was before', (plan) => JSON.parse(JSON.stringify(plan).replaceAll('10', '11'))],
  ['the digest', (plan) => ({ ...plan, digest: `sha256:${'0'.repeat(64)}` })],
  ['a user put under another id', (plan) => ({ ...plan, users: { u2: plan.users.u1 } })],
  ['an addition', (plan) => ({ ...plan, extra: true })],
])('edited by hand: %s', (_name, edit) => {
  expect(codeOf(() => revivePlan(saved(edit(made))))).toBe('plan-edited');
});

test.each<[string, (user: Plan['users'][string]) => Plan['users']]>([
  ['what was before', (user) => ({ u1: { ...user, before: list({ a: 11 }) } })],
  ['a user put under another id', (user) => ({ u2: user })],
])('edited by somebody who took the digest anew: %s', (_name, edit) => {
  const { digest: _digest, upcoming, losses, made: when, ...content } = saved();
  const user = content.users.u1;
  if (user === undefined) throw new Error('The plan has no u1.');
  const edited = { ...content, users: edit(user) };
  const forged = { ...edited, upcoming, losses, made: when, digest: planDigest(edited) };
  expect(codeOf(() => revivePlan(forged as Plan))).toBe('plan-edited');
});

test.each([['1.0'], ['1.7']])('format %s is read', (formatVersion) => {
  expect(codeOf(() => checkVersion({ formatVersion }))).toBeUndefined();
});

test.each([[{ formatVersion: '2.0' }], [{ formatVersion: 1 }], [{}], [null], [[]], ['text']])(
  '%j is of no version that is read',
  (raw) => {
    expect(codeOf(() => checkVersion(raw))).toBe('plan-version');
  },
);

const error = { code: 'c', severity: 'error', message: 'm' } as const;
test.each<[string, Plan, Parameters<typeof checkApplicable>[1]]>([
  ['plan-other-org', made, { ...now, org: { ...org, name: 'us' } }],
  ['plan-other-org', made, { ...now, org: { ...org, platform: 'genesys' } }],
  ['plan-other-org', made, { ...now, org: { ...org, orgId: 'another-tenant' } }],
  ['plan-has-errors', { ...made, findings: [error] }, now],
  ['plan-as-of', { ...made, day: '2026-12-01' }, now],
  ['plan-expired', { ...made, validUntil: '2026-11-28' }, { ...now, today: '2026-11-28' }],
])('%s', (code, plan, at) => {
  expect(codeOf(() => checkApplicable(plan, at))).toBe(code);
});

test('it is applied to its own org, until it expires', () => {
  expect(codeOf(() => checkApplicable(made, now))).toBeUndefined();
  const until = { ...made, validUntil: '2026-11-28' };
  expect(codeOf(() => checkApplicable(until, { ...now, today: '2026-11-27' }))).toBeUndefined();
  const pinned = { ...made, orgId: 'T', users: keyed<never>() };
  expect(
    codeOf(() => checkApplicable(pinned, { ...now, org: { ...org, orgId: 'T' } })),
  ).toBeUndefined();
});
