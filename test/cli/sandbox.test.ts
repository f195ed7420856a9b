import { EventEmitter, once } from 'node:events';
import { Command, CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { sandboxCommand } from '../../src/cli/commands/sandbox.ts';
import { UsageError } from '../../src/cli/exit.ts';

/** Runs the command under a root as the shell has it; `started` holds what it printed first. */
function run(...args: string[]) {
  const stop = new AbortController();
  const printed = new EventEmitter();
  const io = {
    stdout: (text: string) => void printed.emit('text', text),
    stderr: () => undefined,
    signal: stop.signal,
  };
  const root = new Command('muster')
    .option('--format <name>')
    .exitOverride()
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  root.addCommand(sandboxCommand(io).copyInheritedSettings(root));
  const started = once(printed, 'text').then(([text]) => String(text));
  const done = root.parseAsync(['sandbox', ...args], { from: 'user' });
  return { started, done, stop };
}

test('it prints how to use it, serves, and ends with the signal', async () => {
  const { started, done, stop } = run('--port', '0', '--users', '7', '--token', 'abc.DEF-1');
  const text = await started;
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
  expect(text).toContain('with 7 users (seed 1)');
  expect(text).toContain('\nexport MUSTER_TOKEN=abc.DEF-1\n');
  expect(parse(text.slice(text.indexOf('# muster.yaml')))).toEqual({
    version: 1,
    orgs: { sandbox: { platform: 'admin', baseUrl: url, loginUrl: url } },
  });
  const headers = { authorization: 'Bearer abc.DEF-1' };
  const answer = await fetch(`${url}/api/v2/admin/users`, { headers });
  expect(await answer.json()).toMatchObject({ total: 7 });
  stop.abort();
  await done;
  await expect(fetch(url)).rejects.toThrow();
});

test('JSON tells the same, for programs', async () => {
  const { started, done, stop } = run('--port=0', '--seed=5', '--users=3', '--format', 'json');
  const told = JSON.parse(await started);
  expect(told).toMatchObject({ platform: 'admin', users: 3, seed: 5 });
  expect(parse(told.config).orgs.sandbox.baseUrl).toBe(told.url);
  stop.abort();
  await done;
});

test('flags reach the platform', async () => {
  const { started, done, stop } = run(
    ...['--port=0', '--users=30', '--no-listing', '--page-max=10', '--format=json'],
    ...['--fault', 'status=503,path=*/users/*', '--fault', 'empty,path=/nowhere'],
    ...['--reads=60', '--writes=60', '--burst=2', '--latency=1', '--lag=1'],
    ...['--job-delay=5', '--job-failures=0.5', '--platform=admin'],
  );
  const { url, token } = JSON.parse(await started);
  const status = async (path: string) =>
    (await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })).status;
  expect(await status('/api/v2/admin/users')).toBe(404);
  expect(await status('/api/v2/admin/users/x/skills')).toBe(503);
  expect(await status('/api/v2/admin/skills')).toBe(200);
  expect(await status('/api/v2/admin/skills')).toBe(429);
  stop.abort();
  await done;
});

test('genesys is served alone, with its own limits', async () => {
  const { started, done, stop } = run(
    ...['--port=0', '--users=30', '--format=json', '--platform=genesys', '--page-max=20'],
    ...['--omit-every=2', '--largest-expanded=10', '--calls=60', '--burst=3'],
  );
  const { url, token, config } = JSON.parse(await started);
  expect(parse(config).orgs.sandbox).toEqual({ platform: 'genesys', baseUrl: url, loginUrl: url });
  const get = async (query: string) => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${url}/api/v2/users?${query}`, { headers });
    const body = (await answer.json()) as { entities: object[]; pageSize: number };
    return { status: answer.status, body };
  };
  const expanded = await get('expand=skills&pageSize=10');
  const omitted = expanded.body.entities.filter((user) => !('skills' in user));
  expect(omitted).toHaveLength(5);
  expect((await get('expand=skills&pageSize=11')).status).toBe(400);
  expect((await get('pageSize=100')).body.pageSize).toBe(20);
  expect((await get('')).status).toBe(429);
  stop.abort();
  await done;
});

test('cxone is served alone, with agents that a role does not see, in an odd org', async () => {
  const { started, done, stop } = run(
    ...['--port=0', '--users=100', '--format=json', '--platform=cxone', '--odd'],
    ...['--hide-every=11', '--put-replaces', '--sign-ins=5'],
  );
  const { url, token, accessKey } = JSON.parse(await started);
  expect(accessKey).toEqual({ id: expect.any(String), secret: expect.any(String) });
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/incontactapi/services/v34.0/agents`, { headers });
  const { agents, hiddenAgents } = (await answer.json()) as {
    agents: { isActive: boolean }[];
    hiddenAgents: number;
  };
  expect(hiddenAgents).toBe(9);
  expect(agents.filter(({ isActive }) => !isActive)).toHaveLength(2);
  stop.abort();
  await done;
});

test('all platforms are served at once, an org for each', async () => {
  const { started, done, stop } = run('--port=0', '--users=5', '--platform=all');
  const text = await started;
  const { orgs } = parse(text.slice(text.indexOf('# muster.yaml')));
  expect(Object.keys(orgs)).toEqual(['sandbox-admin', 'sandbox-genesys', 'sandbox-cxone']);
  const [, token] = /^export MUSTER_SANDBOX_GENESYS_TOKEN=(.+)$/m.exec(text) ?? [];
  const headers = { authorization: `Bearer ${token}` };
  for (const [org, path] of [
    ['sandbox-admin', '/api/v2/admin/users'],
    ['sandbox-genesys', '/api/v2/users'],
  ] as const) {
    const answer = await fetch(orgs[org].baseUrl + path, { headers });
    expect(await answer.json()).toMatchObject({ total: 5 });
  }
  stop.abort();
  await done;
});

test('a signal that came first ends it at once', async () => {
  const { started, done, stop } = run('--port=0', '--users=1', '--no-catalogue');
  stop.abort();
  await done;
  expect(await started).toContain('MUSTER_TOKEN');
});

test.each([
  ['--port', '70000'],
  ['--port', 'x'],
  ['--users', '0'],
  ['--seed', '-1'],
  ['--platform', 'avaya'],
  ['--reads', '1.5'],
  ['--burst', '0'],
  ['--latency', '10s'],
  ['--job-failures', '1.1'],
  ['--job-failures', 'half'],
  ['--fault', 'explode'],
  ['--page-max', '0'],
  ['--token', 'two words'],
  ['--colour', 'red'],
])('%s %s is refused', async (...args) => {
  const { done } = run('--port=0', ...args);
  await expect(done).rejects.toBeInstanceOf(CommanderError);
});

test('the help tells how faults are written', () => {
  const io = {
    stdout: () => undefined,
    stderr: () => undefined,
    signal: new AbortController().signal,
  };
  let help = '';
  sandboxCommand(io)
    .configureOutput({
      writeOut: (text) => {
        help += text;
      },
    })
    .outputHelp();
  expect(help).toContain('--fault status=503,method=PUT,probability=0.1,retry-after=2');
});

test('an unknown format is wrong usage', async () => {
  const { done } = run('--port=0', '--format', 'xml');
  await expect(done).rejects.toBeInstanceOf(UsageError);
});
