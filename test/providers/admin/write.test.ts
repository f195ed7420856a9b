import { expect, test } from 'vitest';
import type { Org } from '../../../src/model/config.ts';
import { TOKEN } from '../../http/support.ts';
import { type Call, type Reply, sent, stand, write } from './support.ts';

const BATCH = [write('u1', { s1: 1 }), write('u2', { s2: 2 }), write('u3', { s3: 3 })];
const ALWAYS: Partial<Org> = { bulk: 'always' };
const CSV: Partial<Org> = { bulk: 'always', bulkFormat: 'csv' };

/** A bulk call that gives `job`, and its states in turn, the last one for ever. */
function jobs(job: Reply, ...states: Reply[]) {
  let polls = 0;
  return ({ method, path }: Call): Reply => {
    if (method === 'PUT') return {};
    if (method === 'POST') return job;
    if (!path.startsWith('/users/bulkupdate/')) return undefined;
    polls += 1;
    return states[Math.min(polls, states.length) - 1];
  };
}

test('one user goes by PUT, with the whole list', async () => {
  const odd = { proficiency: '90', locked: true };
  const { provider, calls } = stand(() => ({}));
  const reports = await sent(provider, write('u/1', { s1: 90, s2: odd }));
  expect(reports).toEqual([{ userId: 'u/1', sent: 'accepted', requestId: 'req-1' }]);
  expect(calls[0]).toMatchObject({ method: 'PUT', path: '/users/u%2F1/skills' });
  expect(JSON.parse(calls[0]?.body ?? '')).toEqual({
    skills: [
      { skillId: 's1', proficiency: 90 },
      { skillId: 's2', ...odd },
    ],
  });
});

test.each<[Reply, string, string | undefined]>([
  [403, 'refused', 'admin:users:write'],
  [400, 'refused', undefined],
  [401, 'refused', undefined],
  [429, 'not-sent', undefined],
  [503, 'unknown', undefined],
  [new TypeError('reset'), 'unknown', undefined],
  ['{"a', 'unknown', undefined],
  ['<html>', 'unknown', undefined],
])('a PUT that meets %s is %s', async (reply, what, scope) => {
  const { provider, calls } = stand(() => reply);
  const [report] = await sent(provider, write('u1'));
  expect(report).toMatchObject({ userId: 'u1', sent: what });
  expect(report?.error?.hint).toContain(scope ?? '.');
  expect(calls).toHaveLength(1);
});

test('an id that has no address is refused, and nothing is sent', async () => {
  const { provider, calls } = stand(() => ({}));
  expect(await sent(provider, write('..'))).toMatchObject([{ sent: 'refused' }]);
  expect(calls).toHaveLength(0);
});

test('what is not a platform error is not swallowed', async () => {
  const { provider } = stand(() => ({}));
  const broken = { ...write('u1'), after: undefined as never };
  await expect(sent(provider, broken)).rejects.toThrow(TypeError);
});

test.each<[Partial<Org>, number, object]>([
  [{}, 2, { size: 1, lanes: 8 }],
  [{}, 3, { size: 100, lanes: 1 }],
  [{ bulk: 'never' }, 1000, { size: 1, lanes: 8 }],
  [{ bulk: 'always' }, 1, { size: 100, lanes: 1 }],
])('with %j, %i users go %j', (settings, users, batching) => {
  expect(stand(() => ({}), settings).provider.batching(users)).toEqual(batching);
});

test('a batch goes as one job, followed to its end', async () => {
  const { provider, calls, events, clock } = stand(
    jobs(
      { jobId: 'j1' },
      { status: 'queued' },
      { status: 'RUNNING', processed: 1, total: 3 },
      { status: 'COMPLETED' },
    ),
  );
  const start = clock.now();
  const reports = await sent(provider, ...BATCH);
  expect(reports.map((report) => report.sent)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(JSON.parse(calls[0]?.body ?? '')).toEqual({
    operation: 'update',
    users: [1, 2, 3].map((n) => ({ id: `u${n}`, skills: [{ skillId: `s${n}`, proficiency: n }] })),
  });
  expect(events.filter(({ type }) => type === 'job')).toHaveLength(4);
  expect(events).toContainEqual({
    type: 'job',
    jobId: 'j1',
    status: 'RUNNING',
    processed: 1,
    total: 3,
  });
  expect(clock.now() - start).toBeLessThan(6000);
});

test.each<[string, Reply]>([
  ['id', { id: 'j1' }],
  ['number', { jobId: 7 }],
  ['numeric id', { id: 7 }],
  [
    'Location',
    new Response(null, { status: 202, headers: { location: 'https://evil.example/x/j%201?y' } }),
  ],
])('a job may be named by %s', async (_what, job) => {
  const { provider, calls } = stand(jobs(job, { status: 'Succeeded' }), ALWAYS);
  expect(await sent(provider, ...BATCH)).toMatchObject(BATCH.map(() => ({ sent: 'accepted' })));
  expect(calls[1]?.path).toMatch(/^\/users\/bulkupdate\/(j1|7|j%201)$/);
});

test.each<[string, Reply, string[]]>([
  [
    'partial results',
    { results: [{ id: 'u1', status: 'failed', error: 'Unknown skill' }] },
    ['refused', 'accepted', 'accepted'],
  ],
  [
    'another spelling',
    {
      users: [
        { userId: 'u2', success: false },
        { userId: 'u1', status: 'SUCCESS' },
      ],
    },
    ['accepted', 'refused', 'accepted'],
  ],
  [
    'an error object',
    { items: [{ id: 'u3', error: { message: 'No.' } }, null, { x: 1 }] },
    ['accepted', 'accepted', 'refused'],
  ],
  ['no results', {}, ['accepted', 'accepted', 'accepted']],
])('a completed job with %s', async (_what, more, said) => {
  const state = { status: 'COMPLETED_WITH_ERRORS', ...(more as object) };
  const { provider } = stand(jobs({ jobId: 'j1' }, state));
  const reports = await sent(provider, ...BATCH);
  expect(reports.map((report) => report.sent)).toEqual(said);
});

test('a job that failed as a whole refuses everybody it does not vouch for', async () => {
  const state = { status: 'failed', error: 'Quota', results: [{ id: 'u2', status: 'ok' }] };
  const { provider } = stand(jobs({ jobId: 'j1' }, state));
  const reports = await sent(provider, ...BATCH);
  expect(reports.map((report) => report.sent)).toEqual(['refused', 'accepted', 'refused']);
  expect(reports[0]?.error).toMatchObject({ code: 'job-failed', platformMessage: 'Quota' });
});

test('a job that is done at once needs no following', async () => {
  const { provider, calls } = stand(jobs({ jobId: 'j1', status: 'done' }));
  expect(await sent(provider, ...BATCH)).toMatchObject([{ sent: 'accepted' }, {}, {}]);
  expect(calls).toHaveLength(1);
});

test.each<[string, Reply, Reply, string]>([
  ['never ends', { jobId: 'j1' }, { status: 'running' }, 'job-timeout'],
  ['has no status', { jobId: 'j1' }, {}, 'job-timeout'],
  ['cannot be read for long', { jobId: 'j1' }, 503, 'job-timeout'],
  ['vanishes', { jobId: 'j1' }, 404, 'job-lost'],
  ['may not be read', { jobId: 'j1' }, 403, 'job-lost'],
  ['has no id', {}, {}, 'job-lost'],
  ['has an id that is no address', { jobId: '..' }, {}, 'job-lost'],
  ['has an id with control characters', { jobId: 'j\u001b[31m' }, {}, 'job-lost'],
  ['has an id with a direction character', { id: 'j\u202e1' }, {}, 'job-lost'],
  ['has an id that is no whole number', { jobId: 1.5 }, {}, 'job-lost'],
  [
    'has a broken Location',
    new Response(null, { status: 202, headers: { location: '/%E0%A4%A' } }),
    {},
    'job-lost',
  ],
])('a job that %s may still run', async (_what, job, state, code) => {
  const { provider } = stand(jobs(job, state), ALWAYS);
  const reports = await sent(provider, ...BATCH);
  expect(reports).toHaveLength(3);
  for (const report of reports)
    expect(report).toMatchObject({ sent: 'unknown', mayStillRun: true, error: { code } });
});

test('a job that is missing for a moment is followed on', async () => {
  const { provider } = stand(jobs({ jobId: 'j1' }, 404, 404, { status: 'completed' }));
  expect(await sent(provider, ...BATCH)).toMatchObject([{ sent: 'accepted' }, {}, {}]);
});

test('a lost answer to the bulk call leaves everybody unknown, and is not repeated', async () => {
  const { provider, calls } = stand(jobs(new TypeError('reset')));
  const reports = await sent(provider, ...BATCH);
  for (const report of reports)
    expect(report).toMatchObject({ sent: 'unknown', mayStillRun: true });
  expect(calls).toHaveLength(1);
});

test('a bulk call that is refused or throttled says so for everybody', async () => {
  for (const [status, what] of [
    [400, 'refused'],
    [429, 'not-sent'],
  ] as const) {
    const { provider } = stand(jobs(status));
    const reports = await sent(provider, ...BATCH);
    expect(reports.map((report) => report.sent)).toEqual([what, what, what]);
  }
});

test('without its scope the bulk call is given up, once and for all', async () => {
  const { provider, calls, events } = stand(jobs(403));
  const reports = await sent(provider, ...BATCH);
  expect(reports.map((report) => report.sent)).toEqual(['not-sent', 'not-sent', 'not-sent']);
  expect(provider.batching(1000)).toEqual({ size: 1, lanes: 8 });
  expect(await sent(provider, ...BATCH)).toMatchObject(BATCH.map(() => ({ sent: 'accepted' })));
  expect(calls.map(({ method }) => method)).toEqual(['POST', 'PUT', 'PUT', 'PUT']);
  const notices = events.filter(({ type }) => type === 'notice');
  expect(notices).toMatchObject([
    { code: 'bulk-scope-missing', message: expect.stringContaining('admin:users:bulkupdate') },
  ]);
});

test('two batches under way tell of the missing scope once', async () => {
  const { provider, events } = stand(jobs(403));
  await Promise.all([sent(provider, ...BATCH), sent(provider, ...BATCH)]);
  expect(events.filter(({ type }) => type === 'notice')).toHaveLength(1);
});

test('with bulk always a missing scope is a refusal', async () => {
  const { provider, events } = stand(jobs(403), ALWAYS);
  const [report] = await sent(provider, ...BATCH);
  expect(report).toMatchObject({ sent: 'refused', error: { status: 403 } });
  expect(report?.error?.hint).toContain('admin:users:bulkupdate');
  expect(events.filter(({ type }) => type === 'notice')).toHaveLength(0);
});

test('CSV quotes what needs it; what it cannot say goes by PUT in the same batch', async () => {
  const { provider, calls } = stand(jobs({ jobId: 'j1' }, { status: 'completed' }), CSV);
  const batch = [
    write('u"1', { 'a,b': 1, ' c': 2 }),
    write('u2'),
    write('u3', { s3: { proficiency: 'x' } }),
  ];
  const reports = await sent(provider, ...batch);
  expect(reports.map(({ userId }) => userId).sort()).toEqual(['u"1', 'u2', 'u3']);
  const [post, , ...puts] = calls;
  expect(post).toMatchObject({ method: 'POST', type: 'text/csv' });
  expect(post?.body).toBe('id,skillId,proficiency\r\n"u""1","a,b",1\r\n"u""1"," c",2\r\n');
  expect(puts.map(({ path }) => path)).toEqual(['/users/u2/skills', '/users/u3/skills']);
});

test('a batch that CSV cannot say at all starts no job', async () => {
  const { provider, calls } = stand(() => ({}), CSV);
  await sent(provider, write('u1'), write('u2'));
  expect(calls.map(({ method }) => method)).toEqual(['PUT', 'PUT']);
});

test.each<[string, object, string]>([
  [
    "the user's result",
    { results: [{ id: 'u1', status: 'failed', error: 'Quota\nexceeded.' }] },
    'Quota exceeded',
  ],
  ['a numeric id', { results: [{ id: 9, status: 'failed', error: 'Quota.' }] }, 'Quota'],
  ['the job', { status: 'failed', error: { message: 'No room' } }, 'No room'],
  [
    'a careless platform',
    { status: 'failed', message: `No ${TOKEN} for ana@example.com \u202e` },
    'No [secret] for [e-mail]',
  ],
])('the words of %s are in the message', async (_what, more, words) => {
  const state = { status: 'completed', ...more };
  const { provider } = stand(jobs({ jobId: 'j1' }, state), ALWAYS);
  const reports = await sent(provider, write('u1', { s1: 1 }), write('9', { s1: 1 }));
  const refused = reports.find((report) => report.sent === 'refused');
  expect(refused?.error?.message).toBe(`The bulk job did not update the user: ${words}.`);
  expect(refused?.error?.platformMessage?.replace(/\.$/, '')).toBe(words);
});

test('a refusal without words is a sentence too', async () => {
  const { provider } = stand(jobs({ jobId: 'j1' }, { status: 'failed' }), ALWAYS);
  const [report] = await sent(provider, write('u1', { s1: 1 }));
  expect(report?.error?.message).toBe('The bulk job did not update the user.');
  expect(report?.error?.platformMessage).toBeUndefined();
});

test('what is told of a job is cleaned', async () => {
  const jobId = `j-${TOKEN}`;
  const running = { status: 'running for ana@example.com\u001b[2J', processed: 1 };
  const { provider, calls, events } = stand(
    jobs({ jobId }, running, { status: 'completed' }),
    ALWAYS,
  );
  await sent(provider, write('u1', { s1: 1 }));
  expect(calls[1]?.path).toBe(`/users/bulkupdate/${jobId}`);
  const told = events.filter(({ type }) => type === 'job');
  expect(told).toHaveLength(3);
  expect(told).toMatchObject([
    { jobId: 'j-[secret]' },
    { status: 'running for [e-mail][2J' },
    { status: 'completed' },
  ]);
});
