import { expect, test } from 'vitest';
import { start } from '../client.ts';

test('an odd org has a few of everything that real ones have, and is the same otherwise', async () => {
  const plain = (await start({ users: 300, platform: 'all' })).sandbox.org;
  const { org } = (await start({ users: 300, platform: 'all', odd: true })).sandbox;
  expect(org.users.map(({ id }) => id)).toEqual(plain.users.map(({ id }) => id));
  const count = (wanted: (user: (typeof org.users)[number]) => boolean) =>
    org.users.filter(wanted).length;
  expect(count(({ state }) => state === 'inactive')).toBe(7);
  expect(count(({ assignments }) => assignments.some(({ inactive }) => inactive))).toBe(12);
  expect(new Set(org.users.map(({ email }) => email)).size).toBe(300 - 6);
  const unlisted = org.skills.filter((skill) => skill.unlisted).map(({ id }) => id);
  expect(count((user) => user.assignments.some(({ id }) => unlisted.includes(id)))).toBe(10);
  expect(org.users[0]).toEqual(plain.users[0]);
});
