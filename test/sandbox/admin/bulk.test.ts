import { expect, test } from 'vitest';
import { type Client, handClock, JSON_TYPE, skill, start, USERS, user } from '../client.ts';

const status = (client: Client, jobId: string) => client.get(`${USERS}/bulkupdate/${jobId}`);
const entry = (client: Client, n = 0) => ({ skillId: skill(client, n), proficiency: 10 + n });

test('a job goes from queued to completed, its users written one after the other', async () => {
  const clock = handClock();
  const client = await start({ clock, jobs: { delayMs: 1000 } });
  const skills = [entry(client, 0), entry(client, 1)];
  const users = [0, 1, 2, 3].map((n) => ({ id: user(client, n), skills }));
  const started = await client.bulk(users);
  expect(started.status).toBe(202);
  const { jobId } = started.body;
  expect(started.headers.get('location')).toBe(`${USERS}/bulkupdate/${jobId}`);
  expect((await status(client, jobId)).body).toEqual({
    jobId,
    status: 'queued',
    total: 4,
    processed: 0,
    results: [],
  });
  clock.advance(500);
  const half = (await status(client, jobId)).body;
  expect(half).toMatchObject({ status: 'running', processed: 2 });
  expect(half.results).toHaveLength(2);
  expect(client.sandbox.skillsOf(user(client, 1))).toEqual(skills);
  expect(client.sandbox.skillsOf(user(client, 2))).not.toEqual(skills);
  clock.advance(500);
  const results = users.map(({ id }) => ({ id, status: 'success' }));
  expect((await status(client, jobId)).body).toEqual({
    jobId,
    status: 'completed',
    total: 4,
    processed: 4,
    results,
  });
  expect(client.sandbox.skillsOf(user(client, 3))).toEqual(skills);
});

test('CSV does the same', async () => {
  const client = await start({ jobs: { delayMs: 0 } });
  const [a, b] = [entry(client, 0), entry(client, 1)];
  const rows = [a, b].map((one) => `${user(client)},${one.skillId},${one.proficiency}`);
  const { body } = await client.bulkCsv(['id,skillId,proficiency', ...rows].join('\n'));
  expect((await status(client, body.jobId)).body).toMatchObject({ status: 'completed', total: 1 });
  expect(client.sandbox.skillsOf(user(client))).toEqual([a, b]);
  const odd = await client.bulkCsv(`id,skillId,proficiency\n${user(client)},${a.skillId},expert`);
  expect(odd).toMatchObject({ status: 400, body: { message: 'Invalid skill proficiency value' } });
});

test('unknown users and skills fail alone, inside a job that completes', async () => {
  const client = await start({ jobs: { delayMs: 0 } });
  const users = [
    { id: 'nobody', skills: [entry(client)] },
    { id: user(client, 0), skills: [{ skillId: 'crm-1', proficiency: 1 }] },
    { id: user(client, 1), skills: [] },
  ];
  const { body } = await client.bulk(users);
  const report = (await status(client, body.jobId)).body;
  expect(report.status).toBe('completed');
  expect(report.results.map((result: { status: string }) => result.status)).toEqual([
    'failed',
    'failed',
    'success',
  ]);
  expect(report.results[1].error).toContain('crm-1');
  expect(client.sandbox.skillsOf(user(client, 1))).toEqual([]);
});

test('one wrong proficiency refuses the whole call', async () => {
  const client = await start({ jobs: { delayMs: 0 } });
  const before = client.sandbox.skillsOf(user(client));
  const answer = await client.bulk([
    { id: user(client), skills: [] },
    { id: user(client, 1), skills: [{ skillId: skill(client), proficiency: '90' }] },
  ]);
  expect(answer).toMatchObject({
    status: 400,
    body: { message: 'Invalid skill proficiency value' },
  });
  expect(client.sandbox.skillsOf(user(client))).toEqual(before);
});

test('calls of another shape are refused', async () => {
  const client = await start();
  const twice = { id: user(client), skills: [] };
  for (const users of [[], undefined, [null], [{ skills: [] }], [{ id: 'u' }], [twice, twice]]) {
    expect((await client.bulk(users)).status).toBe(400);
  }
  const body = JSON.stringify({ operation: 'merge', users: [twice] });
  const path = `${USERS}/bulkupdate`;
  expect((await client.send('POST', path, { headers: JSON_TYPE, body })).status).toBe(400);
  const xml = { 'content-type': 'text/xml' };
  expect((await client.send('POST', path, { headers: xml, body })).status).toBe(415);
  expect((await status(client, 'unknown')).status).toBe(404);
});

test('two jobs and a single write take effect in the order of time', async () => {
  const clock = handClock();
  const client = await start({ clock, jobs: { delayMs: 1000 } });
  const write = (n: number) => [{ id: user(client), skills: [entry(client, n)] }];
  await client.bulk(write(0));
  clock.advance(200);
  await client.bulk(write(1));
  await client.put(user(client), []);
  clock.advance(900);
  expect(client.sandbox.skillsOf(user(client))).toEqual([entry(client, 0)]);
  clock.advance(5000);
  expect(client.sandbox.skillsOf(user(client))).toEqual([entry(client, 1)]);
});

test('statuses can be spelt another way', async () => {
  const statuses = { queued: 'PENDING', completed: 'SUCCEEDED' };
  const clock = handClock();
  const client = await start({ clock, jobs: { delayMs: 10, statuses } });
  const { body } = await client.bulk([{ id: user(client), skills: [] }]);
  expect(body.status).toBe('PENDING');
  clock.advance(10);
  expect((await status(client, body.jobId)).body.status).toBe('SUCCEEDED');
});
