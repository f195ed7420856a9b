/** Platforms that hide rows, forget lists and cut pages: nothing is removed that should stay, and every run ends. */
import { expect, onTestFinished, test } from 'vitest';
import { PLATFORMS, type Platform } from '../../src/model/platform.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { createChecker } from '../sandbox/genesys/checker.ts';
import { muster, tempFolder } from '../support/shell.ts';
import { told } from './told.ts';

const USERS = 300;
const NAMED = 120;
const OWNED = 20;
const EXPERT: Readonly<Record<Platform, number>> = { admin: 100, genesys: 5, cxone: 1 };

/** 120 people get a skill, and of the first 20 the files own the whole list. */
async function world(platform: Platform, options: SandboxOptions) {
  const checker = createChecker();
  const sandbox = await startSandbox({
    platform,
    watch: platform === 'genesys' ? checker.watch : () => undefined,
    users: USERS,
    rates: { reads: 0, writes: 0, calls: 0 },
    jobs: { delayMs: 0 },
    ...options,
  });
  onTestFinished(() => sandbox.close());
  const people = sandbox.org.users.slice(0, NAMED).map(({ email }) => email);
  const members = (emails: readonly string[]) => emails.map((one) => `      - ${one}\n`).join('');
  const folder = await tempFolder({
    'muster.yaml': `version: 1
orgs:
  eu:
    platform: ${platform}
    baseUrl: ${sandbox.url}
    pace: { reads: 100000, writes: 100000 }
    levels: { expert: ${EXPERT[platform]} }
    guards: { removals: { percent: 100, max: 5000 }, users: { percent: 100 }, skill: { percent: 100 } }
`,
    'rosters/all.yaml': `version: 1
teams:
  owned:
    ownership: complete
    skills: { Fraud: expert }
    members:
${members(people.slice(0, OWNED))}
  others:
    skills: { Fraud: expert }
    members:
${members(people.slice(OWNED))}`,
  });
  onTestFinished(() => folder.remove());
  const has = told(platform, sandbox);
  const before = new Map(people.map((email) => [email, has(email)]));
  const run = (...args: readonly string[]) =>
    muster(args, { cwd: folder.path, env: { MUSTER_TOKEN: sandbox.token }, speed: 50 });
  return { sandbox, checker, people, has, before, run };
}

test.each(PLATFORMS)(
  '%s, one list in a hundred forgotten and pages cut to 25: what is planned is what is done',
  async (platform) => {
    const pages = { max: 25, omitSkillsEvery: 100, omitLanguagesEvery: 10 };
    const { sandbox, checker, people, has, before, run } = await world(platform, { pages });
    const applied = await run('apply', '--yes');
    expect(applied.code, applied.stderr).toBe(0);
    for (const [n, email] of people.entries()) {
      const expected = new Map(n < OWNED ? [] : before.get(email));
      expect(has(email), email).toEqual(expected.set('Fraud', EXPERT[platform]));
    }
    sandbox.clearRequests();
    expect((await run('plan')).stdout).toMatch(/^No changes\./);
    const pagesOf = (rows: number) => Math.ceil(rows / pages.max);
    const rows = sandbox.org.users.flatMap(({ assignments }) => assignments).length;
    const needed = pagesOf(USERS) + (platform === 'cxone' ? pagesOf(rows) : 0);
    expect(sandbox.counters.requests).toBeGreaterThanOrEqual(needed);
    expect(sandbox.counters.requests).toBeLessThan(needed + 45);
    expect(checker.wrong).toEqual([]);
  },
);

test('cxone, agents hidden from the role: nothing at all is removed, and it says why', async () => {
  const { people, has, before, run } = await world('cxone', { cxone: { hideEvery: 50 } });
  const applied = await run('apply', '--yes');
  expect(applied.stdout + applied.stderr).toMatch(/hidden|hides|not shown/);
  const fraud = people.filter((email) => has(email).get('Fraud') === EXPERT.cxone);
  expect(fraud.length).toBeGreaterThan(NAMED - 10);
  for (const email of people) {
    for (const [skill] of before.get(email) ?? []) {
      expect([...has(email).keys()], `${email} ${skill}`).toContain(skill);
    }
  }
});
