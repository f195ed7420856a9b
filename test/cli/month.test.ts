/** A month of nights: loans begin and end by themselves, whatever happens by day, and a night that fails is made up for. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OrgInGit, orgInGit, ROSTER } from './org-in-git.ts';

const AMIT = 'amit.saxena@example.com';
const LAYLA = 'layla.khoury@example.com';
const ZONE = 'Europe/Madrid';
let org: OrgInGit;

beforeEach(async () => {
  org = await orgInGit({ jobs: { delayMs: 1 } }, `    timeZone: ${ZONE}\n`);
});
afterEach(() => org.close());

/** A quarter past midnight in Madrid, which is another day in UTC. */
const night = (day: number) => Date.parse('2026-11-30T23:15:00Z') + (day - 1) * 86_400_000;

/** What Amit is to have, by the day of December. */
const spanish = (day: number) => ((day >= 3 && day <= 7) || (day >= 20 && day <= 24) ? 95 : 40);
const retention = (day: number) => (day >= 10 && day <= 12 ? 60 : undefined);
const LOANS = `Spanish:
        - 40
        - { proficiency: 95, from: 2026-12-03, until: 2026-12-07 }
        - { proficiency: 95, from: 2026-12-20, until: 2026-12-24 }
      Retention: { proficiency: skilled, from: 2026-12-10, until: 2026-12-12, reason: campaign }`;

const DOWN = 10;

/** What happens before some nights. */
const EVENTS = new Map<number, () => unknown>([
  // Merged by day and not applied: the nights go on with what is applied.
  [5, () => org.change(ROSTER, 'Chat: absent', 'Chat: 55')],
  [9, () => org.edit(LAYLA, 'Billing', 3)],
  [DOWN, () => org.sandbox.setFaults([{ kind: 'status', status: 503 }])],
  [DOWN + 1, () => org.sandbox.setFaults([])],
]);

async function schedule(day: number) {
  await EVENTS.get(day)?.();
  const flags = ['--yes', '--quiet', '--at', 'base', '--cause', 'schedule'];
  const ran = await org.run(['apply', ...flags], { at: night(day) });
  expect(ran.code, `${day}: ${ran.stderr}`).toBe(day === DOWN ? 1 : 0);
  const { Spanish, Retention } = org.skills(AMIT);
  const expected = day === DOWN ? [40, undefined] : [spanish(day), retention(day)];
  expect([day, Spanish, Retention]).toEqual([day, ...expected]);
}

const drift = (day: number, ...flags: readonly string[]) =>
  org.run(['drift', ...flags], { at: night(day) });

test('a month of nightly runs', { timeout: 180_000 }, async () => {
  org.edit(AMIT, 'Retention', undefined);
  await org.change(ROSTER, 'Spanish: expert', LOANS);
  expect((await org.run(['apply', '--yes'], { at: night(1) })).code).toBe(0);
  const found: [number, number][] = [];
  for (let day = 1; day <= 31; day += 1) {
    await schedule(day);
    if (day % 6 === 3) found.push([day, (await drift(day)).code]);
    if (day === 15) expect((await drift(day, '--revert', '--yes')).code).toBe(0);
  }
  expect(found).toEqual([
    [3, 0],
    [9, 2],
    [15, 2],
    [21, 0],
    [27, 0],
  ]);
  expect((await drift(31)).stdout).toContain('In git and not applied yet, so no drift: 1 change');
  expect(org.skills(AMIT).Chat).toBeUndefined();
  const list = ['history', '--limit', '100', '--format', 'json'];
  const { runs } = JSON.parse((await org.run(list, { at: night(32) })).stdout);
  // The first apply; six edges of windows, of which one came a day late; and what was put back.
  expect(runs.filter(({ people }: { people: number }) => people > 0)).toHaveLength(1 + 6 + 1);
});
