import fc from 'fast-check';
import { expect, test } from 'vitest';
import { load } from '../../src/desired/load.ts';
import { resolve } from '../../src/desired/resolve.ts';
import { addDays } from '../../src/model/day.ts';
import {
  config,
  type Files,
  inAWord,
  memory,
  only,
  orgOf,
  resolved,
  roster,
  TWO_PLATFORMS,
  want,
} from './world.ts';

const DAY = '2026-11-25';

/** What ana has of skill A on a day, from the lines of one roster. */
async function anaA(day: string, ...lines: string[]): Promise<string> {
  const { desired } = await resolved({ 'rosters/a.yaml': roster(...lines) }, day);
  return want(desired, 'ana', 'A');
}

test('a user goes before a team, a team before its profiles, a nearer profile before an extended one', async () => {
  const profiles = ['profiles:', '  base: { skills: { A: 1 } }', '  near: { extends: [base] }'];
  const nearer = [...profiles.slice(0, 2), '  near: { extends: [base], skills: { A: 2 } }'];
  const team = (own: string) => `teams: { t: { profiles: [near], members: [ana]${own} } }`;
  expect(await anaA(DAY, ...profiles, team(''))).toBe('1');
  expect(await anaA(DAY, ...nearer, team(''))).toBe('2');
  expect(await anaA(DAY, ...nearer, team(', skills: { A: 3 }'))).toBe('3');
  expect(
    await anaA(DAY, ...nearer, team(', skills: { A: 3 }'), 'users: { ana: { skills: { A: 4 } } }'),
  ).toBe('4');
  expect(await anaA(DAY, ...nearer, 'users: { ana: { profiles: [near] } }')).toBe('2');
  expect(await anaA(DAY, ...nearer, team(''), 'users: { ana: { skills: { A: absent } } }')).toBe(
    'absent',
  );
});

test('a profile that is reached twice counts where it is nearest', async () => {
  const lines = [
    'profiles:',
    '  low: { skills: { A: 1 } }',
    '  high: { extends: [low], skills: { A: 2 } }',
    '  top: { extends: [high] }',
    'users: { ana: { profiles: [top, high] } }',
  ];
  expect(await anaA(DAY, ...lines)).toBe('2');
});

test('a value knows the line it stands in and the way it came', async () => {
  const { desired } = await resolved(
    {
      'rosters/a.yaml': roster(
        'profiles:',
        '  base: { skills: { A: expert } }',
        '  l2: { extends: [base] }',
        'teams: { emea: { profiles: [l2], members: [ana], skills: { B: 1 } } }',
        'users: { ana: { profiles: [base], skills: { C: 2 } }, ben: { profiles: [l2] } }',
      ),
    },
    DAY,
  );
  const ana = desired.users.get('ana')?.wants.skill;
  expect(ana?.get('A')).toEqual({
    state: 'value',
    proficiency: 90,
    level: 'expert',
    loan: false,
    source: { file: 'rosters/a.yaml', line: 3, col: 21, chain: ['profile base'] },
  });
  expect(ana?.get('B')).toMatchObject({ source: { line: 5, chain: ['team emea'] } });
  expect(ana?.get('C')).toMatchObject({ source: { line: 6, col: 45, chain: [] } });
  const ben = desired.users.get('ben')?.wants.skill;
  expect(ben?.get('A')).toMatchObject({ source: { chain: ['profile l2', 'profile base'] } });
});

test('a member of a team gets the whole chain', async () => {
  const { desired } = await resolved(
    {
      'rosters/a.yaml': roster(
        'profiles: { base: { skills: { A: 1 } }, l2: { extends: [base] } }',
        'teams: { emea: { profiles: [l2], members: [ana] } }',
      ),
    },
    DAY,
  );
  expect(desired.users.get('ana')?.wants.skill.get('A')).toMatchObject({
    source: { chain: ['team emea', 'profile l2', 'profile base'] },
  });
});

const own = (value: string) => `users: { ana: { skills: { A: ${value} } } }`;

test.each([
  ['{ proficiency: 5, from: 2026-11-26 }', 'pending 2026-11-26'],
  ['{ proficiency: 5, from: 2026-11-25 }', '5'],
  ['{ proficiency: 5, until: 2026-11-25 }', '5 loan until 2026-11-25'],
  ['{ proficiency: 5, until: 2026-11-25, then: absent }', '5 until 2026-11-25'],
  ['{ proficiency: 5, until: 2026-11-24 }', 'absent'],
  ['{ proficiency: 5 }', '5'],
  ['{ proficiency: absent, until: 2026-11-25 }', 'absent'],
  ['[40, { proficiency: 90, until: 2026-11-27 }]', '90 until 2026-11-27'],
  ['[{ proficiency: 90, until: 2026-11-24 }, 40]', '40'],
  ['[absent, { proficiency: 90, until: 2026-11-27 }]', '90 until 2026-11-27'],
  ['[{ proficiency: 1, until: 2026-11-01 }, { proficiency: 2, from: 2026-12-01 }]', 'absent'],
  [
    '[{ proficiency: 1, from: 2026-12-09 }, { proficiency: 2, from: 2026-12-01, until: 2026-12-02 }]',
    'pending 2026-12-01',
  ],
  [
    '[{ proficiency: 2, from: 2026-12-01, until: 2026-12-02 }, { proficiency: 1, from: 2026-12-09 }]',
    'pending 2026-12-01',
  ],
  [
    '[{ proficiency: 1, until: 2026-11-01 }, { proficiency: 2, from: 2026-11-03, until: 2026-11-05 }, { proficiency: 2, from: 2026-11-02, until: 2026-11-02 }]',
    'absent',
  ],
])('%s is %s', async (value, expected) => {
  expect(await anaA(DAY, own(value))).toBe(expected);
});

test('a window that is over or not begun leaves the word to the places behind it', async () => {
  const team = (value: string) => `teams: { t: { members: [ana], skills: { A: ${value} } } }`;
  const ended = own('{ proficiency: 5, until: 2026-11-01 }');
  const pending = own('{ proficiency: 5, from: 2026-12-01 }');
  expect(await anaA(DAY, team('7'), ended)).toBe('7');
  expect(await anaA(DAY, team('7'), pending)).toBe('7');
  expect(await anaA(DAY, team('{ proficiency: 7, until: 2026-12-24 }'), pending)).toBe(
    '7 loan until 2026-12-24',
  );
  expect(await anaA(DAY, team('{ proficiency: 7, until: 2026-11-03 }'), pending)).toBe('absent');
});

test('a loan is none when something plain stands behind it, wherever that is', async () => {
  const loan = own('{ proficiency: 5, until: 2026-12-01 }');
  expect(await anaA(DAY, loan)).toBe('5 loan until 2026-12-01');
  expect(await anaA(DAY, 'teams: { t: { members: [ana], skills: { A: 1 } } }', loan)).toBe(
    '5 until 2026-12-01',
  );
});

test('two places of one rank that agree are no conflict, and the plain one is named', async () => {
  const { desired, findings } = await resolved(
    {
      'rosters/a.yaml': roster(
        'teams: { t: { members: [ana], skills: { A: { proficiency: 60, until: 2026-12-01 } } } }',
      ),
      'rosters/b.yaml': roster('teams: { u: { members: [ana], skills: { A: skilled } } }'),
    },
    DAY,
  );
  expect(findings).toEqual([]);
  expect(desired.users.get('ana')?.wants.skill.get('A')).toMatchObject({
    level: 'skilled',
    source: { file: 'rosters/b.yaml' },
  });
  expect(desired.validUntil).toBeUndefined();
});

test('two teams or two files that differ are an error that names both, once for everybody', async () => {
  const teams = {
    'rosters/a.yaml': roster('teams: { t: { members: [ana, ben, cem], skills: { A: 1 } } }'),
    'rosters/b.yaml': roster(
      'teams: { u: { members: [ana, ben, cem], skills: { A: absent } } }',
      'users: { cem: { skills: { A: 2 } } }',
    ),
  };
  expect(only((await resolved(teams, DAY)).findings)).toMatchObject({
    code: 'conflict',
    message: 'Two places give ana and 1 more the skill `A` as 1 and as absent.',
    place: { file: 'rosters/a.yaml', line: 2 },
    related: [{ file: 'rosters/b.yaml', line: 2 }],
  });
  const files = {
    'rosters/a.yaml': roster(own('1')),
    'rosters/b.yaml': roster(own('2')),
  };
  expect(only((await resolved(files, DAY)).findings)).toMatchObject({
    message: 'Two places give ana the skill `A` as 1 and as 2.',
  });
});

test('a conflict that begins later is a warning until then, and ends the validity of what is resolved today', async () => {
  const files = {
    'rosters/a.yaml': roster(own('1')),
    'rosters/b.yaml': roster(own('{ proficiency: 2, from: 2026-11-27 }')),
  };
  const today = await resolved(files, DAY);
  expect(only(today.findings)).toMatchObject({
    code: 'conflict-ahead',
    severity: 'warning',
    message: 'Two places give ana the skill `A` as 1 and as 2 from 2026-11-27 on.',
    place: { file: 'rosters/a.yaml' },
    related: [{ file: 'rosters/b.yaml' }],
  });
  expect(today.desired.validUntil).toBe('2026-11-27');
  expect(only((await resolved(files, '2026-11-27')).findings)).toMatchObject({
    code: 'conflict',
    severity: 'error',
  });
});

test('windows that are going to agree, or that a nearer entry settles, are no conflict ahead', async () => {
  const teams = (value: number, ...more: string[]) => ({
    'rosters/a.yaml': roster(
      'teams: { t: { members: [ana], skills: { A: { proficiency: 1, from: 2026-12-01 } } } }',
    ),
    'rosters/b.yaml': roster(
      `teams: { u: { members: [ana], skills: { A: { proficiency: ${value}, from: 2026-12-01 } } } }`,
      ...more,
    ),
  });
  const codes = async (files: ReturnType<typeof teams>) =>
    (await resolved(files, DAY)).findings.map(({ code }) => code);
  expect(await codes(teams(1))).toEqual([]);
  expect(await codes(teams(2, 'users: { ana: { skills: { A: 3 } } }'))).toEqual([]);
  expect(await codes(teams(2))).toEqual(['conflict-ahead']);
});

test('ownership: user before team before org; teams that differ are an error unless the user settles it', async () => {
  const of = async (...lines: string[]) => {
    const world = {
      'muster.yaml': config('ownership: complete'),
      'rosters/a.yaml': roster(...lines),
    };
    const { desired, findings } = await resolved(world, DAY);
    return [desired.users.get('ana')?.ownership, ...findings.map((found) => found.code)];
  };
  const teams =
    'teams: { t: { members: [ana], ownership: listed }, u: { members: [ana] }, v: { members: [ana], ownership: complete } }';
  expect(await of('users: { ana: { skills: { A: 1 } } }')).toEqual(['complete']);
  expect(await of('teams: { t: { members: [ana], ownership: listed } }')).toEqual(['listed']);
  expect(await of(teams)).toEqual(['listed', 'ownership-conflict']);
  expect(await of(teams, 'users: { ana: { ownership: complete, skills: { A: 1 } } }')).toEqual([
    'complete',
  ]);
});

test('released wins over membership, and a released user wants nothing', async () => {
  const { desired, findings } = await resolved(
    {
      'rosters/a.yaml': roster(
        'teams: { t: { members: [ana], skills: { A: { proficiency: 1, from: 2026-11-26 } }, ownership: complete } }',
        'users: { ana: released }',
      ),
    },
    DAY,
  );
  expect(findings).toEqual([]);
  expect(desired.users.get('ana')).toMatchObject({ released: true, ownership: 'listed' });
  expect(want(desired, 'ana', 'A')).toBe('-');
  expect(desired.validUntil).toBeUndefined();
});

test('keys are normalized, members need no entry of their own, and everybody comes in order', async () => {
  const { desired } = await resolved(
    {
      'rosters/a.yaml': roster(
        'teams: { t: { members: [Zoe@Example.com, "id:A@B", zoe@example.com, Max] } }',
        'users: { zoe@example.com: { name: Zoe }, Ana: {} }',
      ),
      'rosters/b.yaml': roster('users: { zoe@example.com: { name: Zoey, skills: { A: 1 } } }'),
    },
    DAY,
  );
  expect([...desired.users.keys()]).toEqual(['Ana', 'Max', 'id:A@B', 'zoe@example.com']);
  expect(desired.users.get('zoe@example.com')).toMatchObject({
    name: 'Zoe',
    place: { file: 'rosters/a.yaml', line: 3, col: 10 },
  });
  expect(desired.users.get('Max')?.place).toEqual({ file: 'rosters/a.yaml', line: 2, col: 69 });
});

const SHARED: Files = {
  'muster.yaml': TWO_PLATFORMS,
  'rosters/shared/a.yaml': roster(
    'skills: { A: { ids: { eu: e1, us: u1 } }, B: {} }',
    'teams: { t: { orgs: [eu], members: [ana], languages: { Spanish: expert }, skills: { A: skilled } } }',
    'users: { ana: { orgs: [us], languages: { French: skilled }, skills: { A: expert } }, ben: {} }',
  ),
  'rosters/eu/b.yaml': roster('skills: { B: { id: b1 }, A: { id: e1 } }'),
  'rosters/us/b.yaml': roster(
    'skills: { C: {}, B: {} }',
    'users: { "__proto": { skills: { constructor: 1 } } }',
  ),
};

test('teams and users take part in the orgs they name; levels and ids are the org’s own', async () => {
  const eu = (await resolved(SHARED, DAY, 'eu')).desired;
  const us = (await resolved(SHARED, DAY, 'us')).desired;
  expect([want(eu, 'ana', 'A'), want(us, 'ana', 'A')]).toEqual(['3', '90']);
  expect(inAWord(eu.users.get('ana')?.wants.language.get('Spanish'))).toBe('5');
  expect(us.users.get('ana')?.wants.language.size).toBe(0);
  expect(want(us, '__proto', 'constructor')).toBe('1');
  expect([...eu.catalogue.values()].map(({ name, id }) => [name, id])).toEqual([
    ['B', 'b1'],
    ['A', 'e1'],
  ]);
  expect([...us.catalogue.values()].map(({ name, id }) => [name, id])).toEqual([
    ['A', 'u1'],
    ['B', undefined],
    ['C', undefined],
  ]);
});

test('what starts or ends within 14 days is listed where it shows', async () => {
  const { desired } = await resolved(
    {
      'rosters/a.yaml': roster(
        'teams:',
        '  t:',
        '    members: [ben, ana]',
        '    skills:',
        '      A: { proficiency: 1, from: 2026-11-30, until: 2026-12-01 }',
        '      B: [{ proficiency: 1, until: 2026-11-26 }, { proficiency: 2, from: 2026-11-27 }]',
        '      C: [{ proficiency: 1, until: 2026-11-26 }, { proficiency: 1, from: 2026-11-27 }]',
        '      D: [1, { proficiency: 2, from: 2026-12-09, until: 9999-12-31 }]',
        '      E: { proficiency: 2, from: 2026-12-10 }',
        'users:',
        '  ana: { skills: { A: 4, B: { proficiency: 3, from: 2026-11-20 } } }',
      ),
    },
    DAY,
  );
  const soon = desired.upcoming.map(
    ({ day, edge, user, name, place }) => `${day} ${edge} ${user} ${name} :${place.line}`,
  );
  expect(soon).toEqual([
    '2026-11-27 ends ben B :7',
    '2026-11-27 starts ben B :7',
    '2026-11-30 starts ben A :6',
    '2026-12-02 ends ben A :6',
    '2026-12-09 starts ana D :9',
    '2026-12-09 starts ben D :9',
  ]);
  expect(desired.upcoming[0]?.place).toEqual({ file: 'rosters/a.yaml', line: 7, col: 11 });
  expect(desired.validUntil).toBe('2026-11-27');
});

test('edges of one day are in the order of their places, and kinds are kept apart', async () => {
  const { desired } = await resolved(
    {
      'muster.yaml': TWO_PLATFORMS,
      'rosters/us/a.yaml': roster('users: {}'),
      'rosters/eu/a.yaml': roster(
        'users:',
        '  ana:',
        '    skills: { A: [{ proficiency: 1, from: 2026-11-27, until: 2026-11-27 }, { proficiency: 1, from: 2026-11-27 }] }',
        '    languages: { A: { proficiency: 1, from: 2026-11-27 } }',
      ),
      'rosters/eu/b.yaml': roster(
        'users: { ana: { skills: { A: { proficiency: 1, from: 2026-11-27 } } } }',
      ),
    },
    DAY,
    'eu',
  );
  expect(desired.upcoming.map(({ kind, place }) => `${kind} ${place.file} ${place.col}`)).toEqual([
    'language rosters/eu/a.yaml 18',
    'skill rosters/eu/a.yaml 19',
    'skill rosters/eu/a.yaml 76',
    'skill rosters/eu/b.yaml 27',
  ]);
});

test('members of a team with nothing of their own share what they want', async () => {
  const { desired } = await resolved(
    {
      'rosters/a.yaml': roster(
        'teams: { t: { members: [ana, ben, cem], skills: { A: 1 } } }',
        'users: { cem: { skills: { B: 1 } } }',
      ),
    },
    DAY,
  );
  const wants = (user: string) => desired.users.get(user)?.wants.skill;
  expect(wants('ana')).toBe(wants('ben'));
  expect(wants('cem')?.get('A')).toBe(wants('ana')?.get('A'));
  expect(want(desired, 'cem', 'B')).toBe('1');
});

test('rosters with errors resolve to less, never to something made up', async () => {
  const loaded = await load(
    memory({
      'muster.yaml': config(),
      'rosters/a.yaml': roster(
        'profiles: { a: { extends: [b] }, b: { extends: [a, nobody], skills: { B: 1 } } }',
        'users: { ana: { profiles: [a, nowhere], skills: { A: mastre, C: 5 } } }',
      ),
      'rosters/b.yaml': roster('profiles: { b: { skills: { B: 2 } } }'),
    }),
  );
  const { desired } = resolve(orgOf(loaded), loaded.rosters.get('prod') ?? [], DAY);
  expect(['A', 'B', 'C'].map((name) => want(desired, 'ana', name))).toEqual(['-', '1', '5']);
});

const term = fc.record({
  value: fc.constantFrom('1', '2', 'absent'),
  from: fc.option(fc.integer({ min: 0, max: 8 })),
  length: fc.option(fc.integer({ min: 0, max: 4 })),
});

const written = term.map(({ value, from, length }) => {
  const begin = from === null ? '' : `, from: ${addDays(DAY, from)}`;
  const end = length === null ? '' : `, until: ${addDays(DAY, (from ?? 0) + length)}`;
  return `{ proficiency: ${value}${begin}${end} }`;
});

test('nothing differs before validUntil, and something does on it', async () => {
  await fc.assert(
    fc.asyncProperty(written, written, written, async (user, team, profile) => {
      const files = {
        'rosters/a.yaml': roster(
          `profiles: { p: { skills: { A: ${profile} } } }`,
          `teams: { t: { members: [ana], profiles: [p], skills: { A: ${team} } } }`,
          own(user),
        ),
      };
      const value = async (day: string) => {
        const word = want((await resolved(files, day)).desired, 'ana', 'A');
        return word.split(' ')[0];
      };
      const { desired } = await resolved(files, DAY);
      const today = await value(DAY);
      for (let days = 1; days <= 15; days++) {
        const day = addDays(DAY, days);
        if (day === desired.validUntil) {
          expect(await value(day)).not.toBe(today);
          return;
        }
        expect(await value(day)).toBe(today);
      }
      expect(desired.validUntil).toBeUndefined();
    }),
    { numRuns: 60 },
  );
});

test.each<[string, string, boolean]>([
  ['a user who names nothing', 'users: { ana: { ownership: complete } }', true],
  ['a team that names nothing', 'teams: { t: { members: [ana], ownership: complete } }', true],
  ['a user who names a skill', 'users: { ana: { ownership: complete, skills: { A: 1 } } }', false],
  ['absent', 'users: { ana: { ownership: complete, skills: { A: absent } } }', false],
  [
    'a skill of later',
    'users: { ana: { ownership: complete, skills: { A: { proficiency: 1, from: 2027-01-01 } } } }',
    false,
  ],
  [
    'a skill of the team',
    'teams: { t: { members: [ana], ownership: complete, skills: { A: 1 } } }',
    false,
  ],
  ['listed', 'users: { ana: {} }', false],
])('%s under complete ownership: told of as emptied or not', async (_what, text, emptied) => {
  const { findings } = await resolved({ 'rosters/a.yaml': roster(text) }, DAY);
  expect(findings).toEqual(
    emptied
      ? [
          expect.objectContaining({
            code: 'complete-empty',
            severity: 'warning',
            message: expect.stringContaining('`ana`'),
            place: expect.objectContaining({ file: 'rosters/a.yaml', line: 2 }),
          }),
        ]
      : [],
  );
});

test('an org that owns everything tells of everybody it empties, but of nobody released', async () => {
  const files = {
    'muster.yaml': config('ownership: complete'),
    'rosters/a.yaml': roster('users:', '  ana: {}', '  ben: released', '  cem: {}'),
  };
  const { findings } = await resolved(files, DAY);
  expect(findings.map(({ code, place }) => `${code} ${place?.line}`)).toEqual([
    'complete-empty 3',
    'complete-empty 5',
  ]);
});
