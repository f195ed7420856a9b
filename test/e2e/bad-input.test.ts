/** Bad input of every kind: a clear error with its code, an exit code that is not 0, and nothing written. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { type Folder, muster, tempFolder } from '../support/shell.ts';

const EMAIL = 'amit.saxena@example.com';
const READ_ONLY = { token: 'read-only', name: 'reader', scopes: ['admin:users:read'] };
const NO_SCOPE = { token: 'no-scope', name: 'nobody', scopes: [] };

let sandbox: Sandbox;
let folder: Folder;
let original: ReturnType<Sandbox['skillsOf']>;
const amit = () => sandbox.org.users.find(({ email }) => email === EMAIL)?.id ?? '';

beforeAll(async () => {
  sandbox = await startSandbox({
    users: 30,
    rates: { reads: 0, writes: 0 },
    tokens: [{ token: 'full' }, READ_ONLY, NO_SCOPE],
  });
  folder = await tempFolder();
  original = sandbox.skillsOf(amit());
});
afterAll(async () => {
  await sandbox.close();
  await folder.remove();
});
beforeEach(async () => {
  sandbox.edit(amit(), original);
  sandbox.clearRequests();
  await folder.remove();
  folder = await tempFolder({
    'muster.yaml': config(sandbox.url),
    'rosters/a.yaml': roster('Spanish: 60'),
  });
});

function config(baseUrl: string): string {
  return `version: 1\norgs:\n  eu-prod:\n    platform: admin\n    baseUrl: ${baseUrl}\n`;
}

function roster(entry: string, user = EMAIL): string {
  return `version: 1\nusers:\n  ${user}:\n    skills:\n      ${entry}\n`;
}

async function apply(env: Readonly<Record<string, string>> = { MUSTER_TOKEN: 'full' }) {
  const ran = await muster(['apply', '--yes'], { cwd: folder.path, env, speed: 50 });
  const { PUT = 0, POST = 0, PATCH = 0, DELETE = 0 } = sandbox.counters.byMethod;
  return { ...ran, writes: PUT + POST + PATCH + DELETE };
}

test('the case all others differ from is a good one', async () => {
  const ran = await apply();
  expect(ran).toMatchObject({ code: 0, writes: 1 });
  expect(ran.stdout).toContain('Plan: ');
});

test.each([
  ['malformed YAML', 'version: 1\nusers: {a', /rosters\/a\.yaml:\d+:\d+/],
  ['a wrong type', 'version: 1\nusers: [1]\n', /rosters\/a\.yaml:2:8/],
  ['an unknown key', 'version: 1\nusres: {}\n', /users/],
  ['a duplicate user', `version: 1\nusers:\n  ${EMAIL}: released\n  ${EMAIL}: released\n`, /:4:3/],
  [
    'two spellings of one user',
    `version: 1\nusers:\n  A@example.com: released\n  a@example.com: released\n`,
    /user-duplicate/,
  ],
  ['a level that the org does not have', roster('Spanish: expert'), /expert/],
  ['a text for a number', roster('Spanish: "60"'), /a\.yaml:5:16/],
  ['101', roster('Spanish: 101'), /a whole number from 0 to 100/],
  ['1.5', roster('Spanish: 1.5'), /a whole number from 0 to 100/],
  ['-1', roster('Spanish: -1'), /a whole number from 0 to 100/],
  ['true', roster('Spanish: true'), /a\.yaml:5:16/],
  ['no skills at all', 'version: 1\nusers:\n  a@example.com:\n    skills: null\n', /a\.yaml:4:/],
  ['an empty file', '', /rosters\/a\.yaml/],
  ['a file of comments', '# nothing\n', /rosters\/a\.yaml/],
])('%s', async (_name, text, expected) => {
  await folder.write('rosters/a.yaml', text);
  const ran = await apply();
  expect(ran).toMatchObject({ code: 1, stdout: '', writes: 0 });
  expect(ran.stderr).toMatch(/error\[[a-z-]+\]/);
  expect(ran.stderr).toMatch(expected);
  expect(sandbox.requests).toEqual([]);
});

test('an unknown skill is an error with a suggestion, and nobody is written', async () => {
  await folder.write('rosters/a.yaml', roster('Spannish: 60'));
  const ran = await apply();
  expect(ran).toMatchObject({ code: 1, writes: 0 });
  expect(ran.stderr).toMatch(/skill-unknown[\s\S]*a\.yaml:5:7[\s\S]*Did you mean `Spanish`\?/);
});

test('a person the platform does not know is held with a suggestion; the others go on; exit 4', async () => {
  await folder.write('rosters/b.yaml', roster('Spanish: 60', 'amit.saxenna@example.com'));
  const ran = await apply();
  expect(ran).toMatchObject({ code: 4, writes: 1 });
  expect(ran.stdout).toContain('amit.saxena@example.com`?');
});

test('no rosters found', async () => {
  await folder.remove();
  folder = await tempFolder({ 'muster.yaml': config(sandbox.url) });
  const ran = await apply();
  expect(ran).toMatchObject({ code: 1, writes: 0 });
  expect(ran.stderr).toContain('rosters/**/*.yaml');
});

test('no muster.yaml', async () => {
  await folder.remove();
  folder = await tempFolder();
  expect(await apply()).toMatchObject({ code: 1, stderr: expect.stringContaining('muster.yaml') });
});

test('a time zone that does not exist is told with everything else', async () => {
  await folder.write('muster.yaml', `${config(sandbox.url)}    timeZone: Mars/Olympus\n`);
  await folder.write('rosters/a.yaml', roster('Spanish: 101'));
  for (const command of ['validate', 'plan']) {
    const ran = await muster([command], { cwd: folder.path, env: { MUSTER_TOKEN: 'full' } });
    expect(ran.code).toBe(1);
    expect(ran.stdout + ran.stderr).toMatch(/time-zone-unknown[\s\S]*off-scale[\s\S]*2 errors/);
  }
});

test('no credentials', async () => {
  const ran = await apply({});
  expect(ran).toMatchObject({ code: 1, writes: 0 });
  expect(ran.stderr).toContain('MUSTER_EU_PROD_TOKEN');
});

test('credentials for reading do not write', async () => {
  const ran = await apply({ MUSTER_READ_TOKEN: 'full' });
  expect(ran).toMatchObject({ code: 1, writes: 0 });
});

test('a wrong token: 401', async () => {
  const ran = await apply({ MUSTER_TOKEN: 'wrong-secret' });
  expect(ran).toMatchObject({ code: 1, writes: 0 });
  expect(ran.stderr).toContain('401');
  expect(ran.stderr + ran.stdout).not.toContain('wrong-secret');
});

test('a missing scope for reading: 403, named', async () => {
  const ran = await apply({ MUSTER_TOKEN: NO_SCOPE.token });
  expect(ran).toMatchObject({ code: 1, writes: 0 });
  expect(ran.stderr).toMatch(/403[\s\S]*admin:users:read/);
});

test('a missing scope for writing: 403, named, the run stops, the list is as before', async () => {
  const before = sandbox.org.users.map(({ id }) => sandbox.skillsOf(id));
  const ran = await apply({ MUSTER_TOKEN: READ_ONLY.token });
  expect(ran.code).toBe(4);
  expect(ran.stdout).toMatch(/403[\s\S]*admin:users:write/);
  expect(sandbox.org.users.map(({ id }) => sandbox.skillsOf(id))).toEqual(before);
});

test.each([
  ['plain http off loopback', 'http://api.mypurecloud.com', /https/],
  ['a host that is not allowed', 'https://evil.example', /MUSTER_ALLOWED_HOSTS/],
  [
    'a host that only looks allowed',
    'https://mypurecloud.com.evil.example',
    /MUSTER_ALLOWED_HOSTS/,
  ],
])('%s', async (_name, url, expected) => {
  await folder.write('muster.yaml', config(url));
  const ran = await apply();
  expect(ran).toMatchObject({ code: 1, writes: 0 });
  expect(ran.stderr).toMatch(expected);
});

test.each([
  [
    'HTML instead of JSON',
    'text/html',
    '<!doctype html><title>Sign in</title>',
    /not JSON but text\/html/,
  ],
  ['an empty answer', 'application/json', '', /no body/],
  ['an empty object', 'application/json', '{}', /\w/],
  ['a listing of nobody', 'application/json', '{"entities":null,"total":0,"pageCount":1}', /\w/],
])('a platform that answers %s', async (_name, type, body, expected) => {
  const server = await answering((_path, answer) =>
    answer.writeHead(200, { 'content-type': type }).end(body),
  );
  await folder.write(
    'muster.yaml',
    config(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
  );
  const ran = await apply();
  server.close();
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toMatch(expected);
});

test('an answer that is always cut in the middle', async () => {
  sandbox.setFaults([{ kind: 'truncated', path: '/api/v2/admin/users' }]);
  const ran = await apply();
  sandbox.setFaults([]);
  expect(ran).toMatchObject({ code: 1, writes: 0, stdout: '' });
  expect(ran.stderr).toMatch(/answer-truncated/);
}, 120_000);

test.each([
  ['an unknown flag', ['plan', '--frobnicate']],
  ['an unknown command', ['plna']],
  ['a bad date', ['plan', '--as-of', '2026-02-30']],
  ['an unknown format', ['plan', '--format', 'xml']],
  ['an org that is not there', ['plan', '--org', 'us-prod']],
  ['a missing --yes without a terminal', ['apply']],
  ['an argument too many', ['validate', 'x']],
  ['a bad log format', ['plan', '--log-format', 'xml']],
])('wrong usage: %s ends with 64', async (_name, args) => {
  const ran = await muster(args, { cwd: folder.path, env: { MUSTER_TOKEN: 'full' } });
  expect(ran).toMatchObject({ code: 64, stdout: '' });
  expect(ran.stderr).not.toBe('');
  expect(sandbox.requests).toEqual([]);
});

type Answering = (path: string, answer: import('node:http').ServerResponse) => void;

function answering(reply: Answering): Promise<Server> {
  const server = createServer((request, answer) => reply(request.url ?? '', answer));
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}
