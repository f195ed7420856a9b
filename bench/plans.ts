/** Plans of large orgs against a sandbox without limits: time, memory, requests made over requests needed. */
import { rmSync } from 'node:fs';
import type { Row } from './main.ts';
import { expectCode, MUSTER, measure } from './measure.ts';
import { calmRosters, config, emails, folder, type Served, serve, teamRosters } from './worlds.ts';

const PAGE = 500;
const CATALOGUE_PAGES = 1;

export async function plans(users: number): Promise<Row[]> {
  const sandbox = await serve(['--users', String(users), '--reads', '0', '--writes', '0']);
  const people = emails(users);
  const name = `plan of ${users.toLocaleString('en')} users`;
  try {
    return [
      ...(await planned(sandbox, `${name}, few change`, calmRosters(people))),
      ...(await planned(
        sandbox,
        `${name}, all change by ten`,
        teamRosters(people, 10, users / 100),
      )),
    ];
  } finally {
    sandbox.stop();
  }
}

async function planned(
  sandbox: Served,
  name: string,
  rosters: Record<string, string>,
): Promise<Row[]> {
  const more = '    pace: { reads: 1000000, writes: 1000000 }\n';
  const cwd = folder({ 'muster.yaml': config({ baseUrl: sandbox.url, more }), ...rosters });
  try {
    await sandbox.reset();
    const env = { MUSTER_TOKEN: sandbox.token };
    const args = [MUSTER, 'plan', '--quiet', '--format', 'json'];
    const made = expectCode(await measure({ args, cwd, env, memory: true }), 0, name);
    const { requests = 0 } = await sandbox.counters();
    const needed = Math.ceil(sandbox.users / PAGE) + CATALOGUE_PAGES;
    return [
      { what: name, value: made.seconds, unit: 's' },
      { what: `${name}: peak memory`, value: made.peakMb, unit: 'MB' },
      {
        what: `${name}: requests over needed (${needed})`,
        value: requests / needed,
        unit: 'x',
        bound: 1,
      },
    ];
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
