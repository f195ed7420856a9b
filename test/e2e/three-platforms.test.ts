/** examples/three-platforms as a reader runs it: one set of rosters, applied to a sandbox of every platform. */
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createChecker } from '../sandbox/genesys/checker.ts';
import { muster, tempFolder } from '../support/shell.ts';
import { told } from './told.ts';

const UNLIMITED = { reads: 0, writes: 0, calls: 0 };
const PORTS = { amer: 8787, emea: 8788, apac: 8789 } as const;
const PLATFORM = { amer: 'admin', emea: 'genesys', apac: 'cxone' } as const;
type OrgName = keyof typeof PORTS;
const ORGS: readonly OrgName[] = ['amer', 'emea', 'apac'];

const serve = async (options: SandboxOptions): Promise<Sandbox> => {
  const sandbox = await startSandbox({ rates: UNLIMITED, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
};

/** The example, its orgs on these sandboxes. */
async function example(sandboxes: Readonly<Record<OrgName, Sandbox>>) {
  const folder = await tempFolder({}, 'examples/three-platforms');
  onTestFinished(() => folder.remove());
  let config = await folder.read('muster.yaml');
  for (const org of ORGS) {
    config = config.replace(`http://127.0.0.1:${PORTS[org]}`, sandboxes[org].url);
  }
  await folder.write('muster.yaml', config);
  const env = Object.fromEntries(
    ORGS.map((org) => [`MUSTER_${org.toUpperCase()}_TOKEN`, sandboxes[org].token]),
  );
  const levels = (org: OrgName): Readonly<Record<string, number>> => parse(config).orgs[org].levels;
  const run = (...args: readonly string[]) => muster(args, { cwd: folder.path, env, speed: 50 });
  return { run, levels };
}

const WANTED: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
  'amit.saxena@example.com': {
    Billing: 'skilled',
    Refunds: 'skilled',
    Spanish: 'expert',
    Chat: undefined,
  },
  'femke.vandijk@example.com': { Billing: 'skilled', Refunds: 'skilled' },
  'marcin.michalski@example.com': { Billing: 'skilled', Refunds: 'skilled' },
  'layla.khoury@example.com': { Billing: 'expert', Refunds: 'skilled', Escalations: 'novice' },
  'sabine.schmidt@example.com': { Billing: 'expert', Refunds: 'skilled', Escalations: 'novice' },
};

test('the rosters are planned and applied on all three, and the same levels read back', async () => {
  const checker = createChecker();
  const sandboxes = {
    amer: await serve({ platform: 'admin' }),
    emea: await serve({ platform: 'genesys', watch: checker.watch }),
    apac: await serve({ platform: 'cxone' }),
  };
  const { run, levels } = await example(sandboxes);
  expect((await run('validate')).stdout).toMatch(/^Valid: 5 people/);
  for (const org of ORGS) {
    const plan = await run('plan', '--org', org);
    expect(plan.stdout, plan.stderr).toMatch(/^Plan: \d+ to add, \d+ to change, 1 to destroy\.$/m);
    const applied = await run('apply', '--org', org, '--yes');
    expect(applied.stdout, applied.stderr).toMatch(/^Applied 5 people: /m);
    expect((await run('plan', '--org', org)).stdout).toMatch(/^No changes\./);
    const has = told(PLATFORM[org], sandboxes[org]);
    for (const [email, skills] of Object.entries(WANTED)) {
      for (const [skill, level] of Object.entries(skills)) {
        const expected = level === undefined ? undefined : levels(org)[level];
        expect(has(email).get(skill), `${org} ${email} ${skill}`).toBe(expected);
      }
    }
  }
  expect(checker.wrong).toEqual([]);
  expect(checker.calls['PUT /api/v2/users/{userId}/routingskills/bulk']).toBe(1);
});

test('where one org stands behind all three, what was applied through one is fulfilled on the others', async () => {
  const one = await serve({ platform: 'all' });
  const { run } = await example({ amer: one, emea: one, apac: one });
  expect((await run('apply', '--org', 'amer', '--yes')).code).toBe(0);
  expect((await run('plan', '--org', 'apac')).stdout).toMatch(/^No changes\./);
  const languages = await run('plan', '--org', 'emea');
  expect(languages.stdout).toMatch(/^Plan: 1 to add, 2 to change, 0 to destroy\.$/m);
  expect((await run('apply', '--org', 'emea', '--yes')).code).toBe(0);
  for (const org of ORGS) expect((await run('plan', '--org', org)).stdout).toMatch(/^No changes\./);
});
