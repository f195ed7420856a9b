/** What edited rosters come to is held against what the preview says: anything else is found out. */
import { expect, test } from 'vitest';
import { speakers } from '../../src/desired/speakers.ts';
import { surprises, writtenAt } from '../../src/tables/effect.ts';
import { loadRoster, orgOf } from '../desired/world.ts';
import { changes, DAY } from './world.ts';

const ROSTER = ['users: { ana: { skills: { Billing: 60, Chat: 20 } }, ben: {} }'] as const;

async function standing(...lines: readonly string[]) {
  const loaded = await loadRoster(...lines);
  return { org: orgOf(loaded), speakers: speakers('prod', loaded.rosters.get('prod') ?? []) };
}

async function judge(after: string) {
  const made = await changes('user;skill;level\nana;Billing;90\nana;Chat;20\n', {
    rosters: { 'rosters/a.yaml': ['version: 1', ...ROSTER, ''].join('\n') },
  });
  const [was, is] = [await standing(...ROSTER), await standing(after)];
  const effect = { before: was.speakers, after: is.speakers, org: was.org, day: DAY };
  return { found: surprises(made.changes, effect), at: writtenAt(made.changes, effect) };
}

test('what the preview says, and nothing else, is no surprise', async () => {
  const { found, at } = await judge(
    'users: { ana: { skills: { Billing: expert, Chat: 20 } }, ben: {} }',
  );
  expect(found).toEqual([]);
  expect(at).toMatchObject([{ file: 'rosters/a.yaml', line: 2 }]);
});

test.each([
  ['ana Billing', 'users: { ana: { skills: { Billing: 60, Chat: 20 } }, ben: {} }'],
  ['ana Billing', 'users: { ana: { skills: { Billing: 91, Chat: 20 } }, ben: {} }'],
  ['ana Chat', 'users: { ana: { skills: { Billing: expert } }, ben: {} }'],
  [
    'ana Chat',
    'users: { ana: { skills: { Billing: expert, Chat: { proficiency: 20, until: 2027-01-01 } } }, ben: {} }',
  ],
  [
    'ben Billing',
    'users: { ana: { skills: { Billing: expert, Chat: 20 } }, ben: { skills: { Billing: 1 } } }',
  ],
  [
    'cem Chat',
    'users: { ana: { skills: { Billing: expert, Chat: 20 } }, cem: { skills: { Chat: 1 } } }',
  ],
])('%s is one: %s', async (what, after) => {
  expect((await judge(after)).found).toEqual([what]);
});
