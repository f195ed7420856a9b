/**
 * Applies of 1,000 changed users against a sandbox with limits, as ratios to the time the limits allow at best, beside
 * the plain loops people write instead. Everything runs against the same limits and latency within one run.
 */
import { rmSync } from 'node:fs';
import type { Row } from './main.ts';
import { expectCode, MUSTER, measure } from './measure.ts';
import { config, emails, folder, type Served, serve } from './worlds.ts';

const USERS = 1_000;
const READS = 6_000;
const WRITES = 1_200;
const BURST = 20;
const LATENCY_MS = 40;
const JOB_DELAY_MS = 2_000;
const CHUNK = 100;
const PAGES = 2;

const FLAGS = [
  ...['--users', String(USERS), '--reads', String(READS), '--writes', String(WRITES)],
  ...[
    '--burst',
    String(BURST),
    '--latency',
    String(LATENCY_MS),
    '--job-delay',
    String(JOB_DELAY_MS),
  ],
];

/** Seconds that so many requests take at a rate a minute, after the burst. */
const atBest = (requests: number, perMinute: number) =>
  Math.max(0, requests - BURST) / (perMinute / 60);

/** Each user needs a gate and a read-back; the plan's own reads come on top. */
const READ_SECONDS = atBest(2 * USERS + PAGES + 1, READS);

export async function applies(): Promise<Row[]> {
  const single = await musterApply('never');
  const bulk = await musterApply('always');
  const jobs = USERS / CHUNK;
  const bestSingle = Math.max(atBest(USERS, WRITES), READ_SECONDS);
  const bestBulk = READ_SECONDS + (jobs * JOB_DELAY_MS) / 1_000;
  const oneByOne = await plainLoop(1);
  const parallel = await plainLoop(100);
  return [
    { what: 'apply of 1,000, single calls', value: single.seconds, unit: 's' },
    {
      what: 'apply of 1,000, single calls, over the best the limits allow',
      value: single.seconds / bestSingle,
      unit: 'x',
      bound: 1.1,
    },
    { what: 'apply of 1,000, single calls: 429s', value: single.throttled, unit: '' },
    { what: 'apply of 1,000, bulk jobs', value: bulk.seconds, unit: 's' },
    {
      what: 'apply of 1,000, bulk jobs, over the best the limits allow',
      value: bulk.seconds / bestBulk,
      unit: 'x',
      bound: 1.25,
    },
    { what: 'apply of 1,000, bulk jobs: 429s', value: bulk.throttled, unit: '' },
    { what: 'apply of 1,000, bulk jobs: requests a user', value: bulk.requests / USERS, unit: '' },
    { what: 'plain loop, one by one', value: oneByOne.seconds, unit: 's' },
    {
      what: 'plain loop, one by one, over muster by bulk jobs',
      value: oneByOne.seconds / bulk.seconds,
      unit: 'x',
      atLeast: 1,
    },
    { what: 'plain loop, one by one: writes lost to 429', value: oneByOne.lost, unit: '' },
    { what: 'plain loop, 100 in parallel', value: parallel.seconds, unit: 's' },
    { what: 'plain loop, 100 in parallel: 429s', value: parallel.throttled, unit: '', atLeast: 1 },
    {
      what: 'plain loop, 100 in parallel: users left unwritten',
      value: parallel.lost,
      unit: '',
      atLeast: 1,
    },
  ];
}

interface Applied {
  readonly seconds: number;
  readonly throttled: number;
  readonly requests: number;
}

async function musterApply(bulk: 'always' | 'never'): Promise<Applied> {
  const sandbox = await serve(FLAGS);
  const more = `    bulk: ${bulk}\n    bulkChunk: ${CHUNK}\n    pace: { reads: ${READS}, writes: ${WRITES} }\n`;
  const members = emails(USERS).map((email) => `      - ${email}`);
  const cwd = folder({
    'muster.yaml': config({ baseUrl: sandbox.url, more }),
    'rosters/all.yaml': [
      'version: 1',
      'profiles: { vip: { skills: { VIP: 1 } } }',
      'teams:',
      '  all:',
      '    profiles: [vip]',
      '    members:',
      ...members,
      '',
    ].join('\n'),
  });
  try {
    const env = { MUSTER_TOKEN: sandbox.token };
    const allow = ['--allow', 'users', '--reason', 'benchmark'];
    const args = [MUSTER, 'apply', '--yes', '--quiet', '--format', 'json', ...allow];
    const work = { args, cwd, env };
    const { seconds, stdout } = expectCode(await measure(work), 0, `apply (bulk: ${bulk})`);
    const { outcomes } = JSON.parse(stdout) as { outcomes: Record<string, number> };
    if (outcomes.applied !== USERS)
      throw new Error(`Only ${outcomes.applied} of ${USERS} were applied.`);
    return { seconds, ...(await seen(sandbox)) };
  } finally {
    sandbox.stop();
    rmSync(cwd, { recursive: true, force: true });
  }
}

async function seen(sandbox: Served): Promise<{ throttled: number; requests: number }> {
  const counters = (await sandbox.counters()) as unknown as {
    requests: number;
    byStatus: Record<string, number>;
  };
  return { requests: counters.requests, throttled: counters.byStatus['429'] ?? 0 };
}

/**
 * What people write: read a list, add one skill, write it, for everybody; no pace, no read-back, and a request that is
 * refused is not tried again. `lanes` at a time.
 */
async function plainLoop(
  lanes: number,
): Promise<{ seconds: number; throttled: number; lost: number }> {
  const sandbox = await serve(FLAGS);
  try {
    const headers = {
      authorization: `Bearer ${sandbox.token}`,
      'content-type': 'application/json',
    };
    const users = `${sandbox.url}/api/v2/admin/users`;
    const catalogue = await fetch(`${sandbox.url}/api/v2/admin/skills?pageSize=100`, { headers });
    const { entities } = (await catalogue.json()) as { entities: { id: string; name: string }[] };
    const skillId = entities.find(({ name }) => name === 'VIP')?.id;
    const listing: string[] = [];
    for (let page = 1; page <= PAGES; page += 1) {
      const answer = await fetch(`${users}?pageSize=500&pageNumber=${page}`, { headers });
      listing.push(
        ...((await answer.json()) as { entities: { id: string }[] }).entities.map(({ id }) => id),
      );
    }
    const begin = process.hrtime.bigint();
    let written = 0;
    const queue = [...listing];
    const lane = async () => {
      for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
        const read = await fetch(`${users}/${id}/skills`, { headers });
        const { skills = [] } = (await read.json()) as { skills?: { skillId: string }[] };
        const next = [
          ...skills.filter((entry) => entry.skillId !== skillId),
          { skillId, proficiency: 1 },
        ];
        const body = JSON.stringify({ skills: next });
        const write = await fetch(`${users}/${id}/skills`, { method: 'PUT', headers, body });
        await write.text();
        // A throttled read gives no list, and what is then written wipes whatever the user had.
        if (write.ok && read.ok) written += 1;
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
    return { seconds, throttled: (await seen(sandbox)).throttled, lost: USERS - written };
  } finally {
    sandbox.stop();
  }
}
