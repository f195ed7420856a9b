/** Whole comments, as files that can be read and looked at. */
import { expect, test } from 'vitest';
import { comment } from '../../../src/report/comment/comment.ts';
import type { CommentInput } from '../../../src/report/comment/input.ts';
import { change, finding, held, place, user, verdict } from '../builders.ts';
import { input, org, type UserWords } from './world.ts';

const L2 = ['team emea-billing', 'profile billing-l2'];

const few = () =>
  org({
    base: {
      'ana@example.com': { name: 'Ana Ruiz', skills: { Billing: 40, Chat: 20 } },
      'ben@example.com': { name: 'Ben Ode', skills: { Billing: 40 } },
      'cem@example.com': { name: 'Cem Ak', skills: { Billing: 60, Refunds: 40 } },
      'dan@example.com': { name: 'Dan Cole', skills: { Billing: 60 } },
      'eva@example.com': { name: 'Eva Lund', released: true },
    },
    head: {
      'ana@example.com': {
        name: 'Ana Ruiz',
        skills: { Billing: 90, Spanish: [60, '2026-11-27'] },
      },
      'ben@example.com': { name: 'Ben Ode', skills: { Billing: 40 } },
      'cem@example.com': { name: 'Cem Ak', released: true },
      'eva@example.com': { name: 'Eva Lund', released: true },
    },
    users: [
      user(
        'ana@example.com',
        [
          change({
            name: 'Billing',
            action: 'change',
            before: 40,
            after: 90,
            level: 'expert',
            chain: L2,
          }),
          change({ name: 'Chat', action: 'remove', before: 20 }),
          change({ name: 'Spanish' }),
        ],
        { name: 'Ana Ruiz' },
      ),
      user(
        'ben@example.com',
        [change({ name: 'Billing', action: 'change', before: 70, after: 40, cause: 'drift' })],
        {
          name: 'Ben Ode',
        },
      ),
      user(
        'dan@example.com',
        [
          change({
            name: 'Billing',
            action: 'remove',
            before: 60,
            source: { ...place('rosters/old team.yaml', 4), chain: ['team emea-billing'] },
          }),
        ],
        { name: 'Dan Cole', leaver: true },
      ),
    ],
    plan: {
      released: ['cem@example.com', 'eva@example.com'],
      held: [held({ key: 'fay@example.com' })],
      findings: [
        finding({ code: 'name-renamed', severity: 'warning', message: 'The skill was renamed.' }),
      ],
      guards: [
        verdict('removals', {
          message:
            '2 of 6 assignments are removed (33.3 %); allowed are 25 % or 1, and never more than 500.',
        }),
        verdict('users', { passed: true }),
      ],
      upcoming: [
        {
          day: '2026-11-28',
          edge: 'ends',
          user: 'ana@example.com',
          kind: 'skill',
          name: 'Spanish',
          place: place('rosters/a.yaml', 12),
        },
      ],
      losses: [
        { kind: 'skill', id: 'b', name: 'Billing', lose: 1, gain: 0, holders: 14 },
        { kind: 'skill', id: 'c', name: 'Chat', lose: 1, gain: 2 },
      ],
    },
  });

/** A team of forty in which two have something else, and one has it already. */
const team = (name = 'eu-prod', lacks: readonly number[] = []) => {
  const key = (at: number) => `agent${at}@example.com`;
  const all = Array.from({ length: 40 }, (_, at) => at);
  const words = (skills: UserWords['skills']) =>
    Object.fromEntries(
      all.map((at) => [key(at), { name: `Agent ${at}`, teams: ['night'], skills: skills ?? {} }]),
    );
  const given = change({ name: 'Chat', after: 60, level: 'skilled', chain: ['team night'] });
  const odd = [
    user(key(1), [change({ name: 'Chat', after: 20 })], { name: 'Agent 1' }),
    user(
      key(2),
      [
        change({
          name: 'Chat',
          action: 'change',
          before: 10,
          after: 60,
          level: 'skilled',
          chain: ['team night'],
        }),
      ],
      { name: 'Agent 2' },
    ),
  ];
  const users = all
    .filter((at) => at > 2 && !lacks.includes(at))
    .map((at) => user(key(at), [given], { name: `Agent ${at}` }));
  return org({
    base: words({}),
    head: words({ Chat: 60 }),
    users: [...odd, ...users],
    plan: { org: name },
  });
};

const CASES: Readonly<Record<string, () => CommentInput>> = {
  'a-few-people': () => input([few()]),
  'a-few-people-by-initials': () => input([few()], { naming: 'initials' }),
  'a-few-people-by-id-without-values': () => input([few()], { naming: 'id', proficiency: false }),
  'a-few-people-counted': () => input([few()], { naming: 'count' }),
  'a-guard-that-a-commit-allows': () =>
    input([
      {
        ...few(),
        overrides: [{ guard: 'removals', reason: 'site closed' }],
        settings: ['guards', 'levels'],
      },
    ]),
  'a-team-with-exceptions': () => input([team()]),
  'two-orgs-alike': () => input([team(), team('us-prod', [7])]),
  'errors-in-the-files': () =>
    input([], {
      findings: [
        finding(),
        finding({ code: 'conflict', place: place('rosters/b.yaml', 3, 1), hint: 'Keep one.' }),
      ],
    }),
  'an-org-without-a-plan': () =>
    input([], { unplanned: [{ org: 'eu-prod', why: 'No plan of it was handed in.' }] }),
  'no-org-changes': () => input([]),
};

test.each(Object.keys(CASES))('%s', async (name) => {
  const { body } = comment((CASES[name] as () => CommentInput)());
  await expect(body).toMatchFileSnapshot(`golden/${name}.md`);
});
