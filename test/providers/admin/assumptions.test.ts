import { expect, test } from 'vitest';
import { keyed } from '../../../src/model/assignment.ts';
import { assume } from '../../../src/providers/admin/assumptions.ts';
import { PROVIDER_CODES } from '../../../src/providers/codes.ts';
import { sent, stand, write } from './support.ts';

const of = (key: string, value: string) => () => assume(keyed([[key, value]]));

test.each([
  ['usersPth', '/x', /Did you mean `usersPath`/],
  ['constructor', '/x', /Known are/],
  ['usersPath', 'https://evil.example', /begins with a slash/],
  ['userSkillsPath', '/users', /does not hold \{userId\}/],
  ['pageSize', '0', /from 1/],
])('%s: %s is refused', (key, value, words) => {
  const error = (() => {
    try {
      return of(key, value)();
    } catch (thrown) {
      return thrown as Error & { hint: string };
    }
  })() as Error & { code: string; hint: string };
  expect(error.code).toBe('assumption-unknown');
  expect(`${error.message} ${error.hint}`).toMatch(words);
});

test('an override is what goes over the wire', async () => {
  const assumptions = keyed([
    ['userSkillsPath', '/api/v2/admin/agents/{userId}/abilities'],
    ['skills', 'abilities'],
    ['skillId', 'ability'],
    ['proficiency', 'level'],
  ]);
  const { provider, calls } = stand(() => ({ abilities: [{ ability: 's1', level: 3 }] }), {
    assumptions,
  });
  await sent(provider, write('u1', { s1: 3 }));
  expect(calls[0]).toMatchObject({
    path: '/agents/u1/abilities',
    body: '{"abilities":[{"ability":"s1","level":3}]}',
  });
  const own = (await provider.fetchOwn(['u1'])).get('u1');
  expect(own).toMatchObject({ proven: true, assignments: { skill: { s1: 3 } } });
});

test('every code has a meaning and a cure, each a sentence', () => {
  for (const { meaning, cure } of Object.values(PROVIDER_CODES)) {
    expect(meaning).toMatch(/\.$/);
    expect(cure).toMatch(/\.$/);
  }
});
