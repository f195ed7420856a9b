/** A month of nights on both forges: loans begin and end by themselves, and each org's drift is one issue, whatever its nights were like. */
import { afterEach, expect, test } from 'vitest';
import { type Ground, ground } from '../support/repo.ts';
import type { Ran } from '../support/shell.ts';
import { githubStandIn } from './github/stand-in.ts';
import { gitlabStandIn } from './gitlab/stand-in.ts';

interface Issue {
  readonly title: string;
  readonly open: boolean;
  readonly body: string;
}

interface Forge {
  readonly env: Readonly<Record<string, string>>;
  issues(): readonly Issue[];
  violations(): readonly string[];
  close(): Promise<void>;
}

const FORGES: Readonly<Record<'github' | 'gitlab', () => Promise<Forge>>> = {
  async github() {
    const { env, state, close } = await githubStandIn();
    const issues = () =>
      state.issues.map(({ title, body, state: now }) => ({ title, body, open: now === 'open' }));
    return { env: env(), issues, violations: () => state.violations, close };
  },
  async gitlab() {
    const { env, state, close } = await gitlabStandIn();
    const issues = () =>
      state.issues.map(({ title, description, state: now }) => ({
        title,
        body: description,
        open: now === 'opened',
      }));
    return { env: env(), issues, violations: () => state.violations, close };
  },
};

const ZONE = 'Europe/Madrid';
const org = (name: string, url: string) =>
  `  ${name}:\n    platform: admin\n    baseUrl: ${url}\n    loginUrl: ${url}\n    timeZone: ${ZONE}\n    rosters: [rosters/${name}.yaml]\n    pace: { reads: 100000, writes: 100000 }\n`;

/** A quarter past midnight in Madrid, which is another day in UTC. */
const midnight = (day: number) => Date.parse('2026-11-30T23:15:00Z') + (day - 1) * 86_400_000;
const small = (day: number) => midnight(day) + 2 * 3_600_000;

/** Of the one who is lent, by the day of December. */
const lent = (day: number) => ((day >= 3 && day <= 7) || (day >= 20 && day <= 24) ? 95 : 40);
const LOANS = `version: 1
users:
  LENT:
    skills:
      Billing:
        - 40
        - { proficiency: 95, from: 2026-12-03, until: 2026-12-07 }
        - { proficiency: 95, from: 2026-12-20, until: 2026-12-24 }
  OTHER: { skills: { Billing: 50 } }
`;

let g: Ground;
let forge: Forge;
afterEach(async () => {
  expect(forge.violations()).toEqual([]);
  await forge.close();
  await g.close();
});

test.each(Object.keys(FORGES) as (keyof typeof FORGES)[])(
  'a month on %s',
  { timeout: 300_000 },
  async (kind) => {
    g = await ground({
      sandbox: { users: 10 },
      files: (url) => ({ 'muster.yaml': `version: 1\norgs:\n${org('eu', url)}${org('us', url)}` }),
    });
    forge = await FORGES[kind]();
    const { sandbox, main } = g;
    const [a, b, c] = sandbox.org.users.map(({ id, email = '' }) => ({ id, email }));
    if (a === undefined || b === undefined || c === undefined) throw new Error('Nobody is there.');
    const skillId = sandbox.org.skills.find(({ name }) => name === 'Billing')?.id ?? '';
    const billing = ({ id }: { readonly id: string }) =>
      sandbox.skillsOf(id).find((one) => one.skillId === skillId)?.proficiency;
    const byHand = ({ id }: { readonly id: string }, proficiency: number) =>
      sandbox.edit(id, [
        ...sandbox.skillsOf(id).filter((one) => one.skillId !== skillId),
        { skillId, proficiency },
      ]);
    const run = (args: readonly string[], at: number): Promise<Ran> =>
      main.muster(args, {
        at,
        env: {
          ...forge.env,
          ...ENV,
          MUSTER_TOKEN: sandbox.token,
          MUSTER_EU_TOKEN: sandbox.token,
          MUSTER_US_TOKEN: sandbox.token,
        },
      });

    const eu = LOANS.replace('LENT', a.email).replace('OTHER', b.email);
    await main.commit({
      'rosters/eu.yaml': eu,
      'rosters/us.yaml': `version: 1\nusers:\n  ${c.email}: { skills: { Billing: 70 } }\n`,
    });
    for (const name of ['eu', 'us'])
      expect(
        (await run(['apply', '--org', name, '--yes', '--quiet'], midnight(1) - 3_600_000)).code,
      ).toBe(0);

    const events = new Map<number, () => unknown>([
      [4, () => main.commit({ 'rosters/eu.yaml': eu.replace('Billing: 50', 'Billing: 55') })],
      [8, () => byHand(c, 7)],
      [11, () => byHand(c, 70)],
      [16, () => byHand(b, 5)],
      [18, () => sandbox.setFaults([{ kind: 'status', status: 503 }])],
      [19, () => sandbox.setFaults([])],
      [
        21,
        () =>
          run(['drift', '--org', 'eu', '--revert', '--yes', '--quiet'], midnight(21) - 3_600_000),
      ],
    ]);
    const became: string[] = [];
    const look = async (day: number, name: string) => {
      const { stdout } = await run([kind, 'drift', '--org', name], small(day));
      const done = /: (opened|reopened|updated|closed|none)/.exec(stdout)?.[1];
      if (done !== 'none') became.push(`${day} ${name} ${done}`);
    };
    for (let day = 1; day <= 31; day += 1) {
      await events.get(day)?.();
      const ran = await run(
        ['apply', '--org', 'eu', '--at', 'base', '--cause', 'schedule', '--yes', '--quiet'],
        midnight(day),
      );
      expect(ran.code, `${day}: ${ran.stderr}`).toBe(day === 18 ? 1 : 0);
      expect([day, billing(a)]).toEqual([day, lent(day)]);
      await look(day, 'eu');
      if (day > 6 && day < 14) await look(day, 'us');
    }
    expect(became).toEqual([
      ...[
        '8 us opened',
        '9 us updated',
        '10 us updated',
        '11 us closed',
        '12 us updated',
        '13 us updated',
      ],
      ...[
        '16 eu opened',
        '17 eu updated',
        '18 eu updated',
        '19 eu updated',
        '20 eu updated',
        '21 eu closed',
      ],
      ...Array.from({ length: 10 }, (_, at) => `${at + 22} eu updated`),
    ]);
    // What was merged and never applied is neither drift nor written by a night.
    expect([billing(b), billing(c)]).toEqual([50, 70]);
    const issues = forge.issues();
    expect(issues.map(({ title, open }) => [title, open])).toEqual([
      ['Skills have drifted in us', false],
      ['Skills have drifted in eu', false],
    ]);
    expect(issues[1]?.body.match(/failed/g)?.length).toBeGreaterThan(0);
  },
);

const ENV = {
  PATH: process.env.PATH ?? '',
  USER: 'tester',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
};
