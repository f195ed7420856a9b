/** What the files say of one user's one key, place by place. */
import { expect, test } from 'vitest';
import { speakers } from '../../src/desired/speakers.ts';
import { loadRoster } from './world.ts';

test('his own entries stand apart from what his teams and profiles say, each with its rank', async () => {
  const loaded = await loadRoster(
    'profiles: { low: { skills: { Billing: 1, Chat: 2 } }, high: { extends: [low], skills: { Billing: 3 } } }',
    'teams: { t: { profiles: [high], members: [ana, ben], skills: { Billing: 4 } } }',
    'users: { ana: { profiles: [low], skills: { Billing: 5 } }, cem: {} }',
  );
  const standing = speakers('prod', loaded.rosters.get('prod') ?? []);
  const ranks = (user: string, name: string) => {
    const { own, behind } = standing.of(user, 'skill', name);
    const of = (all: typeof own) => all.map(({ rank, terms }) => [rank, terms[0]?.value]);
    return [of(own), of(behind)];
  };
  expect(ranks('ana', 'Billing')).toEqual([
    [[0, 5]],
    [
      [2, 1],
      [1, 4],
      [2, 3],
      [3, 1],
    ],
  ]);
  expect(ranks('ben', 'Chat')).toEqual([[], [[3, 2]]]);
  expect(ranks('cem', 'Billing')).toEqual([[], []]);
  expect(ranks('nobody', 'Billing')).toEqual([[], []]);
  expect([...standing.namesOf('ben', 'skill')].sort()).toEqual(['Billing', 'Chat']);
  expect(standing.namesOf('ana', 'language').size).toBe(0);
  expect([...standing.people.keys()].sort()).toEqual(['ana', 'ben', 'cem']);
});
