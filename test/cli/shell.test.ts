/** The shell's edges: faults of the program, proxies, the real world as `Io`, and a process that is interrupted. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { connect } from '../../src/cli/connect.ts';
import type { Io } from '../../src/cli/io.ts';
import { systemIo } from '../../src/cli/system.ts';
import type { Org } from '../../src/model/config.ts';
import { DEFAULT_GUARDS } from '../../src/model/guard.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { muster, quickStart } from '../support/shell.ts';

const org = (baseUrl: string): Org => ({
  name: 'eu',
  platform: 'admin',
  place: { file: 'muster.yaml', line: 1, col: 1 },
  baseUrl,
  rosters: [],
  ownership: 'listed',
  levels: {},
  timeZone: 'UTC',
  bulk: 'auto',
  bulkFormat: 'json',
  bulkChunk: 100,
  bulkThreshold: 20,
  pace: { reads: 60_000, writes: 60_000 },
  tokens: 1,
  propagate: { traceparent: true, tracestate: true, baggage: true },
  assumptions: {},
  guards: DEFAULT_GUARDS,
  formerly: {},
  drift: { ignore: { users: [], skills: [] } },
  ledger: {},
});

const io = (env: Io['env']): Io => {
  const world = systemIo();
  return { ...world, env, clock: { ...world.clock, sleep: async () => undefined } };
};

test('a fault of the program says that it is one, and shows its trace to --verbose alone', async () => {
  // No caller can hand in a time that is none, so nothing catches it.
  const broken = { cwd: 'examples/quickstart', at: Number.NaN };
  const plain = await muster(['validate'], broken);
  expect(plain.code).toBe(1);
  expect(plain.stderr).toMatch(
    /error\[internal\] {2}docs\/errors\.md#internal\n.*fault in muster [\s\S]*report/,
  );
  expect(plain.stderr).not.toContain('    at ');
  expect((await muster(['validate', '--verbose'], broken)).stderr).toContain('    at ');
});

test('a proxy of the environment is used for https, as a tunnel, and never for loopback', async () => {
  const seen: string[] = [];
  const proxy = createServer().on('connect', (request, socket) => {
    seen.push(request.url ?? '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  const { port } = proxy.address() as AddressInfo;
  const env = {
    MUSTER_TOKEN: 't',
    HTTPS_PROXY: `http://127.0.0.1:${port}`,
    NO_PROXY: 'other.example',
    MUSTER_ALLOWED_HOSTS: 'platform.invalid',
  };
  const options = { io: io(env), mode: 'read', listener: () => undefined } as const;
  const far = await connect({ org: org('https://platform.invalid'), orgs: 1 }, options);
  await expect(
    far.provider.fetchOwn(['u1']).then((lists) => lists.get('u1')),
  ).resolves.toMatchObject({ proven: false });
  await far.close();
  expect(seen[0]).toBe('platform.invalid:443');
  seen.length = 0;
  const sandbox = await startSandbox({ users: 3 });
  const near = await connect(
    { org: org(sandbox.url), orgs: 1 },
    { ...options, io: io({ ...env, MUSTER_TOKEN: sandbox.token }) },
  );
  expect((await near.provider.fetch({ keys: [] })).users.size).toBe(3);
  expect(() => near.allowWrites()).toThrow('a bug');
  await near.close();
  await sandbox.close();
  proxy.close();
  expect(seen).toEqual([]);
}, 60_000);

test('the real world has a clock, ids and a sleep that an abort ends', async () => {
  const world = systemIo();
  expect(Math.abs(world.clock.now() - Date.now())).toBeLessThan(1_000);
  expect(world.newId()).not.toBe(world.newId());
  expect(world.random()).toBeLessThan(1);
  await world.clock.sleep(1);
  const begun = Date.now();
  await world.clock.sleep(60_000, AbortSignal.timeout(5));
  expect(Date.now() - begun).toBeLessThan(10_000);
});

test('SIGINT lets the sandbox end by itself, and an apply finish what is in flight', async () => {
  const sandbox = spawn(process.execPath, [
    resolve('dist/cli/main.js'),
    'sandbox',
    '--port',
    '0',
    '--format',
    'json',
    '--job-delay',
    '1500',
  ]);
  const { url, token } = JSON.parse(String(await once(sandbox.stdout, 'data')));
  const folder = await quickStart(url);
  const apply = spawn(process.execPath, [resolve('dist/cli/main.js'), 'apply', '--yes'], {
    cwd: folder.path,
    env: { PATH: process.env.PATH, MUSTER_TOKEN: token },
  });
  let stdout = '';
  apply.stdout.on('data', (text) => {
    stdout += text;
  });
  apply.stderr.on('data', (text) => String(text).includes('in bulk') && apply.kill('SIGINT'));
  expect(await once(apply, 'exit')).toEqual([130, null]);
  expect(stdout).toContain('Amit Saxena');
  sandbox.kill('SIGINT');
  expect(await once(sandbox, 'exit')).toEqual([0, null]);
  await folder.remove();
}, 60_000);

test.each([
  ['standard output', '| head -1'],
  ['standard error', '2>&1 >/dev/null | head -1'],
  ['a full disk', '>/dev/full'],
])(
  'a closed %s is no error, and an apply goes on to its end',
  async (_name, pipe) => {
    const sandbox = await startSandbox({ rates: { reads: 0, writes: 0 } });
    const more = '    bulk: never\n    pace: { reads: 6000, writes: 6000 }\n';
    const folder = await quickStart(sandbox.url, more);
    const command = `"${process.execPath}" "${resolve('dist/cli/main.js')}" apply --yes`;
    const child = spawn('bash', ['-c', `set -o pipefail; ${command} ${pipe}`], {
      cwd: folder.path,
      env: { PATH: process.env.PATH, MUSTER_TOKEN: sandbox.token },
    });
    let stderr = '';
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(sandbox.counters.byMethod.PUT).toBe(7);
    expect(stderr).not.toContain('    at ');
    await sandbox.close();
    await folder.remove();
  },
  60_000,
);

test('a port that is taken is told, with what to do', async () => {
  const sandbox = await startSandbox();
  const { port } = new URL(sandbox.url);
  const ran = await muster(['sandbox', '--port', port], { cwd: '.' });
  await sandbox.close();
  expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('sandbox-port') });
});
