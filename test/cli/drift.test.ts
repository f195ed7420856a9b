/** Drift: what is live beside what was applied, told, ignored, put back, and contested. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Drift } from '../../src/report/drift/drift.ts';
import { type OrgInGit, orgInGit, ROSTER } from './org-in-git.ts';

const AMIT = 'amit.saxena@example.com';
const LAYLA = 'layla.khoury@example.com';
let org: OrgInGit;

const open = async (more = '') => {
  org = await orgInGit({}, more);
  expect((await org.run(['apply', '--yes'])).code).toBe(0);
  org.sandbox.clearRequests();
};
beforeEach(() => open());
afterEach(() => org.close());

const drift = async (...more: readonly string[]) => {
  const ran = await org.run(['drift', '--format', 'json', ...more]);
  expect(ran.stdout, ran.stderr).toMatch(/^\{/);
  return { code: ran.code, found: JSON.parse(ran.stdout) as Drift };
};
const spots = ({ people }: Drift) =>
  people.flatMap(({ key, drifted }) =>
    drifted.map(({ name, applied, live }) => [key, name, applied ?? null, live ?? null]),
  );

test('without drift it says so in one line, and ends with 0', async () => {
  const ran = await org.run(['drift']);
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toMatch(/^No drift\. Live skills match what was applied\.\n/);
  expect(ran.stdout).toContain('Everything in git is applied.');
});

test('what was changed, taken and given by hand is drift; what nobody ever gave in files is not', async () => {
  org.edit(AMIT, 'Billing', 5);
  org.edit(AMIT, 'Refunds', undefined);
  org.edit(AMIT, 'Chat', 50);
  org.edit(LAYLA, 'VIP', 50);
  const ran = await org.run(['drift']);
  expect(ran.code).toBe(2);
  expect(ran.stdout).toContain(`Amit Saxena <${AMIT}>\n`);
  expect(ran.stdout).toMatch(/ {2}~ Billing {2}60 -> 5 +rosters/);
  expect(ran.stdout).toMatch(/ {2}- Refunds {2}60 -> +rosters/);
  expect(ran.stdout).toMatch(/ {2}\+ Chat {5}-> 50 +rosters/);
  expect(ran.stdout).toContain('\nDrift: 1 added, 1 changed, 1 removed on the platform.\n');
  expect(ran.stdout).not.toContain(LAYLA);
  expect(ran.stdout).not.toContain('VIP');
});

test('what is in git and not applied yet does not count, and the platform is read once', async () => {
  await org.change(ROSTER, 'Spanish: expert', 'Spanish: 60');
  const first = await org.run(['drift']);
  expect(first.code, first.stdout).toBe(0);
  expect(first.stdout).toContain('In git and not applied yet, so no drift: 1 change of 1 person.');
  org.edit(AMIT, 'Spanish', 60);
  org.sandbox.clearRequests();
  const second = await drift();
  expect(second.code).toBe(2);
  expect(spots(second.found)).toEqual([[AMIT, 'Spanish', 90, 60]]);
  expect(second.found.pending).toEqual({ changes: 0, people: 0 });
  const listings = org.sandbox.requests.filter(({ path }) => path === '/api/v2/admin/users');
  expect(new Set(listings.map(({ query }) => query)).size).toBe(listings.length);
});

test('it can be narrowed to people and teams', async () => {
  org.edit(AMIT, 'Billing', 5);
  org.edit(LAYLA, 'Billing', 5);
  expect(spots((await drift('--user', AMIT)).found)).toEqual([[AMIT, 'Billing', 60, 5]]);
  const { found } = await drift('--team', 'emea-billing-senior');
  expect(spots(found)).toEqual([[LAYLA, 'Billing', 90, 5]]);
  expect(found.people[0]?.teams).toEqual(['emea-billing-senior']);
});

test('a revert puts back what was applied and nothing else', async () => {
  await org.change(ROSTER, 'Spanish: expert', 'Spanish: 60');
  org.edit(AMIT, 'Billing', 5);
  org.edit(AMIT, 'VIP', 50);
  const ran = await org.run(['drift', '--revert', '--yes']);
  expect(ran.code, ran.stderr).toBe(0);
  expect(org.skills(AMIT)).toMatchObject({ Billing: 60, Spanish: 90, VIP: 50 });
  expect((await drift()).code).toBe(0);
  // What waits in git is still owed.
  expect((await org.run(['plan'])).stdout).toContain('Plan: 0 to add, 1 to change, 0 to destroy.');
});

test('what drifts a third time is contested', async () => {
  for (const times of [0, 1, 2]) {
    org.edit(AMIT, 'Billing', 5);
    const { found } = await drift();
    expect(found.people[0]?.drifted).toMatchObject([{ putBack: times, contested: times >= 2 }]);
    if (times < 2) await org.run(['drift', '--revert', '--yes']);
  }
  const ran = await org.run(['drift']);
  expect(ran.stdout).toContain('contested, put back 2 times before');
  expect(ran.stdout).toContain('1 assignment is contested');
  // An ordinary apply that repairs drift counts as well.
  await org.run(['apply', '--yes']);
  org.edit(AMIT, 'Billing', 5);
  expect((await drift()).found.people[0]?.drifted[0]?.putBack).toBe(3);
});

test('what muster.yaml says to look past is neither told nor put back, but applied', async () => {
  await org.close();
  await open('    drift: { ignore: { skills: ["Ref*"], users: ["layla.*"] } }\n');
  org.edit(AMIT, 'Refunds', 5);
  org.edit(LAYLA, 'Billing', 5);
  const quiet = await org.run(['drift']);
  expect(quiet.code, quiet.stdout).toBe(0);
  expect(quiet.stdout).toContain('2 drifted assignments ignored.');
  org.edit(AMIT, 'Billing', 5);
  expect(spots((await drift()).found)).toEqual([[AMIT, 'Billing', 60, 5]]);
  expect((await org.run(['drift', '--revert', '--yes'])).code).toBe(0);
  expect(org.skills(AMIT)).toMatchObject({ Billing: 60, Refunds: 5 });
  expect(org.skills(LAYLA).Billing).toBe(5);
  expect((await org.run(['apply', '--yes'])).code).toBe(0);
  expect(org.skills(AMIT).Refunds).toBe(60);
});

test('without a base, with files that have errors, or with flags that do not fit it is an error', async () => {
  expect((await org.run(['drift', '--yes'])).code).toBe(64);
  await org.change(ROSTER, 'Spanish: expert', 'Spainsh: expert');
  const ran = await org.run(['drift']);
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toContain('cannot be told: the files have errors');
  await org.change(ROSTER, 'Spainsh: expert', 'Spanish: 900');
  expect((await org.run(['drift'])).code).toBe(1);
  await org.close();
  org = await orgInGit();
  const none = await org.run(['drift']);
  expect(none.code).toBe(1);
  expect(none.stderr).toContain('There is no base yet');
});

test('as Markdown it stands in a table', async () => {
  org.edit(AMIT, 'Billing', 5);
  const { stdout } = await org.run(['drift', '--format', 'markdown']);
  expect(stdout).toContain(
    'Drift: 0 added, 1 changed, 0 removed on the platform.\n\n1 person concerned.',
  );
  expect(stdout).toContain('| Who | On the platform | Applied by |');
  expect(stdout).toContain(`| Amit Saxena \`${AMIT}\` | ~ Billing 60 → 5 | \`rosters/`);
});

test('what is live can be taken over into the files, comments and order kept, and then nothing is planned', async () => {
  org.edit(AMIT, 'Billing', 5);
  org.edit(AMIT, 'Refunds', undefined);
  org.edit(AMIT, 'Spanish', 60);
  org.edit(AMIT, 'Chat', 50);
  org.edit(LAYLA, 'Escalations', undefined);
  await org.folder.write(ROSTER, `\ufeff${await org.folder.read(ROSTER)}`);
  org.commit('a byte order mark');
  const before = await org.folder.read(ROSTER);
  const ran = await org.run(['drift', '--adopt']);
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stderr).toContain(`Taken over into ${ROSTER}.`);
  const after = await org.folder.read(ROSTER);
  expect(after).toMatch(/^\ufeff/);
  for (const line of before.split('\n').filter((one) => one.includes('#')))
    if (!line.includes('Chat')) expect(after).toContain(line);
  expect(after).toContain('Spanish: skilled');
  expect(after).toMatch(/Refunds: absent/);
  expect(org.sandbox.counters.byMethod).not.toHaveProperty('PUT');
  org.commit('adopted');
  const plan = await org.run(['plan']);
  expect(plan.stdout).toContain('No changes. Live skills match the files.');
  expect((await org.run(['apply', '--yes'])).code).toBe(0);
  expect((await drift()).code).toBe(0);
  expect(org.skills(AMIT)).toMatchObject({ Billing: 5, Spanish: 60, Chat: 50 });
});

test('a line that only its own entry gave is taken out; what files cannot say is told, and the rest is done', async () => {
  org.edit(AMIT, 'Spanish', undefined);
  org.sandbox.edit(org.id(LAYLA), [
    { skillId: org.skillId('Billing'), proficiency: 'expert' },
    { skillId: org.skillId('Refunds'), proficiency: 7 },
    { skillId: org.skillId('Escalations'), proficiency: 20 },
  ]);
  const ran = await org.run(['drift', '--adopt']);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('edit-not-a-number');
  const text = await org.folder.read(ROSTER);
  expect(text).not.toContain('Spanish');
  expect(text).toMatch(/Refunds: 7/);
  expect((await org.run(['drift', '--adopt', '--revert'])).code).toBe(64);
});
