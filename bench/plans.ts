/** Plans of large orgs against a sandbox without limits: time, memory, requests made over requests needed. */
import { rmSync } from 'node:fs';
import type { Row } from './main.ts';
import { expectCode, MUSTER, measure } from './measure.ts';
import { config, emails, folder, serve, teamRosters } from './worlds.ts';

const PAGE = 500;
const CATALOGUE_PAGES = 1;

export async function plans(users: number): Promise<Row[]> {
  const sandbox = await serve(['--users', String(users), '--reads', '0', '--writes', '0']);
  const more = '    pace: { reads: 1000000, writes: 1000000 }\n';
  const cwd = folder({
    'muster.yaml': config({ baseUrl: sandbox.url, more }),
    ...teamRosters(emails(users), 10, users / 100),
  });
  try {
    const env = { MUSTER_TOKEN: sandbox.token };
    const args = [MUSTER, 'plan', '--quiet', '--format', 'json'];
    const made = expectCode(await measure({ args, cwd, env, memory: true }), 0, 'plan');
    const { requests = 0 } = await sandbox.counters();
    const needed = Math.ceil(users / PAGE) + CATALOGUE_PAGES;
    const name = `plan of ${users.toLocaleString('en')} users`;
    return [
      { what: name, value: made.seconds, unit: 's' },
      { what: `${name}: peak memory`, value: made.peakMb, unit: 'MB' },
      {
        what: `${name}: requests made over needed (${needed})`,
        value: requests / needed,
        unit: 'x',
        bound: 1,
      },
    ];
  } finally {
    sandbox.stop();
    rmSync(cwd, { recursive: true, force: true });
  }
}
