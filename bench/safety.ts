/**
 * What not losing anything costs: the gate, the read-back and the ledger, in requests a user and in time, for the same
 * apply outside git and in a clone with a remote.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from './main.ts';
import { expectCode, MUSTER, measure } from './measure.ts';
import { config, emails, folder, serve } from './worlds.ts';

const USERS = 500;
/** The listing and the catalogue. */
const PLAN_READS = 2;
const FLAGS = ['--users', `${USERS}`, '--reads', '0', '--writes', '0', '--latency', '10'];

export async function safety(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const bulk of ['never', 'always'] as const) {
    const plain = await applied(bulk, false);
    const kept = await applied(bulk, true);
    const how = bulk === 'never' ? 'single calls' : 'bulk jobs of 100';
    rows.push(
      {
        what: `${how}: own reads a user (gate and read-back)`,
        value: kept.reads / USERS,
        unit: '',
      },
      { what: `${how}: writing requests a user`, value: kept.writes / USERS, unit: '' },
      { what: `${how}: apply of ${USERS} outside git`, value: plain.seconds, unit: 's' },
      { what: `${how}: the same with a ledger on a remote`, value: kept.seconds, unit: 's' },
      {
        what: `${how}: requests with the ledger over without`,
        value: kept.requests / plain.requests,
        unit: 'x',
        bound: 1.01,
      },
      {
        what: `${how}: time with the ledger over without`,
        value: kept.seconds / plain.seconds,
        unit: 'x',
        bound: 1.5,
      },
    );
  }
  return rows;
}

async function applied(bulk: 'always' | 'never', git: boolean) {
  const sandbox = await serve([...FLAGS, '--job-delay', '200']);
  const more = `    bulk: ${bulk}\n    pace: { reads: 600000, writes: 600000 }\n`;
  const members = emails(USERS).map((email) => `      - ${email}`);
  const cwd = folder({
    'muster.yaml': config({ baseUrl: sandbox.url, more }),
    'rosters/all.yaml': `version: 1\nprofiles: { vip: { skills: { VIP: 1 } } }\nteams:\n  all:\n    profiles: [vip]\n    members:\n${members.join('\n')}\n`,
  });
  try {
    if (git) repository(cwd);
    const allow = ['--allow', 'users', '--reason', 'benchmark'];
    const args = [MUSTER, 'apply', '--yes', '--quiet', '--format', 'json', ...allow];
    const env = { MUSTER_TOKEN: sandbox.token };
    const { seconds } = expectCode(await measure({ args, cwd, env }), 0, `apply (bulk: ${bulk})`);
    const counters = (await sandbox.counters()) as unknown as {
      requests: number;
      byMethod: Record<string, number>;
    };
    const { GET = 0, PUT = 0, POST = 0 } = counters.byMethod;
    return { seconds, requests: counters.requests, reads: GET - PLAN_READS, writes: PUT + POST };
  } finally {
    sandbox.stop();
    rmSync(cwd, { recursive: true, force: true });
  }
}

function repository(cwd: string): void {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', ...args], {
      cwd,
      stdio: 'ignore',
    });
  git('init', '-q', '-b', 'main');
  git('init', '-q', '--bare', join(cwd, '.git', 'remote.git'));
  git('remote', 'add', 'origin', join(cwd, '.git', 'remote.git'));
  git('add', '-A');
  git('commit', '-q', '-m', 'rosters');
}
