import { expect, test } from 'vitest';
import type { JobFate } from '../../../src/sandbox/faults.ts';
import type { SandboxOptions } from '../../../src/sandbox/options.ts';
import { handClock, start, USERS, user } from '../client.ts';

/** A job that empties ten people's lists, an hour after it was due. */
async function job(options: SandboxOptions) {
  const clock = handClock();
  const client = await start({ clock, jobs: { delayMs: 1000 }, ...options });
  const ids = Array.from({ length: 10 }, (_, n) => user(client, n));
  const { body } = await client.bulk(ids.map((id) => ({ id, skills: [] })));
  clock.advance(100);
  const soon = await client.get(`${USERS}/bulkupdate/${body.jobId}`);
  clock.advance(3_600_000);
  const late = await client.get(`${USERS}/bulkupdate/${body.jobId}`);
  const written = ids.filter((id) => client.sandbox.skillsOf(id).length === 0);
  const succeeded = (late.body.results ?? [])
    .filter((result: { status: string }) => result.status === 'success')
    .map((result: { id: string }) => result.id);
  return { soon, late, ids, written, succeeded };
}

const fate = (kind: JobFate, applied?: number): SandboxOptions => {
  return { faults: [{ kind, times: 1, ...(applied === undefined ? {} : { applied }) }] };
};

test('a job that hangs runs for ever, half of it done', async () => {
  const { late, written } = await job(fate('job-hang'));
  expect(late.body).toMatchObject({ status: 'running', processed: 5, total: 10 });
  expect(written).toHaveLength(5);
});

test('a job that vanishes was there, and did its work', async () => {
  const { soon, late, written } = await job(fate('job-vanish'));
  expect(soon.body.status).toBe('running');
  expect(late.status).toBe(404);
  expect(written).toHaveLength(10);
});

test('a job that fails did nothing, or as much as asked', async () => {
  const nothing = await job(fate('job-fail'));
  expect(nothing.late.body).toMatchObject({ status: 'failed', error: expect.any(String) });
  expect(nothing.written).toEqual([]);
  expect((await job(fate('job-fail', 0.3))).written).toHaveLength(3);
});

test('a job that lies says of each user the opposite of what happened', async () => {
  const { late, ids, written, succeeded } = await job(fate('job-lie'));
  expect(late.body.status).toBe('completed');
  expect(written).toEqual(ids.slice(0, 5));
  expect(succeeded).toEqual(ids.slice(5));
});

test('a mute job ends without results', async () => {
  const { late, written } = await job(fate('job-mute'));
  expect(late.body).toMatchObject({ status: 'completed', processed: 10 });
  expect(late.body.results).toBeUndefined();
  expect(written).toHaveLength(10);
});

test('chance fails some users, the same for a seed, and the results say which', async () => {
  const options = { jobs: { delayMs: 1000, failures: 0.5 } };
  const [one, two] = [await job(options), await job(options)];
  expect(one.written).toEqual(two.written);
  expect(one.succeeded).toEqual(one.written);
  expect(one.written.length).toBeGreaterThan(0);
  expect(one.written.length).toBeLessThan(10);
});
