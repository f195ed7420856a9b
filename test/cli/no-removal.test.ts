/**
 * Nothing that is missing is taken for gone: files that are lost, answers that lack something. The org is so small that
 * no share or count of the guards stands in the way of losing all of it.
 */
import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Ground, ground } from '../support/repo.ts';

/** What the platform would have said, changed on its way. */
type Rewrite = (path: string, body: string) => string;

let g: Ground;
let between: Server;
let rewrite: Rewrite;
let people: readonly { readonly id: string; readonly email: string }[];

const unchanged: Rewrite = (_path, body) => body;
const ROSTER = 'rosters/a.yaml';
const config = (more = '') =>
  `version: 1\norgs:\n  eu:\n    platform: admin\n    baseUrl: ${urlOf(between)}\n    pace: { reads: 100000, writes: 100000 }\n${more}`;
const roster = () =>
  `version: 1\nusers:\n${people.map(({ email }) => `  ${email}: { skills: { Billing: 60, Chat: 10 } }\n`).join('')}`;

beforeEach(async () => {
  rewrite = unchanged;
  between = createServer(async (request, answer) => {
    const { method = 'GET', url = '/', headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const reply = await fetch(`${g.sandbox.url}${url}`, {
      method,
      headers: { authorization: `${headers.authorization}`, 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: Buffer.concat(chunks) }),
    });
    const body = await reply.text();
    answer.writeHead(reply.status, { 'content-type': 'application/json' });
    answer.end(method === 'GET' ? rewrite(url, body) : body);
  });
  await new Promise<void>((done) => between.listen(0, '127.0.0.1', done));
  g = await ground({
    files: () => ({ 'muster.yaml': config(), [ROSTER]: 'version: 1\nskills: {}\n' }),
    sandbox: { users: 12, pages: { max: 3 } },
  });
  people = g.sandbox.org.users.slice(6, 9).map(({ id, email }) => ({ id, email }));
  await g.main.commit({ [ROSTER]: roster() });
  const first = await apply();
  expect(first.code, first.stderr).toBe(0);
});
afterEach(async () => {
  between.close();
  await g.close();
});

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const apply = (...more: readonly string[]) => g.main.muster(['apply', '--yes', ...more]);
const drop = (path: string) => rm(join(g.main.path, path), { recursive: true });
/** Who holds what, without the values. */
const held = () =>
  g.sandbox.org.users.flatMap(({ id }) =>
    g.sandbox.skillsOf(id).map(({ skillId }) => `${id} ${skillId}`),
  );

/** Applied as a whole and narrowed: nobody loses anything. Gives the exit codes. */
async function applyEveryWay(...ways: readonly string[]): Promise<readonly number[]> {
  const before = held();
  const codes: number[] = [];
  for (const flags of [[], ...ways.map((way) => way.split(' '))]) {
    const ran = await apply(...flags);
    codes.push(ran.code);
    expect(held(), `${flags}: ${ran.stdout}${ran.stderr}`).toEqual(before);
    expect(ran.stderr).not.toContain('error[internal]');
  }
  return codes;
}

test('the org this is tried on does lose what its files no longer name', async () => {
  await g.main.commit({ [ROSTER]: roster().replaceAll(', Chat: 10', '') });
  const ran = await apply();
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toContain('0 to add, 0 to change, 3 to destroy');
});

test.each<[string, () => Promise<unknown>, number]>([
  ['a roster folder that is gone', () => drop('rosters'), 1],
  ['a roster that is an empty file', () => g.main.write(ROSTER, ''), 1],
  ['a roster of comments', () => g.main.write(ROSTER, '# moved\n'), 1],
  ['a roster whose users have no value', () => g.main.write(ROSTER, 'version: 1\nusers:\n'), 1],
  ['files that name nobody any more', () => g.main.write(ROSTER, 'version: 1\nusers: {}\n'), 3],
  [
    'a glob that matches nothing',
    () => g.main.write('muster.yaml', config('    rosters: [teams/**/*.yaml]\n')),
    1,
  ],
  ['muster.yaml that is gone', () => drop('muster.yaml'), 1],
  ['a roster cut in the middle', () => g.main.write(ROSTER, roster().slice(0, -14)), 1],
])('%s takes nothing from anybody, committed or not', async (_name, lose, code) => {
  const { PUT } = g.sandbox.counters.byMethod;
  await lose();
  expect(await applyEveryWay()).toEqual([code]);
  await g.main.commit({});
  expect(await applyEveryWay('--changed')).toEqual([code, code]);
  expect(g.sandbox.counters.byMethod.PUT).toBe(PUT);
});

interface Listing {
  readonly entities: readonly { readonly skills?: unknown }[];
  readonly total: number;
  readonly pageCount: number;
}
const listing =
  (change: (page: Listing) => object): Rewrite =>
  (path, body) =>
    /\/users\?/.test(path) ? JSON.stringify(change(JSON.parse(body))) : body;
const withoutSkills = listing((page) => ({
  ...page,
  entities: page.entities.map(({ skills: _, ...user }) => user),
}));

test.each<[string, Rewrite, number]>([
  [
    'a listing that returns nobody',
    listing((page) => ({ ...page, entities: [], total: 0, pageCount: 1 })),
    4,
  ],
  ['a listing whose pages are empty', listing((page) => ({ ...page, entities: [] })), 1],
  [
    'a listing of half the pages, and no more by its own word',
    listing((page) => ({ ...page, total: page.total / 2, pageCount: page.pageCount / 2 })),
    4,
  ],
  ['a listing of half the pages', listing((page) => ({ ...page, pageCount: 2 })), 1],
  [
    'own lists with an empty body',
    (path, body) => (path.endsWith('/skills') ? '' : withoutSkills(path, body)),
    4,
  ],
  ['a listing with an empty body', (path, body) => (/\/users\?/.test(path) ? '' : body), 1],
  ['an empty body for everything', () => '', 1],
  ['a catalogue that is empty', (path, body) => (/\/skills\?/.test(path) ? '{}' : body), 1],
])('%s takes nothing from anybody', async (_name, how, code) => {
  await g.main.commit({ [ROSTER]: roster().replaceAll('Chat: 10', 'Chat: 11') });
  rewrite = how;
  // Narrowed to somebody, the listing need not be read at all.
  const [whole] = await applyEveryWay('--changed', `--user ${people[0]?.email}`, '--cause git');
  expect(whole).toBe(code);
});
