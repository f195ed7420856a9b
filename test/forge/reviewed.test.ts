/** What a forge vouches for: the very changes whose digest stands in a comment of our own, and nothing else. */
import { expect, test } from 'vitest';
import { reviewedOn } from '../../src/cli/forge/reviewed.ts';
import { overridesIn } from '../../src/cli/overrides.ts';
import type { Org } from '../../src/model/config.ts';
import type { Plan } from '../../src/model/plan.ts';
import { planDigest } from '../../src/plan/digest.ts';
import { reviewMarker } from '../../src/report/comment/marker.ts';
import { orgOf } from '../providers/admin/support.ts';
import { list, planOf, target } from '../support/builders.ts';
import { createMemoryForge, type MemoryRequest } from './memory.ts';

const HEAD = 'a'.repeat(40);
const plan = planOf([[target({ id: 'u1', skills: { a: 60 } }), list({ a: 40 })]]);
const org: Org = { ...orgOf(), name: plan.org };
const header = {
  ...{ state: 'planned' as const, orgId: plan.orgId, digest: plan.reviewDigest },
  ...{ add: 0, change: 1, remove: 0, people: 1, held: 0 },
};
const marker = (more: object = {}) =>
  reviewMarker({ v: 1, head: HEAD, truncated: false, orgs: { [plan.org]: header }, ...more });
const merged = (more: Partial<MemoryRequest> = {}): MemoryRequest => ({
  ...{ number: 12, url: 'memory:12', body: '', head: HEAD, labels: [], state: 'merged' },
  base: { branch: 'main', commit: 'b'.repeat(40) },
  mergedAs: ['c1'],
  commits: [{ commit: HEAD, message: 'Close Porto\n\nMuster-Allow: removals: site closed' }],
  ...more,
});

interface Scene {
  readonly request?: Partial<MemoryRequest>;
  readonly body?: string;
  readonly edited?: boolean;
  readonly kept?: readonly unknown[];
}

async function vouched({ request, body = marker(), edited = false, kept = [plan] }: Scene = {}) {
  const memory = createMemoryForge([merged(request)]);
  const { id } = await memory.addComment(12, body);
  if (edited) {
    const [comment] = memory.written.comments.get(12) ?? [];
    memory.written.comments.set(12, [{ ...comment, id, edited } as never]);
  }
  const forge = { ...memory, keptPlans: async () => JSON.parse(JSON.stringify(kept)) };
  return reviewedOn(forge, org, ['c0', 'c1']);
}

test('the plan that the comment shows counts, and so do the trailers of its commits', async () => {
  const found = await vouched();
  expect(found.plans.map(({ digest }) => digest)).toEqual([plan.digest]);
  expect(found.overrides).toEqual([{ guard: 'removals', reason: 'site closed' }]);
  expect(found.doubts).toEqual([]);
});

const forgedUsers = planOf([[target({ id: 'u1', skills: { a: 99 } }), list({ a: 40 })]]).users;
const { digest: _digest, upcoming, made, ...content } = { ...plan, users: forgedUsers };
/** It claims the digest that was reviewed, and its own digest fits. */
const forged: Plan = { ...content, digest: planDigest(content), upcoming, made };

test.each<[string, Scene, RegExp]>([
  ['no comment', { body: 'looks fine' }, /no comment of muster/],
  ['an edited comment', { edited: true }, /edited its comment/],
  ['a truncated comment', { body: marker({ truncated: true }) }, /does not show every change/],
  ['a commit added later', { body: marker({ head: 'd'.repeat(40) }) }, /commits were added/],
  ['a comment of another org', { body: marker({ orgs: { other: header } }) }, /no plan of/],
  [
    'a comment of another tenant',
    { body: marker({ orgs: { [plan.org]: { ...header, orgId: 'other' } } }) },
    /another tenant/,
  ],
  ['no artifact', { kept: [] }, /no job has kept/],
  ['an artifact that is none', { kept: [{}, 'text', null] }, /no job has kept/],
  ['an artifact that was edited', { kept: [{ ...plan, day: '2020-01-01' }] }, /no job has kept/],
  ['an artifact that was swapped', { kept: [forged] }, /no job has kept/],
])('%s does not count, and is told', async (_what, scene, why) => {
  const found = await vouched(scene);
  expect(found.plans).toEqual([]);
  expect(found.overrides).toEqual([]);
  expect(found.doubts).toEqual([expect.stringMatching(/^#12: /)]);
  expect(found.doubts[0]).toMatch(why);
});

test('what was not merged with these commits is not asked about', async () => {
  expect(await vouched({ request: { mergedAs: ['c9'] } })).toEqual({
    ...{ plans: [], overrides: [], doubts: [] },
  });
});

test('trailers are the last paragraph, of known guards, with a reason', () => {
  const allow = (message: string) => overridesIn(message).map(({ guard }) => guard);
  expect(allow('x\n\nMuster-Allow: removals: a\nmuster-allow: users: b: c\r\n')).toEqual([
    'removals',
    'users',
  ]);
  expect(allow('x\n\nMuster-Allow: removals: a\n\nmore text')).toEqual([]);
  expect(allow('Muster-Allow: removals:\nMuster-Allow: everything: x')).toEqual([]);
  expect(allow('')).toEqual([]);
});
