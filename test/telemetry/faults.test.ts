/** What telemetry tells when things go wrong, and what it tells besides where muster.yaml asks for it. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { orgInGit } from '../cli/org-in-git.ts';
import type { Ran } from '../support/shell.ts';
import { type Collector, startCollector, unhurried } from './collector.ts';

type Org = Awaited<ReturnType<typeof orgInGit>>;

let org: Org;
let collector: Collector;
let ran: Ran;
let head: string;

beforeAll(async () => {
  org = await orgInGit({}, '    bulk: never\n    telemetry: { people: true, holders: true }\n');
  collector = await startCollector();
  expect((await org.run(['apply', '--yes', '--quiet'])).code).toBe(0);
  head = await org.change('rosters/emea-billing.yaml', /Chat: absent/, 'Chat: 30');
  for (const email of ['michal.kozlowski@example.com', 'amit.saxena@example.com'])
    org.edit(email, 'Billing', 7);
  org.sandbox.setFaults([
    { kind: 'status', status: 503, method: 'GET', path: '/api/v2/admin/skills', times: 1 },
    { kind: 'status', status: 429, retryAfter: 1, method: 'PUT', times: 1 },
    { kind: 'status', status: 400, method: 'PUT', path: `*${org.id('amit.saxena@example.com')}*` },
  ]);
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_SPAN_EVENT_COUNT_LIMIT: '500',
    OTEL_LOG_LEVEL: 'none',
  };
  for (const [name, text] of Object.entries(env)) vi.stubEnv(name, text);
  ran = await org.run(['apply', '--yes'], {
    env: { ...org.env, ...env },
    speed: 1,
    sleeps: unhurried,
  });
}, 60_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await collector.close();
  await org.close();
});

const events = (name: string) =>
  collector.spans.flatMap(({ events }) => events.filter((event) => event.name === name));
const points = (metric: string) => collector.points.filter((point) => point.metric === metric);

test('the command tells both commits, and how it ended', () => {
  expect(ran.code, ran.stderr).toBe(4);
  const root = collector.spans.find(({ name }) => name === 'muster apply');
  expect(root?.attributes).toMatchObject({
    'vcs.ref.head.revision': head,
    'vcs.ref.base.revision': expect.stringMatching(/^[0-9a-f]{40}$/),
    'muster.exit_code': 4,
  });
});

test('waits and tries are events of the stage they happened in, and measured', () => {
  expect(events('retrying')[0]?.attributes).toMatchObject({ 'error.type': 'server-error' });
  expect(events('throttled')[0]?.attributes).toMatchObject({
    'muster.lane': 'writes',
    'muster.wait_ms': 1_000,
  });
  expect(points('muster.retries')[0]).toMatchObject({ value: 1 });
  expect(points('muster.throttle.wait')[0]).toMatchObject({ value: 1 });
  expect(points('muster.pace.left').length).toBeGreaterThan(0);
  const failed = points('muster.requests').map(({ attributes }) => attributes['muster.outcome']);
  expect(failed).toEqual(expect.arrayContaining(['ok', 'server-error', 'rate-limited']));
});

test('drift is told apart from what git changed', () => {
  const [drift] = points('muster.drift');
  expect(drift?.attributes).toMatchObject({ 'muster.org': 'sandbox' });
  expect(drift?.value).toBe(2);
  const causes = points('muster.assignments').map(({ attributes }) => attributes['muster.cause']);
  expect(causes).toEqual(expect.arrayContaining(['drift', 'git']));
});

test('whoever failed is told with the code and the request, and by his key where that is allowed', () => {
  const failed = events('decided').find(
    ({ attributes }) => attributes['muster.outcome'] === 'failed',
  );
  expect(failed?.attributes).toMatchObject({
    'error.type': 'bad-request',
    'http.response.status_code': 400,
    'muster.user.key': 'amit.saxena@example.com',
    'muster.request.id': expect.stringMatching(/^[0-9a-f]{32}-[0-9a-f]{16}$/),
  });
  const record = collector.logs.find(({ body }) => body.outcome === 'failed');
  expect(record).toMatchObject({ severity: 'ERROR', eventName: 'muster.decided' });
  expect(JSON.stringify(collector.logs)).not.toContain('@');
});

test('how many hold a skill is measured where that is asked for', () => {
  const billing = points('muster.skill.holders').find(
    ({ attributes }) => attributes['muster.skill.name'] === 'Billing',
  );
  const id = org.skillId('Billing');
  const { users } = org.sandbox.org;
  const holders = users.filter(({ id: user }) =>
    org.sandbox.skillsOf(user).some(({ skillId }) => skillId === id),
  );
  expect(holders.length).toBeGreaterThan(10);
  expect(billing?.value).toBe(holders.length);
});
