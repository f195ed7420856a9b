/** The export as it is delivered: by each protocol, after errors, and to a collector that is not there. */
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Folder, muster, musterProcess, quickStart, type World } from '../support/shell.ts';
import { type Collector, startCollector, startGrpcCollector, unhurried } from './collector.ts';

let sandbox: Sandbox;
let folder: Folder;
beforeAll(async () => {
  sandbox = await startSandbox({ rates: { reads: 0, writes: 0 } });
  folder = await quickStart(sandbox.url);
});
afterAll(async () => {
  await sandbox.close();
  await folder.remove();
});

const run = (args: readonly string[], env: Readonly<Record<string, string>>) =>
  musterProcess(args, { cwd: folder.path, env: { MUSTER_TOKEN: sandbox.token, ...env } });

/** In this process, with the SDK's own variables where it looks for them. */
async function exported(
  how: Readonly<Record<string, string>>,
  {
    to = startCollector,
    ...world
  }: Partial<World> & { readonly to?: () => Promise<Collector> } = {},
) {
  const collector = await to();
  const otel = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...how };
  for (const [name, text] of Object.entries(otel)) vi.stubEnv(name, text);
  const env = { MUSTER_TOKEN: sandbox.token, ...otel };
  const ran = await muster(['plan'], { cwd: folder.path, env, sleeps: unhurried, ...world });
  vi.unstubAllEnvs();
  await collector.close();
  return { collector, ran };
}

test('by http/json the same arrives', async () => {
  const { collector, ran } = await exported({ OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' });
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect([...collector.types]).toEqual(['application/json']);
  const names = collector.spans.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['muster plan', 'fetch', 'page', 'GET']));
  expect(collector.points.map(({ metric }) => metric)).toContain('muster.requests');
  expect(collector.logs.map(({ eventName }) => eventName)).toContain('muster.planned');
}, 120_000);

test('by grpc the same arrives', async () => {
  const grpc = { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' };
  const { collector, ran } = await exported(grpc, { to: startGrpcCollector });
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect([...collector.types]).toEqual(['application/grpc']);
  const names = collector.spans.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['muster plan', 'fetch', 'page', 'GET']));
  expect(collector.points.map(({ metric }) => metric)).toContain('muster.requests');
  expect(collector.logs.map(({ eventName }) => eventName)).toContain('muster.planned');
}, 120_000);

test('what an interruption ended is exported all the same, as that', async () => {
  const { collector, ran } = await exported({}, { signal: AbortSignal.abort() });
  expect(ran.code, ran.stderr).toBe(130);
  const root = collector.spans.find(({ name }) => name === 'muster plan');
  expect(root?.attributes).toMatchObject({ 'error.type': 'interrupted' });
}, 120_000);

test('to the console it goes beside the result, which stays JSON alone', async () => {
  const ran = await run(['plan', '--format', 'json'], { OTEL_TRACES_EXPORTER: 'console' });
  expect(ran.code).toBe(0);
  expect(JSON.parse(ran.stdout)).toHaveProperty('digest');
  expect(ran.stderr).toContain("name: 'muster plan'");
}, 60_000);

test('an error is exported with its code, and the exit code is told', async () => {
  const { collector, ran } = await exported({ MUSTER_TOKEN: 'not-the-right-token' });
  expect(ran.code).toBe(1);
  const root = collector.spans.find(({ name }) => name === 'muster plan');
  expect(root?.attributes).toMatchObject({
    'error.type': 'unauthorized',
    'http.response.status_code': 401,
    'muster.request.id': expect.stringMatching(/^[0-9a-f]{32}-[0-9a-f]{16}$/),
    'muster.exit_code': 1,
  });
  expect(root?.status.code).toBe(2);
  expect(root?.events.map(({ name }) => name)).toContain('exception');
  expect(Buffer.concat(collector.bytes).toString('latin1')).not.toContain('not-the-right-token');
}, 60_000);

test.each(['refusing', 'hanging', 'gone'] as const)(
  'a collector that is %s changes no exit code, and is said to be so in a line',
  async (how) => {
    const collector = await startCollector(how === 'gone' ? 'taking' : how);
    if (how === 'gone') await collector.close();
    const ran = await run(['plan', '--detailed-exitcode'], {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    });
    if (how !== 'gone') await collector.close();
    expect(ran.code).toBe(2);
    expect(ran.stdout).toContain('Plan: 5 to add');
    expect(ran.stderr).toBe(
      'note: Not all of the telemetry could be delivered (OTEL_LOG_LEVEL=error says why); the run is not affected. See docs/errors.md#telemetry-undelivered.\n',
    );
  },
  60_000,
);

test('without an exporter nothing of OpenTelemetry is loaded', async () => {
  const loaded = (env: Readonly<Record<string, string>>) =>
    musterProcess(['plan'], {
      cwd: folder.path,
      env: { MUSTER_TOKEN: sandbox.token, ...env },
      command: ['--import', resolve('test/telemetry/loaded.mjs'), resolve('dist/cli/main.js')],
    });
  const idle = { OTEL_SERVICE_NAME: 'x', OTEL_TRACES_EXPORTER: 'none' };
  expect((await loaded(idle)).stderr).not.toContain('@opentelemetry');
  const exporting = await loaded({ OTEL_TRACES_EXPORTER: 'console' });
  expect(exporting.stderr).toContain('@opentelemetry/sdk-node');
}, 60_000);
