import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Loaded, load } from '../../src/desired/load.ts';
import type { FileSource } from '../../src/model/source.ts';
import { config, type Files, memory, roster, TWO_PLATFORMS } from './world.ts';

const A = 'rosters/a.yaml';
const B = 'rosters/b.yaml';
const FILES: Files = {
  'muster.yaml': config(),
  [A]: roster('users: { ana: { skills: { A: expert } } }'),
  [B]: roster('users: { ben: { skills: { A: exprt } } }'),
};

function git(content: string | Uint8Array): string {
  const bytes = Buffer.from(content);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** Counts what is read; `knows` tells object ids without reading, as a revision of git does. */
function counting(files: Files, knows = false): { source: FileSource; reads: string[] } {
  const inner = memory(files);
  const reads: string[] = [];
  const source: FileSource = {
    list: inner.list,
    read: (path) => {
      reads.push(path);
      return inner.read(path);
    },
    ...(knows && { oid: (path: string) => git(files[path] ?? '') }),
  };
  return { source, reads };
}

const fileOf = (loaded: Loaded, index: number, org = 'prod') => loaded.rosters.get(org)?.[index];

test('a reading knows what git calls the bytes it was made of', async () => {
  const loaded = await load(memory({ ...FILES, [A]: 'version: 1\n' }));
  expect(loaded.readings.get(A)?.oid).toBe('b82551848c644f63b8517a7bdf8be9a992e6f4da');
  expect([...loaded.readings.keys()]).toEqual([A, B]);
});

test('a second load of what git knows reads muster.yaml alone, and equals a fresh one', async () => {
  const first = await load(counting(FILES).source);
  const { source, reads } = counting(FILES, true);
  const second = await load(source, { reuse: first });
  expect(reads).toEqual(['muster.yaml']);
  expect(second).toEqual(first);
  expect(second.findings.map(({ code }) => code)).toEqual(['level-unknown']);
  for (const index of [0, 1]) expect(fileOf(second, index)).toBe(fileOf(first, index));
});

test('a folder is read again, but what is unchanged is not parsed', async () => {
  const first = await load(counting(FILES, true).source);
  const { source, reads } = counting(FILES);
  const second = await load(source, { reuse: first });
  expect(reads).toEqual(['muster.yaml', A, B]);
  expect(second).toEqual(first);
  expect(second.readings.get(A)).toBe(first.readings.get(A));
});

test('a file with other bytes is parsed, the others are not', async () => {
  const first = await load(memory(FILES));
  const changed = { ...FILES, [B]: roster('users: { ben: { skills: { A: 5 } } }') };
  for (const knows of [false, true]) {
    const second = await load(counting(changed, knows).source, { reuse: first });
    expect(fileOf(second, 0)).toBe(fileOf(first, 0));
    expect(fileOf(second, 1)).not.toBe(fileOf(first, 1));
    expect(second).toEqual(await load(memory(changed)));
  }
});

test.each([
  ['a level has another number', config().replace('expert: 90', 'expert: 91')],
  [
    'levels come in another order',
    config().replace('{ novice: 20, skilled: 60,', '{ skilled: 60, novice: 20,'),
  ],
  [
    'the platform is another',
    config()
      .replace('admin', 'genesys')
      .replace(/levels.*/, 'levels: {}'),
  ],
  ['there is another org', `${config()}  other: { platform: admin, baseUrl: https://a.example }\n`],
])('nothing is taken over when %s', async (_what, text) => {
  const first = await load(memory(FILES));
  const files = { ...FILES, 'muster.yaml': text };
  const second = await load(memory(files), { reuse: first });
  for (const [path, reading] of second.readings) expect(reading).not.toBe(first.readings.get(path));
  expect(second).toEqual(await load(memory(files)));
});

test('settings that no roster depends on change nothing', async () => {
  const first = await load(memory(FILES));
  const files = { ...FILES, 'muster.yaml': config('ownership: complete', 'bulk: never') };
  const second = await load(memory(files), { reuse: first });
  expect(fileOf(second, 0)).toBe(fileOf(first, 0));
});

test('a file that another org reads besides is read anew', async () => {
  const files = {
    'rosters/eu/a.yaml': roster('users: {}'),
    'rosters/us/a.yaml': roster('users: {}'),
  };
  const first = await load(memory({ 'muster.yaml': TWO_PLATFORMS, ...files }));
  const wider = TWO_PLATFORMS.replace(
    'platform: admin',
    'platform: admin\n    rosters: [rosters/**]',
  );
  const second = await load(memory({ 'muster.yaml': wider, ...files }), { reuse: first });
  expect(fileOf(second, 0, 'us')).not.toBe(fileOf(first, 0, 'eu'));
  expect(fileOf(second, 1, 'us')).toBe(fileOf(first, 0, 'us'));
});

test('what could not be made sense of is not tried again', async () => {
  const files = { ...FILES, [A]: 'broken: [' };
  const first = await load(memory(files));
  const { source, reads } = counting(files, true);
  expect(await load(source, { reuse: first })).toEqual(first);
  expect(reads).toEqual(['muster.yaml']);
});
