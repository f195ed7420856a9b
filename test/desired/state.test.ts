/** The files of a point in history, by their own settings, on their own day and today. */
import { expect, test } from 'vitest';
import { load } from '../../src/desired/load.ts';
import { stateAt } from '../../src/desired/state.ts';
import { filesOf } from '../support/pipeline.ts';

const config = (name: string) =>
  `version: 1\norgs:\n  ${name}:\n    platform: admin\n    baseUrl: http://127.0.0.1:1\n`;
const roster = (skills: string) =>
  `version: 1\nusers:\n  ana@example.com:\n    skills: { ${skills} }\n`;
const files = (name: string, skills: string) =>
  filesOf(
    new Map([
      ['muster.yaml', config(name)],
      ['rosters/a.yaml', roster(skills)],
    ]),
  );
const point = { commit: 'abcdef0123456789abcdef0123456789abcdef01', day: '2026-11-20' };
const on = (today: string) => ({ point, orgs: ['eu', 'old'], today });

test('on its own day and today; one state for both until an edge lies between', async () => {
  const loan = files('eu', 'Chat: [40, { proficiency: 90, until: 2026-11-27 }]');
  const still = await stateAt(loan, on('2026-11-27'));
  expect(still.state?.now).toBe(still.state?.onDay);
  const after = await stateAt(loan, on('2026-11-28'));
  const chat = (which: 'now' | 'onDay') =>
    after.state?.[which].users.get('ana@example.com')?.wants.skill.get('Chat');
  expect([chat('onDay'), chat('now')]).toMatchObject([{ proficiency: 90 }, { proficiency: 40 }]);
  const back = await stateAt(loan, on('2026-11-19'));
  expect(back.state?.now).not.toBe(back.state?.onDay);
  const plain = await stateAt(files('eu', 'Chat: 40'), on('2027-11-19'));
  expect(plain.state?.now).toBe(plain.state?.onDay);
});

test('under a former name of the org, with what was read before', async () => {
  const source = files('old', 'Chat: 40');
  const reuse = await load(source);
  const found = await stateAt(source, { ...on('2026-11-27'), reuse });
  expect(found.state?.onDay.users.size).toBe(1);
});

test.each([
  ['no such org', files('other', 'Chat: 40'), 'abcdef012345'],
  ['no muster.yaml', filesOf(new Map([['rosters/a.yaml', roster('Chat: 40')]])), 'muster.yaml'],
  ['a roster that is wrong', files('eu', 'Chat: 400'), 'rosters/a.yaml:4'],
  ['a muster.yaml that is wrong', filesOf(new Map([['muster.yaml', 'version: [']])), 'muster.yaml'],
])('%s is a reason, not a state', async (_what, source, words) => {
  const found = await stateAt(source, on('2026-11-27'));
  expect(found.state).toBeUndefined();
  expect('why' in found && found.why).toContain(words);
});

test('files that were never committed are called so', async () => {
  const at = { ...point, tree: 'ffffff0123456789abcdef0123456789abcdef01' };
  const found = await stateAt(files('other', 'Chat: 40'), { ...on('2026-11-27'), point: at });
  expect('why' in found && found.why).toContain('an earlier working folder');
});
