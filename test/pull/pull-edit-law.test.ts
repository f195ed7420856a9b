/** The law of a pull into files that people wrote by hand: teams, profiles, windows, several files, comments. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyed } from '../../src/model/assignment.ts';
import { createMemory } from '../../src/providers/memory/index.ts';
import { AN_HOUR, RUNS } from '../support/laws.ts';
import { afterPull, CONFIG, outcomeOf, planAfter, type Texts } from './world.ts';

const SKILLS = ['Billing', 'Chat', 'Spanish', 'VIP'];
const USERS = ['ana', 'ben', 'cem', 'dee'];

const entry = fc.oneof(
  fc.integer({ min: 0, max: 5 }).map((n) => String(n * 20)),
  fc.constantFrom(
    'absent',
    '{ proficiency: 70, from: 2026-12-01 }',
    '{ proficiency: 70, until: 2026-11-01 }',
    '{ proficiency: 70, until: 2026-12-01 }',
    '{ proficiency: 70, until: 2026-12-01, then: absent }',
    '[40, { proficiency: 70, from: 2026-11-01, until: 2026-12-01 }]',
    '[40, { proficiency: 80, from: 2027-01-01, reason: fair }]',
  ),
);
const skills = fc.dictionary(fc.constantFrom(...SKILLS), entry, { noNullPrototype: true });
const owned = fc.constantFrom('', '', 'ownership: listed', 'ownership: complete');
const block = (indent: string, entries: Readonly<Record<string, string>>) =>
  Object.keys(entries).length === 0
    ? ''
    : `${indent}skills:\n${Object.entries(entries)
        .map(([name, text]) => `${indent}  # ${name}\n${indent}  ${name}: ${text}\n`)
        .join('')}`;

const user = fc.record({
  name: fc.constantFrom(...USERS),
  file: fc.constantFrom('a', 'b'),
  ownership: owned,
  profile: fc.boolean(),
  skills,
});
const files = fc
  .record({
    users: fc.uniqueArray(user, { selector: ({ name }) => name }),
    members: fc.subarray(USERS),
    team: skills,
    teamOwnership: owned,
    profile: skills,
    base: skills,
  })
  .map(({ users, members, team, teamOwnership, profile, base }): Texts => {
    const texts: Record<string, string> = {};
    texts['rosters/a.yaml'] =
      `version: 1 # top\nprofiles:\n  base:\n    extends: []\n${block('    ', base)}  p:\n    extends: [base]\n${block('    ', profile)}` +
      `teams:\n  t:\n    profiles: [p]\n${teamOwnership && `    ${teamOwnership}\n`}    members: [${members.map((name) => `${name}@example.com`).join(', ')}]\n${block('    ', team)}`;
    for (const { name, file, ownership, profile: has, skills: own } of users) {
      const path = `rosters/${file}.yaml`;
      const before = texts[path] ?? 'version: 1\n';
      const head = /^users:/m.test(before) ? before : `${before}users:\n`;
      const lines = `${ownership && `    ${ownership}\n`}${has ? '    profiles: [p]\n' : ''}${block('    ', own)}`;
      texts[path] = `${head}  ${name}@example.com:${lines === '' ? ' {}' : ''} # ${name}\n${lines}`;
    }
    return { 'muster.yaml': CONFIG, ...texts };
  });
const live = fc.array(
  fc.dictionary(
    fc.constantFrom(...SKILLS),
    fc.integer({ min: 0, max: 5 }).map((n) => n * 20),
  ),
  { minLength: USERS.length, maxLength: USERS.length },
);

function platformOf(lists: readonly Readonly<Record<string, number>>[]) {
  return createMemory({
    users: USERS.map((name, n) => ({
      person: { id: `u-${name}`, email: `${name}@example.com`, team: 'a', active: true },
      assignments: { skill: keyed(Object.entries(lists[n] ?? {})), language: keyed() },
    })),
    catalogue: SKILLS.map((name) => ({ kind: 'skill', id: name, name })),
  });
}

test('law: after a pull into any files that are sound a plan is empty', {
  timeout: AN_HOUR,
}, async () => {
  await fc.assert(
    fc.asyncProperty(files, live, async (texts, lists) => {
      const provider = platformOf(lists);
      const { pulled, findings } = await outcomeOf(texts, provider);
      if (pulled === undefined) {
        // Two places that differ for one skill: nothing is pulled into files that nothing could be planned of.
        expect(findings.map(({ code }) => code)).toContain('conflict');
        return;
      }
      expect(pulled.left).toEqual([]);
      const after = await afterPull(texts, provider);
      const plan = await planAfter(after.texts, provider);
      expect(plan.users).toEqual({});
      expect(plan.held).toEqual([]);
      expect(pulled.people).toBe(USERS.length);
    }),
    { numRuns: RUNS / 10 },
  );
});

test('law: a pull of what the files say already writes nothing', { timeout: AN_HOUR }, async () => {
  await fc.assert(
    fc.asyncProperty(files, live, async (texts, lists) => {
      const provider = platformOf(lists);
      const { pulled } = await outcomeOf(texts, provider);
      if (pulled === undefined) return;
      const { texts: after } = await afterPull(texts, provider);
      expect((await outcomeOf(after, provider)).pulled?.files).toEqual([]);
    }),
    { numRuns: RUNS / 10 },
  );
});
