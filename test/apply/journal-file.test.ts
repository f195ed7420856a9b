import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openJournal, readJournal } from '../../src/apply/journal-file.ts';
import { unwritable } from '../../src/apply/journal-folder.ts';
import { parseJournal } from '../../src/apply/journal-lines.ts';
import type { Line } from '../../src/apply/run.ts';
import { keyed } from '../../src/model/assignment.ts';
import { MusterError } from '../../src/model/error.ts';
import { list } from '../support/builders.ts';

const AT = '2026-11-23T10:00:00.000Z';
const now = () => Date.parse(AT);
const BEGUN: Line = { type: 'begun', run: 'r1', org: 'eu-prod', plan: 'sha256:1' };
const DONE: Line = { type: 'decided', userId: 'u1', outcome: 'applied', requestId: 'q-1' };
const ALL: readonly Line[] = [
  BEGUN,
  { type: 'sending', users: [{ userId: 'u1', before: list({ a: 1 }), after: list({ a: 2 }) }] },
  { type: 'answered', userId: 'u1', sent: 'refused', code: 'bad-request', requestId: 'q-0' },
  DONE,
  { type: 'ended', stopped: { code: 'interrupted', message: 'Stopped.' } },
];

let dir: string;
let file: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'muster-journal-'));
  file = join(dir, '.muster', 'runs', 'r1', 'journal.ndjson');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const opened = (run = 'r1') => openJournal({ dir, run, now });
const read = (run = 'r1') => readJournal({ dir, run });

async function written(...lines: readonly Line[]) {
  const journal = await opened();
  await journal.write(...lines);
  await journal.close();
}

test('every kind of line comes back as it was written, with its time', async () => {
  await written(...ALL);
  expect(await read()).toEqual({ lines: ALL.map((line) => ({ ...line, at: AT })) });
});

test('a list whose ids are called like inherited properties comes back as one without any', async () => {
  const odd = { skill: keyed([['__proto__', 1] as const]), language: keyed<number>() };
  await written(BEGUN, { type: 'sending', users: [{ userId: 'u1', before: list(), after: odd }] });
  const sending = (await read())?.lines[1];
  const after = sending?.type === 'sending' ? sending.users[0]?.after : undefined;
  expect(Object.keys(after?.skill ?? {})).toEqual(['__proto__']);
  expect(after?.skill.constructor).toBeUndefined();
});

test('runs are kept out of git, and what somebody ignores there himself is left alone', async () => {
  await (await opened()).close();
  const ignore = join(dir, '.muster', '.gitignore');
  expect(await readFile(ignore, 'utf8')).toBe('*\n');
  await writeFile(ignore, 'runs/\n');
  await (await opened('r2')).close();
  expect(await readFile(ignore, 'utf8')).toBe('runs/\n');
});

test('what several lanes write at the same time is all there, each in its order, in few syncs', async () => {
  const journal = await opened();
  const { FileHandle } = await handleClass();
  const sync = vi.spyOn(FileHandle.prototype, 'sync');
  const decided = (userId: string): Line => ({ type: 'decided', userId, outcome: 'unchanged' });
  await journal.write(BEGUN);
  const lanes = Array.from({ length: 20 }, (_, n) =>
    journal.write(decided(`${n}a`), decided(`${n}b`)),
  );
  await Promise.all(lanes);
  expect(sync.mock.calls.length).toBeLessThanOrEqual(3);
  await journal.close();
  const ids = (await read())?.lines.flatMap((line) => (line.type === 'decided' ? line.userId : []));
  expect(ids).toEqual(Array.from({ length: 20 }, (_, n) => [`${n}a`, `${n}b`]).flat());
});

/** The class of file handles, which node does not export. */
async function handleClass() {
  const { open } = await import('node:fs/promises');
  const handle = await open(file);
  await handle.close();
  return { FileHandle: handle.constructor as { prototype: { sync(): Promise<void> } } };
}

test('a run that is resumed writes behind its earlier lines', async () => {
  await written(BEGUN);
  await written(DONE);
  expect((await read())?.lines.map(({ type }) => type)).toEqual(['begun', 'decided']);
});

test.each([
  ['half a line', '{"type":"decided","userId":"u2","out'],
  ['half a letter', Buffer.concat([Buffer.from('{"type":"ended","at":"'), Buffer.from([0xc3])])],
  ['blocks that were never filled', '\0\0\0\0'],
])(
  'a torn last line is read up to it, and written over by a resumed run: %s',
  async (_name, torn) => {
    await written(BEGUN, DONE);
    await writeFile(file, torn, { flag: 'a' });
    const broken = { line: 3, torn: true };
    expect(await read()).toMatchObject({ lines: [{ type: 'begun' }, DONE], broken });
    await written({ type: 'ended' });
    const after = await read();
    expect(after?.lines.map(({ type }) => type)).toEqual(['begun', 'decided', 'ended']);
    expect(after).not.toHaveProperty('broken');
  },
);

test('a last line that lacks nothing but its end is read, and ended by a resumed run', async () => {
  await written(BEGUN, DONE);
  await writeFile(file, (await readFile(file, 'utf8')).trimEnd());
  expect(await read()).toMatchObject({ lines: [{ type: 'begun' }, DONE] });
  await written({ type: 'ended' });
  expect((await read())?.lines).toHaveLength(3);
});

test('a broken line elsewhere ends the reading, says which it is, and is kept for looking at', async () => {
  await written(BEGUN);
  await writeFile(file, '{"type":"decided"}\n', { flag: 'a' });
  await written();
  const whole = `${await readFile(file, 'utf8')}not json\n{"type":"ended","at":"${AT}"}\n`;
  await writeFile(file, whole);
  expect(await read()).toMatchObject({
    lines: [{ type: 'begun' }],
    broken: { line: 2, torn: false },
  });
  await written(DONE);
  expect((await read())?.lines.map(({ type }) => type)).toEqual(['begun', 'decided']);
  expect(await readFile(join(file, '..', 'journal.broken.ndjson'), 'utf8')).toBe(whole);
});

test.each([
  'null',
  '[]',
  '{"type":"ended"}',
  '{"type":"later","at":""}',
  '{"type":"begun","run":"r1","org":"eu-prod","at":""}',
  '{"type":"answered","userId":"u1","sent":"perhaps","at":""}',
  '{"type":"decided","userId":1,"outcome":"applied","at":""}',
  '{"type":"sending","users":{},"at":""}',
  '{"type":"sending","users":[null],"at":""}',
  '{"type":"sending","users":[{"userId":"u1","before":{"skill":{},"language":{}}}],"at":""}',
  '{"type":"sending","users":[{"userId":"u1","before":{"skill":[]},"after":{}}],"at":""}',
])('a line of another shape is a broken one: %s', (line) => {
  const parsed = parseJournal(Buffer.from(`${line}\n`));
  expect(parsed).toEqual({ lines: [], broken: { line: 1, torn: false }, trusted: 0 });
});

test('a journal that is not there, or does not tell that the run began, tells nothing', async () => {
  expect(await read()).toBeUndefined();
  expect(await read('../r1')).toBeUndefined();
  await written();
  expect(await read()).toBeUndefined();
  await written({ type: 'answered', userId: 'u1', sent: 'unknown' });
  expect(await read()).toBeUndefined();
  await written(BEGUN);
  expect((await read())?.lines).toHaveLength(2);
  await rm(join(dir, '.muster'), { recursive: true });
  await writeFile(join(dir, '.muster'), '');
  expect(await read()).toBeUndefined();
});

test('a journal that cannot be read is an error, not a run that never was', async () => {
  await mkdir(file, { recursive: true });
  await expect(read()).rejects.toMatchObject({
    code: 'journal-unreadable',
    message: expect.stringContaining('a folder stands where the file should be'),
  });
});

async function failure(work: Promise<unknown>): Promise<MusterError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(MusterError);
  const found = error as MusterError;
  expect(found.code).toBe('journal-unwritable');
  expect(found.hint).toContain('.muster/runs');
  return found;
}

test('a file where a folder should be, a folder where the file should be, and an id that is no name', async () => {
  await writeFile(join(dir, '.muster'), '');
  expect((await failure(opened())).message).toContain('a file stands where a folder should be');
  await rm(join(dir, '.muster'));
  await mkdir(file, { recursive: true });
  expect((await failure(opened())).message).toContain('a folder stands where the file should be');
  expect((await failure(opened('../../r1'))).message).toContain('no name for a folder');
  expect(await readdir(dir)).toEqual(['.muster']);
});

test('a folder without the right to write', async () => {
  await chmod(dir, 0o500);
  const root = process.geteuid?.() === 0;
  if (root) {
    await chmod(dir, 0o755);
    process.seteuid?.(65_534);
  }
  try {
    expect((await failure(opened())).message).toContain('this account may not');
  } finally {
    if (root) process.seteuid?.(0);
    await chmod(dir, 0o700);
  }
});

test.runIf(existsSync('/dev/full'))(
  'a full disk fails the write, and every later one',
  async () => {
    await mkdir(join(file, '..'), { recursive: true });
    await symlink('/dev/full', file);
    const journal = await opened();
    expect((await failure(journal.write(BEGUN))).message).toContain('the disk is full');
    await rm(file);
    await failure(journal.write(DONE));
    await journal.close();
    expect(existsSync(file)).toBe(false);
  },
);

test('once a sync has failed nothing more is written, whatever the disk says later', async () => {
  const journal = await opened();
  const { FileHandle } = await handleClass();
  const io = Object.assign(new Error('disk'), { code: 'EIO' });
  vi.spyOn(FileHandle.prototype, 'sync').mockRejectedValueOnce(io);
  expect((await failure(journal.write(BEGUN))).message).toContain('the system says EIO');
  const size = (await readFile(file)).length;
  await failure(journal.write(DONE));
  expect((await readFile(file)).length).toBe(size);
  await journal.close();
});

test('a folder that cannot be synced is as durable as it gets there; one that fails to is an error', async () => {
  await (await opened()).close();
  const { FileHandle } = await handleClass();
  const failing = (code: string) => Object.assign(new Error('no'), { code });
  vi.spyOn(FileHandle.prototype, 'sync').mockRejectedValueOnce(failing('EINVAL'));
  await (await opened()).close();
  vi.spyOn(FileHandle.prototype, 'sync').mockRejectedValueOnce(failing('EIO'));
  await failure(opened());
});

test('what is no error of the system is told all the same', () => {
  const error = unwritable({ dir: '.', run: 'r1' }, 'no reason');
  expect(error.message).toBe('The journal of run "r1" cannot be written: no reason.');
});
