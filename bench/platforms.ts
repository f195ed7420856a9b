/**
 * What a plan and a change cost on each platform, in requests, and how near an apply comes to the rate that is allowed;
 * beside what the Terraform provider for Genesys Cloud, CX as Code, does for the same. On virtual time, in this process.
 */
import { rmSync } from 'node:fs';
import type { Platform } from '../src/model/platform.ts';
import { type Sandbox, startSandbox } from '../src/sandbox/sandbox.ts';
import { asCode } from './as-code.ts';
import { inProcess } from './in-process.ts';
import type { Row } from './main.ts';
import { type VirtualTime, virtualTime } from './virtual.ts';
import { emails, folder } from './worlds.ts';

const USERS = 1_000;
/** From whom something is taken away besides. */
const LOSERS = 100;
const A_MINUTE = 300;
const BURST = 10;
const LATENCY_MS = 50;
/** Genesys Cloud counts everything together; of CXone no rate is known, so the org's pace is all there is. */
const CALLS: Readonly<Record<Platform, number>> = { admin: 0, genesys: A_MINUTE, cxone: 0 };
const PLATFORMS: readonly Platform[] = ['admin', 'genesys', 'cxone'];

/** As far as this can be told of a platform. */
interface Cost {
  readonly plan: number;
  readonly perChange: number;
  readonly perRemoval: number;
  /** Seconds of the apply over what its requests take at the rate that is allowed. */
  readonly ratio: number;
  readonly throttled: number;
}

export async function platforms(): Promise<Row[]> {
  const theirs = await asCode(USERS, LOSERS);
  const rows: Row[] = [
    { what: 'CX as Code: requests for a plan of 1,000', value: theirs.plan, unit: '' },
    { what: 'CX as Code: requests for a changed user', value: theirs.perChange, unit: '' },
    { what: 'CX as Code: ... with a skill taken away', value: theirs.perRemoval, unit: '' },
  ];
  for (const platform of PLATFORMS) {
    const ours = await costOn(platform);
    rows.push(
      { what: `${platform}: requests for a plan of 1,000`, value: ours.plan, unit: '' },
      {
        what: `${platform}: CX as Code's requests for a plan over these`,
        value: theirs.plan / ours.plan,
        unit: 'x',
        atLeast: 50,
      },
      {
        what: `${platform}: requests for a changed user`,
        value: ours.perChange,
        unit: '',
        bound: 4,
      },
      {
        what: `${platform}: ... with a skill taken away`,
        value: ours.perRemoval,
        unit: '',
        bound: 4,
      },
      {
        what: `${platform}: CX as Code's requests for a changed user over these`,
        value: theirs.perChange / ours.perChange,
        unit: 'x',
        atLeast: 2,
      },
      {
        what: `${platform}: apply of 1,000 over the best that 300 requests a minute allow`,
        value: ours.ratio,
        unit: 'x',
        bound: 1.05,
      },
      { what: `${platform}: 429s in it`, value: ours.throttled, unit: '', bound: 0 },
    );
  }
  return rows;
}

async function costOn(platform: Platform): Promise<Cost> {
  const time = virtualTime();
  const sandbox = await startSandbox({
    platform,
    users: USERS,
    rates: { reads: A_MINUTE, writes: A_MINUTE, calls: CALLS[platform], burst: BURST },
    latencyMs: LATENCY_MS,
    jobs: { delayMs: 2_000 },
    clock: time.sandbox,
  });
  time.start(() => workOf(sandbox));
  try {
    const muster = inFolder(platform, sandbox, time);
    const plan = await muster.plan(GAIN);
    const gain = await muster.apply(GAIN);
    const loss = await muster.apply(LOSS);
    const least = platform === 'genesys' ? gain.requests.total : busiest(gain.requests);
    return {
      plan: plan.total,
      perChange: (gain.requests.total - plan.total) / gain.applied,
      perRemoval: (loss.requests.total - plan.total) / loss.applied,
      ratio: gain.seconds / ((least - BURST) / (A_MINUTE / 60)),
      throttled: gain.throttled + loss.throttled,
    };
  } finally {
    time.stop();
    await sandbox.close();
  }
}

function workOf({ counters }: Sandbox) {
  const answered = Object.values(counters.byStatus).reduce((sum, count) => sum + count, 0);
  return { requests: counters.requests, underWay: counters.requests - answered };
}

interface Requests {
  readonly total: number;
  readonly reads: number;
}

/** From the first request to the last. */
function secondsOf({ requests }: Sandbox): number {
  return ((requests.at(-1)?.at ?? 0) - (requests[0]?.at ?? 0)) / 1_000;
}

/** Where reads and writes have a rate each, the busier of the two is what takes its time. */
function busiest({ total, reads }: Requests): number {
  return Math.max(reads, total - reads);
}

const members = (count: number) =>
  emails(USERS)
    .slice(0, count)
    .map((email) => `      - ${email}\n`)
    .join('');

/** Everybody gets a skill that hardly anybody has. */
const GAIN = `version: 1\nteams:\n  all:\n    skills: { Fraud: good }\n    members:\n${members(USERS)}`;
/** It is taken from some again. */
const LOSS = `version: 1\nteams:\n  some:\n    skills: { Fraud: absent }\n    members:\n${members(LOSERS)}`;

const GOOD: Readonly<Record<Platform, number>> = { admin: 51, genesys: 2.6, cxone: 11 };

function inFolder(platform: Platform, sandbox: Sandbox, time: VirtualTime) {
  const config = `version: 1
orgs:
  bench:
    platform: ${platform}
    baseUrl: ${sandbox.url}
    pace: { reads: ${A_MINUTE}, writes: ${A_MINUTE} }
    levels: { good: ${GOOD[platform]} }
    guards: { removals: { percent: 100, max: 1000 }, users: { percent: 100 }, skill: { percent: 100 } }
`;
  async function muster(roster: string, args: readonly string[]) {
    const cwd = folder({ 'muster.yaml': config, 'rosters/all.yaml': roster });
    // What the run before has used up comes back first.
    await time.muster.sleep(60_000);
    sandbox.clearRequests();
    const env = { MUSTER_TOKEN: sandbox.token };
    const { code, stdout, stderr } = await inProcess(args, { cwd, env, clock: time.muster });
    rmSync(cwd, { recursive: true, force: true });
    if (code !== 0) {
      throw new Error(`${platform}: ${args.join(' ')} ended with ${code}: ${stderr}${stdout}`);
    }
    const { requests: total, byMethod, byStatus } = sandbox.counters;
    return {
      requests: { total, reads: byMethod.GET ?? 0 },
      throttled: byStatus['429'] ?? 0,
      seconds: secondsOf(sandbox),
      result: JSON.parse(stdout) as { outcomes?: Record<string, number> },
    };
  }
  return {
    plan: async (roster: string) =>
      (await muster(roster, ['plan', '--quiet', '--format', 'json'])).requests,
    /** Whoever is as wanted already takes no part. */
    async apply(roster: string) {
      const ran = await muster(roster, ['apply', '--yes', '--quiet', '--format', 'json']);
      const { applied = 0, ...others } = ran.result.outcomes ?? {};
      const failed = Object.values(others).reduce((sum, count) => sum + count, 0);
      if (applied < LOSERS || failed > 0) {
        throw new Error(`${platform}: ${applied} were applied, ${failed} were not.`);
      }
      return { ...ran, applied };
    },
  };
}
