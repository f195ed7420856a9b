/** Start-up, and validation of a large org: no network. */
import { rmSync } from 'node:fs';
import type { Row } from './main.ts';
import { expectCode, type Measured, MUSTER, measure, median } from './measure.ts';
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
    ...(await following()),
  ];
}

/** What it costs to be followed: nothing unless an exporter is named, which is what the bound is for. */
async function following(): Promise<Row[]> {
  const args = [MUSTER, 'validate', '--dir', 'examples/quickstart'];
  // Sent nowhere: a metric that nobody reads is the least there is.
  const env = { OTEL_METRICS_EXPORTER: 'console', OTEL_METRIC_EXPORT_INTERVAL: '600000' };
  const runs = { plain: [] as Measured[], followed: [] as Measured[] };
  for (let pair = 0; pair < PAIRS; pair += 1) {
    runs.plain.push(expectCode(await measure({ args, memory: true }), 0, 'validate'));
    runs.followed.push(expectCode(await measure({ args, env, memory: true }), 0, 'validate'));
  }
  const mb = (of: readonly Measured[]) => median(of.map(({ peakMb }) => peakMb));
  const ms = (of: readonly Measured[]) => median(of.map(({ seconds }) => seconds)) * 1_000;
  const what = 'muster validate, quick start';
  return [
    { what, value: ms(runs.plain), unit: 'ms' },
    { what: `${what}: peak memory`, value: mb(runs.plain), unit: 'MB', bound: 95 },
    { what: `${what}, an exporter named`, value: ms(runs.followed), unit: 'ms' },
    { what: `${what}, an exporter named: peak memory`, value: mb(runs.followed), unit: 'MB' },
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
