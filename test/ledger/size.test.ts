/** Large ledgers stay small, large records stay readable, and long chains are walked to their end. */
import { execFileSync } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';
import { readLedger, writeLedger } from '../../src/ledger/ledger-file.ts';
import { readRecord, writeRecord } from '../../src/ledger/record-file.ts';
import { canonical, keyed } from '../../src/model/assignment.ts';
import {
  all,
  COMMIT,
  cleanUp,
  ENV,
  ledger,
  record,
  repositoryOf,
  sh,
  step,
  storeOf,
} from './world.ts';

afterEach(cleanUp);

const uuid = (number: number) => `7f1c0000-0000-4000-8000-${String(number).padStart(12, '0')}`;

test('everybody verified and 100 skills: under 10 kB', () => {
  const skills = Array.from(
    { length: 100 },
    (_, index) => [`Skill number ${index}`, uuid(index)] as const,
  );
  const value = ledger({
    applied: { commit: COMMIT, day: '2026-11-24' },
    names: { skill: keyed(skills), language: keyed() },
  });
  const text = writeLedger(value);
  expect(Buffer.byteLength(text)).toBeLessThan(10_000);
  expect(readLedger(Buffer.from(text))).toEqual(value);
  const turned = {
    ...value,
    names: { language: keyed<string>(), skill: keyed(skills.toReversed()) },
  };
  expect(writeLedger(turned)).toBe(text);
});

const user = (number: number) => ({
  key: `agent${number}@example.com`,
  before: { skill: keyed([[uuid(1), 3]]), language: keyed<number>() },
  changes: [{ kind: 'skill', id: uuid(1), action: 'change', before: 3, after: 4 }] as const,
  named: { skill: [uuid(1)], language: [] },
  outcome: null,
});
const usersOf = (count: number) =>
  keyed(Array.from({ length: count }, (_, index) => [uuid(index), user(index)] as const));

test.each([0, 1, 7])('a record of %i users in files of two comes back whole', (count) => {
  const value = record({ users: usersOf(count) });
  const size = 2 * canonical(user(0)).length + 100;
  const files = [...writeRecord(value, size)];
  expect(files).toHaveLength(Math.max(1, Math.ceil(count / 2)));
  const [head, ...more] = files.map((text) => Buffer.from(text));
  expect(readRecord([head ?? Buffer.of(), ...more])).toEqual(value);
});

test('a record that takes several files is kept in git whole', async () => {
  const dir = repositoryOf();
  const long = { note: 'x'.repeat(1_000_000) };
  const before = { skill: keyed([['s-1', long]]), language: keyed<number>() };
  const users = Object.entries(usersOf(20)).map(([id, one]) => [id, { ...one, before }] as const);
  const value = record({ users: keyed(users) });
  const store = await storeOf(dir, { remote: null });
  const { commit } = await store.append(null, step('large', { record: value }));
  expect(sh(dir, 'ls-tree', '-r', '--name-only', commit)).toBe('ledger.json\nrun.json\nrun/1.json');
  expect(canonical((await store.read())?.record)).toBe(canonical(value));
});

test('a chain of 1,000 commits is walked to its end, and only as far as is asked', async () => {
  const dir = repositoryOf();
  const blob = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const commits = Array.from({ length: 1_000 }, (_, index) => {
    const files = [
      ['ledger.json', canonical(ledger())],
      ['run.json', canonical(record({ id: `run-${index}` }))],
    ].map(([name, text = '']) => `M 100644 inline ${name}\n${blob(text)}`);
    return `commit refs/muster/eu\ncommitter m <m@localhost> ${index} +0000\n${blob('x')}${files.join('')}`;
  });
  execFileSync('git', ['fast-import', '--quiet'], { cwd: dir, env: ENV, input: commits.join('') });
  const store = await storeOf(dir, { remote: null });
  const ids = (await all(store.history())).map((entry) => entry.record?.id);
  expect(ids).toHaveLength(1_000);
  expect(ids[0]).toBe('run-999');
  for await (const entry of store.history()) {
    expect(entry.record?.id).toBe('run-999');
    break;
  }
});
