import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { slug } from '../../../src/sandbox/org/cultures.ts';
import { generateOrg } from '../../../src/sandbox/org/generate.ts';
import type { Org } from '../../../src/sandbox/org/org.ts';

const digest = (org: Org) => createHash('sha256').update(JSON.stringify(org)).digest('hex');
const org = generateOrg({ seed: 1, users: 300 });

test('the org of seed 1 never changes: examples are written against it', () => {
  expect(digest(org)).toBe('f09b8912fd5bb298e74b76aad398a2c4f33db56744d7c4c83bdee4e056507454');
  expect(org.users[0]).toMatchObject({
    id: '94324e2c-2754-4d3b-a4a0-8255737e9709',
    email: 'catarina.ferreira@example.com',
    name: 'Catarina Ferreira',
    team: 'latam-orders',
  });
});

test('a larger org begins with the smaller one of its seed, another seed shares nobody with it', () => {
  const larger = generateOrg({ seed: 1, users: 600 });
  expect(larger.users.slice(0, 300)).toEqual(org.users);
  const ids = new Set(org.users.map((user) => user.id));
  const other = generateOrg({ seed: 2, users: 300 });
  expect(other.users.filter((user) => ids.has(user.id))).toEqual([]);
  expect(other.id).not.toBe(org.id);
});

test('a hundred thousand people have ids and addresses of their own, in plain lower case', () => {
  const { users } = generateOrg({ seed: 3, users: 100_000 });
  expect(new Set(users.map((user) => user.id)).size).toBe(100_000);
  expect(new Set(users.map((user) => user.email)).size).toBe(100_000);
  const odd = users.filter((user) => !/^[a-z]+\.[a-z]+\d*@example\.com$/.test(user.email));
  expect(odd).toEqual([]);
});

test('there are 40 skills; people have 4 to 15 of them, each once, from 0 to 100', () => {
  expect(new Set(org.skills.map((skill) => skill.name)).size).toBe(40);
  const known = new Set(org.skills.map((skill) => skill.id));
  for (const { assignments } of org.users) {
    expect(assignments.length).toBeGreaterThanOrEqual(4);
    expect(assignments.length).toBeLessThanOrEqual(15);
    expect(new Set(assignments.map(({ id }) => id)).size).toBe(assignments.length);
    for (const { kind, id, value } of assignments) {
      expect(kind).toBe('skill');
      expect(known).toContain(id);
      expect(Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 100).toBe(true);
    }
  }
});

test('some skills are common, some rare; most people are good at what they do', () => {
  const all = org.users.flatMap((user) => user.assignments);
  const holders = org.skills.map(({ id }) => all.filter((one) => one.id === id).length);
  expect(Math.max(...holders)).toBeGreaterThan(140);
  expect(Math.min(...holders)).toBeLessThan(15);
  const values = all.map(({ value }) => Number(value)).sort((a, b) => a - b);
  expect(values[Math.floor(values.length / 2)]).toBeGreaterThanOrEqual(65);
});

test('teams have some twenty members, however large the org', () => {
  const { users } = generateOrg({ seed: 1, users: 4800 });
  const teams = new Set(users.map((user) => user.team));
  expect(users.length / teams.size).toBeGreaterThan(10);
  expect(users.length / teams.size).toBeLessThan(40);
});

test('names lose their accents, gaps and quotes in addresses, never a letter', () => {
  expect(
    ['Łukasz', 'Groß', "O'Brien", 'van den Berg', 'Yılmaz', 'Øst', 'Nicolò'].map(slug),
  ).toEqual(['lukasz', 'gross', 'obrien', 'vandenberg', 'yilmaz', 'ost', 'nicolo']);
});
