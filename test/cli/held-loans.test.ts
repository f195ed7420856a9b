/** People of whom nothing is to be written, and yet not everything is as the files say: what the ledger knows of them. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OrgInGit, orgInGit, ROSTER } from './org-in-git.ts';

const NABIL = 'nabil.nasser@example.com';
const LOAN = 'Refunds: { proficiency: 5, until: 2026-11-25 }';

let org: OrgInGit;
beforeEach(async () => {
  org = await orgInGit();
});
afterEach(() => org.close());

const has = (skills: Readonly<Record<string, number>>) =>
  org.sandbox.edit(
    org.id(NABIL),
    Object.entries(skills).map(([name, proficiency]) => ({
      skillId: org.skillId(name),
      proficiency,
    })),
  );
const on = (day: string, ...args: readonly string[]) =>
  org.run(args, { at: Date.parse(`2026-${day}T10:00:00Z`) });
const saying = async (skills: string) => {
  await org.folder.write(ROSTER, `version: 1\nusers:\n  ${NABIL}: { skills: { ${skills} } }\n`);
  org.commit();
};
/** Why people are open, as `muster status` says it. */
const opened = async (): Promise<string[]> => {
  const { open } = JSON.parse((await on('11-24', 'status', '--format', 'json')).stdout);
  return open.map(({ why }: { why: string }) => why);
};

test('a loan that was all there was to hold takes nothing away when it ends, whether or not the nights are run', async () => {
  has({ Billing: 3, Refunds: 2 });
  await saying('Billing: 3');
  await on('11-20', 'apply', '--yes');
  await saying(`Billing: 3, ${LOAN}`);
  const lent = await on('11-23', 'apply', '--yes');
  expect(lent.stdout).toContain('0 people to change, 1 held');
  expect(await opened()).toEqual(['in-part']);
  await on('11-26', 'apply', '--yes', '--at', 'base', '--cause', 'schedule');
  await on('11-26', 'apply', '--yes', '--at', 'base');
  const ended = await on('11-26', 'apply', '--yes');
  expect(ended.stdout).toContain('from before a loan that was held and has ended');
  expect(org.skills(NABIL)).toEqual({ Billing: 3, Refunds: 2 });
  await saying('Billing: 3');
  expect((await on('11-27', 'apply', '--yes')).code).toBe(0);
  expect(org.skills(NABIL)).toEqual({ Billing: 3, Refunds: 2 });
});

test('what an apply wrote beside a held loan is not called drift, and not reverted; what is changed by hand is', async () => {
  has({ Billing: 3, Chat: 1, Refunds: 2 });
  await saying('Billing: 3, Chat: 1');
  await on('11-20', 'apply', '--yes');
  await saying(`Billing: 4, ${LOAN}`);
  await on('11-23', 'apply', '--yes');
  expect(org.skills(NABIL)).toEqual({ Billing: 4, Refunds: 2 });
  const drift = await on('11-24', 'drift');
  expect([drift.code, drift.stdout]).toEqual([0, expect.stringContaining('No drift')]);
  await on('11-24', 'drift', '--revert', '--yes');
  expect(org.skills(NABIL)).toEqual({ Billing: 4, Refunds: 2 });
  has({ Billing: 9, Refunds: 2 });
  expect((await on('11-24', 'drift')).code).toBe(2);
});

interface Beside {
  readonly entry: string;
  readonly rest: Readonly<Record<string, number>>;
  readonly scope?: readonly string[];
}

const CASES: readonly (readonly [string, Beside])[] = [
  ['beside a loan that is held', { entry: LOAN, rest: { Refunds: 2 } }],
  [
    'beside one, by a run of him alone',
    { entry: LOAN, rest: { Refunds: 2 }, scope: ['--user', NABIL] },
  ],
  [
    'while a value waits for its window',
    { entry: 'Chat: { proficiency: 2, from: 2026-12-01 }', rest: { Chat: 1 } },
  ],
];

test.each(CASES)(
  'what the files named and nobody had to write is theirs to remove %s',
  async (_where, { entry, rest, scope = [] }) => {
    has({ Billing: 3, VIP: 4, ...rest });
    await saying('Chat' in rest ? 'Chat: 1' : '');
    await on('11-20', 'apply', '--yes');
    await saying(`Billing: 3, ${entry}`);
    await on('11-21', 'apply', '--yes', ...scope);
    expect(org.skills(NABIL)).toEqual({ Billing: 3, VIP: 4, ...rest });
    await saying(entry);
    await on('11-22', 'apply', '--yes');
    expect(org.skills(NABIL)).toEqual({ VIP: 4, ...rest });
  },
);
