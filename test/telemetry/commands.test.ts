/** What each command tells of itself, whatever its plan comes from; and what stays together without spans. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openSession } from '../../src/cli/session.ts';
import { systemIo } from '../../src/cli/system.ts';
import { postMessage } from '../../src/http/webhook.ts';
import { type OrgInGit, orgInGit, ROSTER } from '../cli/org-in-git.ts';
import type { Ran } from '../support/shell.ts';
import { type Collector, startCollector, unhurried } from './collector.ts';

const SPEED = 50;
/** Waiting is not what is tested, and sending may take its time. */
const sleeps = (ms: number) => (unhurried(ms) === ms ? ms / SPEED : unhurried(ms));

let org: OrgInGit;
beforeAll(async () => {
  org = await orgInGit({}, '    bulk: never\n');
}, 60_000);
afterAll(() => org.close());

/** With the SDK's own variables where it looks for them. */
async function exporting<T>(
  how: Readonly<Record<string, string>>,
  work: (env: Readonly<Record<string, string>>) => Promise<T>,
): Promise<{ readonly sent: Collector; readonly done: T }> {
  const sent = await startCollector();
  const otel = { OTEL_EXPORTER_OTLP_ENDPOINT: sent.url, ...how };
  for (const [name, text] of Object.entries(otel)) vi.stubEnv(name, text);
  const done = await work(otel);
  vi.unstubAllEnvs();
  await sent.close();
  return { sent, done };
}

/** The span of the command, and the names of those right below it. */
async function exported(args: readonly string[]) {
  const { sent, done } = await exporting({}, (otel) =>
    org.run(args, { env: { ...org.env, ...otel }, speed: SPEED, sleeps }),
  );
  const root = sent.spans.find(({ parentSpanId }) => parentSpanId === '');
  const below = sent.spans.filter(({ parentSpanId }) => parentSpanId === root?.spanId);
  return { ran: done satisfies Ran, sent, root, stages: new Set(below.map(({ name }) => name)) };
}

const PLANNING = ['fetch', 'diff', 'guards', 'plan'];
const WRITING = ['gate', 'write', 'verify'];
const HASH = expect.stringMatching(/^[0-9a-f]{40}$/);
const ABOUT = { 'muster.org': 'sandbox', 'muster.platform': 'admin' };
const POINTS = { 'vcs.ref.head.revision': HASH, 'vcs.ref.base.revision': HASH };

test('a refusal names its guards, an undo and a saved plan tell as much as an apply', async () => {
  await org.run(['apply', '--yes', '--quiet']);
  await org.change(ROSTER, /Chat: absent/, 'Chat: 30');
  const guarded = 'guards: { users: { percent: 0, count: 0 } }\n';
  await org.folder.write('muster.yaml', (await org.folder.read('muster.yaml')) + guarded);
  const refused = await exported(['apply', '--yes']);
  expect(refused.ran.code, refused.ran.stderr).toBe(3);
  expect(refused.root?.attributes).toMatchObject({
    'error.type': 'refused',
    'muster.plan.refusing': ['users'],
    'muster.exit_code': 3,
  });
  expect(refused.root?.status.code).toBe(2);
  org.git('checkout', '-q', 'muster.yaml');

  await org.run(['plan', '--out', '../saved.json', '--quiet']);
  const saved = await exported(['apply', '../saved.json', '--yes']);
  expect(saved.ran.code, saved.ran.stderr).toBe(0);
  expect(saved.root?.attributes).toMatchObject({
    ...ABOUT,
    ...POINTS,
    'muster.plan.people': 1,
    'muster.users.applied': 1,
  });
  expect(saved.stages).toEqual(new Set(['load', ...WRITING]));

  const undone = await exported(['rollback', '--last', '--yes']);
  expect(undone.ran.code, undone.ran.stderr).toBe(0);
  expect(undone.root?.attributes).toMatchObject({
    ...ABOUT,
    ...POINTS,
    'muster.plan.people': 1,
    'muster.users.applied': 1,
  });
  expect(undone.stages).toEqual(new Set(['load', 'validate', ...PLANNING, ...WRITING]));
}, 60_000);

test('drift is told as what drifted, not as what git has besides', async () => {
  await org.change(ROSTER, 'Spanish: expert', 'Spanish: 31');
  org.edit('amit.saxena@example.com', 'Billing', 7);
  const { root, sent } = await exported(['drift']);
  expect(root?.attributes).toMatchObject({ ...ABOUT, ...POINTS, 'muster.plan.people': 1 });
  const point = (metric: string) => sent.points.filter((one) => one.metric === metric);
  expect(point('muster.drift').map(({ value }) => value)).toEqual([1]);
  expect(point('muster.assignments').map(({ value }) => value)).toEqual([1]);
}, 60_000);

test('an apply that is gone on with tells the plan that was begun', async () => {
  await org.begun(await org.plan());
  const { ran, root, stages } = await exported(['apply', '--resume', 'killed-run', '--yes']);
  expect(ran.code, ran.stderr).toBe(0);
  expect(root?.attributes).toMatchObject({ ...ABOUT, ...POINTS, 'muster.run.id': 'killed-run' });
  expect(root?.attributes).toMatchObject({ 'muster.plan.people': 1, 'muster.users.applied': 1 });
  expect([...stages]).toEqual(expect.arrayContaining(['load', 'validate', ...WRITING]));
}, 60_000);

describe.each([
  ['pull', ['pull', '--dry-run'], ['load', 'fetch']],
  ['unmanaged', ['unmanaged'], ['load', 'validate', 'fetch']],
  ['export', ['export', '--live'], ['load', 'validate', 'fetch']],
  ['explain', ['explain', 'amit.saxena@example.com'], ['load', 'validate', ...PLANNING]],
  ['status', ['status'], ['load']],
] as const)('%s', (command, args, below) => {
  test('tells its org, and reads in a stage', async () => {
    const { ran, root, stages } = await exported(args);
    expect(ran.code, ran.stderr).toBe(0);
    expect(root?.name).toBe(`muster ${command}`);
    expect(root?.attributes).toMatchObject(ABOUT);
    expect(stages).toEqual(new Set(below));
  }, 60_000);
});

test('where spans go nowhere log records still tell trace and span, and no request says it is recorded', async () => {
  const none = { OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none' };
  org.sandbox.clearRequests();
  const { sent } = await exporting(none, (otel) =>
    org.run(['plan'], { env: { ...org.env, ...otel }, speed: SPEED, sleeps }),
  );
  expect(sent.spans).toEqual([]);
  expect(sent.logs.length).toBeGreaterThan(10);
  for (const { traceId, spanId, body } of sent.logs) {
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(body).toMatchObject({ trace_id: traceId, span_id: spanId });
  }
  const [ended] = sent.logs.filter(({ body }) => body.phase === 'request' && body.ms !== undefined);
  expect(String(ended?.body.requestId)).toBe(`${ended?.traceId}-${ended?.spanId}`);
  for (const { headers } of org.sandbox.requests) expect(headers.traceparent).toMatch(/-00$/);
}, 60_000);

test('an address that is a secret, and what signs one, is in no span', async () => {
  const server = createServer((request, response) => {
    request.resume();
    response.end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const webhook = `${base}/services/T000/B000/hook-s3cr3t`;
  const signed = `${base}/artifact.zip?part=1&sig=s1gn4ture%3D&se=2026`;
  const { sent } = await exporting({}, async (otel) => {
    const env = { ...otel, MUSTER_WEBHOOK_URL: webhook };
    const session = await openSession({ ...systemIo(), env });
    return session.run(async () => {
      await postMessage(webhook, 'hello');
      await postMessage(signed, 'hello');
      return 0;
    });
  });
  server.close();
  const posts = sent.spans.filter(({ name }) => name === 'POST');
  expect(posts.map(({ attributes }) => attributes['url.query'])).toEqual([
    '',
    'part=1&sig=REDACTED&se=2026',
  ]);
  expect(posts[0]?.attributes['url.path']).toBe('[secret]');
  expect(Buffer.concat(sent.bytes).toString('latin1')).not.toMatch(/s3cr3t|s1gn4ture/);
}, 60_000);
