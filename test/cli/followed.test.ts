/** A run as programs follow it: NDJSON, JSON logs, and the ids by which its requests are found again. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Folder, muster, quickStart, type World } from '../support/shell.ts';

let sandbox: Sandbox;
let folder: Folder;

beforeEach(async () => {
  sandbox = await startSandbox({ rates: { reads: 0, writes: 0 }, jobs: { delayMs: 20 } });
  const more = '    bulk: never\n    pace: { reads: 100000, writes: 100000 }\n';
  folder = await quickStart(sandbox.url, more);
});
afterEach(async () => {
  await sandbox.close();
  await folder.remove();
});

const run = (args: readonly string[], world: Partial<World> = {}) =>
  muster(args, { cwd: folder.path, env: { MUSTER_TOKEN: sandbox.token }, speed: 20, ...world });
const lines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const ID = /^[0-9a-f]{32}-[0-9a-f]{16}$/;

test('as NDJSON an apply is its events, then its result, alone on standard output', async () => {
  const ran = await run(['apply', '--yes', '--format', 'ndjson']);
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  const told = lines(ran.stdout);
  const types = told.map(({ type }) => type);
  expect(types[0]).toBe('about');
  expect(types).toEqual(expect.arrayContaining(['begins', 'ends', 'planned', 'decided']));
  expect(told.find(({ type }) => type === 'result')).toMatchObject({
    result: { formatVersion: '1.0', outcomes: { applied: 7 } },
  });
  expect(types.slice(-3)).toEqual(['result', 'exits', 'ends']);
  expect(ran.stdout).not.toMatch(/"(message|path)":"[^"]*@/);
});

test('a plan as NDJSON ends in the plan, and an error is an event', async () => {
  const ran = await run(['plan', '--format', 'ndjson']);
  expect(lines(ran.stdout).find(({ type }) => type === 'plan')).toMatchObject({
    plan: { totals: { people: 7 } },
  });
  const failed = await run(['plan', '--format', 'ndjson'], {
    env: { MUSTER_TOKEN: 'wrong-token' },
  });
  expect(failed).toMatchObject({ code: 1, stderr: '' });
  const error = lines(failed.stdout).find(({ type }) => type === 'failed');
  expect(error).toMatchObject({
    failure: { code: 'unauthorized', status: 401, requestId: expect.stringMatching(ID) },
    hint: expect.stringContaining('token'),
  });
});

test('as JSON logs standard error is JSON alone, notes, refusals and errors included', async () => {
  await run(['apply', '--yes', '--quiet']);
  const ran = await run(['apply', '--yes', '--log-format', 'json']);
  expect(ran.code).toBe(0);
  for (const line of lines(ran.stderr)) expect(line).toHaveProperty('type');
  const failed = await run(['plan', '--log-format=json'], { env: {} });
  expect(lines(failed.stderr).find(({ type }) => type === 'failed')).toMatchObject({
    failure: { code: 'credentials-missing' },
    trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  const usage = await run(['plan', '--cause', 'nonsense', '--log-format', 'json']);
  expect(usage.code).toBe(64);
  expect(lines(usage.stderr).find(({ type }) => type === 'failed')).toMatchObject({
    failure: { code: 'wrong-usage' },
  });
});

test('the id a write was sent with is the one in journal, result and error', async () => {
  sandbox.setFaults([{ kind: 'status', status: 400, method: 'PUT', times: 1 }]);
  const ran = await run(['apply', '--yes', '--format', 'json']);
  expect(ran.code).toBe(4);
  const puts = sandbox.requests.filter(({ method }) => method === 'PUT');
  const sent = new Set(puts.map(({ requestId }) => requestId));
  for (const { requestId, headers } of puts) {
    expect(requestId).toMatch(ID);
    expect(headers.traceparent).toBe(`00-${requestId}-00`);
    expect(headers['content-type']).toBe('application/json');
  }
  const { users } = JSON.parse(ran.stdout) as { users: { requestId?: string }[] };
  expect(new Set(users.map(({ requestId }) => requestId))).toEqual(sent);
  const runs = join(folder.path, '.muster', 'runs');
  const [id = ''] = readdirSync(runs);
  const journal = readdirSync(join(runs, id)).map((file) =>
    readFileSync(join(runs, id, file), 'utf8'),
  );
  for (const requestId of sent) expect(journal.join('')).toContain(requestId);
});

test('what an org does not let pass is not sent, and nothing else changes', async () => {
  const config = await folder.read('muster.yaml');
  await folder.write(
    'muster.yaml',
    `${config}    propagate: { traceparent: false, baggage: false }\n`,
  );
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
  const env = {
    MUSTER_TOKEN: sandbox.token,
    TRACEPARENT: `00-${trace}-00f067aa0ba902b7-01`,
    TRACESTATE: 'ci=1',
    BAGGAGE: 'a=b',
  };
  expect((await run(['plan'], { env })).code).toBe(0);
  for (const { headers, requestId } of sandbox.requests) {
    expect(requestId.startsWith(`${trace}-`)).toBe(true);
    for (const name of ['traceparent', 'tracestate', 'baggage'])
      expect(headers).not.toHaveProperty(name);
  }
});
