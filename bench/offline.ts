/** Start-up, and validation of a large org: no network. */
import { rmSync } from 'node:fs';
import type { Row } from './main.ts';
import { expectCode, MUSTER, measure, median } from './measure.ts';
import { config, emails, explicitRosters, folder, teamRosters } from './worlds.ts';

const PAIRS = 15;

/** `muster --version` over `node -e 0`, in turn, so that a slow moment hits both. */
export async function startup(): Promise<Row[]> {
  const empty: number[] = [];
  const version: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    empty.push((await measure({ args: ['-e', '0'] })).seconds);
    version.push(
      expectCode(await measure({ args: [MUSTER, '--version'] }), 0, '--version').seconds,
    );
  }
  const ratio = median(version.map((seconds, pair) => seconds / (empty[pair] ?? 1)));
  return [
    { what: 'start-up: muster --version over node -e 0', value: ratio, unit: 'x', bound: 1.5 },
    { what: 'start-up: node -e 0', value: median(empty) * 1_000, unit: 'ms' },
  ];
}

export async function validation(): Promise<Row[]> {
  const users = emails(10_000);
  const worlds = {
    'explicit entries': explicitRosters(users, 10, 100),
    'teams and profiles': teamRosters(users, 10, 100),
  };
  const rows: Row[] = [];
  for (const [name, rosters] of Object.entries(worlds)) {
    const cwd = folder({ 'muster.yaml': config({ baseUrl: 'http://127.0.0.1:1' }), ...rosters });
    const work = { args: [MUSTER, 'validate'], cwd, memory: true };
    const runs = [];
    for (let run = 0; run < 3; run += 1) runs.push(expectCode(await measure(work), 0, 'validate'));
    rmSync(cwd, { recursive: true, force: true });
    const explicit = name === 'explicit entries';
    rows.push(
      {
        what: `validate 10,000 x 10, ${name}`,
        value: median(runs.map(({ seconds }) => seconds)),
        unit: 's',
        ...(explicit ? { bound: 4 } : {}),
      },
      {
        what: `validate 10,000 x 10, ${name}: peak memory`,
        value: median(runs.map(({ peakMb }) => peakMb)),
        unit: 'MB',
        ...(explicit ? { bound: 400 } : {}),
      },
    );
  }
  return rows;
}
