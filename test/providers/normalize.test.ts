import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KINDS, NO_ASSIGNMENTS } from '../../src/model/assignment.ts';
import type { DesiredState, DesiredUser, Want } from '../../src/model/desired.ts';
import { hasErrors } from '../../src/model/finding.ts';
import type { CatalogueItem, LiveState, LiveUser, Person } from '../../src/model/live.ts';
import { nearestOf } from '../../src/providers/nearest.ts';
import { normalize } from '../../src/providers/normalize.ts';
import { pooled } from '../../src/providers/pool.ts';

let line = 0;
const place = () => ({ file: 'rosters/a.yaml', line: ++line, col: 3 });

function user(
  key: string,
  skills: readonly string[] = [],
  more: Partial<DesiredUser> & { languages?: readonly string[] } = {},
): DesiredUser {
  const wants = (names: readonly string[]): Map<string, Want> =>
    new Map(
      names.map((name, n) => [
        name,
        n === 1
          ? { state: 'absent', source: { ...place(), chain: [] } }
          : { state: 'value', proficiency: 7.25, loan: false, source: { ...place(), chain: [] } },
      ]),
    );
  const { languages = [], ...rest } = more;
  return {
    key,
    place: place(),
    ownership: 'listed',
    teams: [],
    released: false,
    wants: { skill: wants(skills), language: wants(languages) },
    ...rest,
  };
}

function desired(
  users: readonly DesiredUser[],
  pins: Readonly<Record<string, string | null>> = {},
): DesiredState {
  return {
    org: 'acme',
    day: '2026-11-23',
    users: new Map(users.map((each) => [each.key, each])),
    catalogue: new Map(
      Object.entries(pins).map(([name, id]) => [
        name,
        { name, place: place(), ...(id === null ? {} : { id }) },
      ]),
    ),
    upcoming: [],
  };
}

const person = (id: string, more: Partial<LiveUser> & Partial<Person> = {}): LiveUser => {
  const { list = { proven: true, assignments: NO_ASSIGNMENTS }, ...rest } = more;
  return { person: { id, email: `${id}@example.com`, active: true, ...rest }, list };
};

function live(
  users: readonly LiveUser[],
  names?: Readonly<Record<string, string>>,
  directory = true,
): LiveState {
  const catalogue =
    names &&
    Object.entries(names).map(
      ([id, name]): CatalogueItem => ({
        kind: id.startsWith('l') ? 'language' : 'skill',
        id,
        name,
      }),
    );
  return { users: new Map(users.map((each) => [each.person.id, each])), catalogue, directory };
}

const NAMES = { s1: 'Billing', s2: 'Chat', l1: 'Spanish' };
const run = (wanted: DesiredState, there: LiveState) =>
  normalize(wanted, there, (_kind, proficiency) => Math.round(proficiency));

test('names become ids, keys people, proficiencies stored values', () => {
  const ana = user('ana@example.com', ['Billing', 'Chat'], { languages: ['Spanish'] });
  const { users, held, findings, names } = run(desired([ana]), live([person('ana')], NAMES));
  expect({ held, findings }).toEqual({ held: [], findings: [] });
  expect(users[0]).toMatchObject({ key: ana.key, person: { id: 'ana' }, place: ana.place });
  expect(users[0]?.wants.skill).toMatchObject({
    s1: { name: 'Billing', value: 7 },
    s2: { want: { state: 'absent' } },
  });
  expect(users[0]?.wants.skill.s2).not.toHaveProperty('value');
  expect(users[0]?.wants.language).toMatchObject({ l1: { name: 'Spanish', value: 7 } });
  expect({ ...names.skill }).toEqual({ s1: 'Billing', s2: 'Chat' });
});

test.each([
  ['id:u1', { userName: 'Ana' }],
  ['ana', { userName: 'Ana' }],
  ['u1@example.com', {}],
])('%s is found', (key, fields) => {
  expect(run(desired([user(key)]), live([person('u1', fields)])).users).toHaveLength(1);
});

test.each<[string, LiveUser[], boolean, string, RegExp]>([
  ['anna@example.com', [person('ana')], true, 'not-found', /Did you mean `ana@example.com`/],
  ['zoe@elsewhere.example', [person('ana')], true, 'not-found', /Correct the key/],
  ['id:gone', [person('ana')], true, 'not-found', /Correct the key/],
  ['ana@example.com', [], false, 'not-found', /id:<platform id>/],
  ['ana@example.com', [person('ana', { active: false })], true, 'inactive', /activate/],
])('%s is held (%#)', (key, people, directory, reason, hint) => {
  const { held, users } = run(desired([user(key)]), live(people, NAMES, directory));
  expect(users).toEqual([]);
  expect(held).toMatchObject([{ key, reason, hint: expect.stringMatching(hint) }]);
});

test('released people are neither written nor held, known or not', () => {
  const released = { released: true };
  const wanted = desired([
    user('ana@example.com', ['Nonsense'], released),
    user('who@example.com', [], released),
  ]);
  expect(run(wanted, live([person('ana')], NAMES))).toMatchObject({
    users: [],
    held: [],
    findings: [],
    released: ['ana@example.com', 'who@example.com'],
  });
});

test('two keys of one person are an error that names both places, released or not', () => {
  for (const released of [false, true]) {
    const [one, two] = [user('ana@example.com'), user('id:ana', [], { released })];
    const { findings } = run(desired([one, two]), live([person('ana')]));
    expect(findings).toMatchObject([
      { code: 'user-duplicate', place: two.place, related: [one.place] },
    ]);
  }
});

test('an e-mail of two people is ambiguous, unless one alone is active', () => {
  const email = 'ana@example.com';
  const both = [person('u1', { email }), person('u2', { email })];
  const { findings, users } = run(desired([user(email)]), live(both));
  expect(findings).toMatchObject([
    { code: 'user-ambiguous', message: expect.stringContaining('`u1` and `u2`') },
  ]);
  expect(users).toEqual([]);
  const former = [person('u1', { email, active: false }), person('u2', { email })];
  expect(run(desired([user(email)]), live(former)).users[0]?.person.id).toBe('u2');
  const freed = run(desired([user(email, [], { released: true })]), live(both));
  expect(freed).toMatchObject({ findings: [], released: [email] });
});

test('everybody a released key fits is released: another key for one of them is an error', () => {
  const email = 'ana@example.com';
  const two = [person('u1', { email }), person('u2', { email })];
  const released = user(email, [], { released: true });
  for (const there of [two, [two[0] as LiveUser, person('u2', { email, active: false })]]) {
    for (const id of ['u1', 'u2']) {
      const managed = user(`id:${id}`);
      for (const users of [
        [released, managed],
        [managed, released],
      ]) {
        const { findings } = run(desired(users), live(there));
        expect(findings).toMatchObject([{ code: 'user-duplicate', place: users[1]?.place }]);
      }
    }
  }
  const both = run(desired([user('id:u1'), user('id:u2'), released]), live(two));
  expect(both.findings.map(({ code }) => code)).toEqual(['user-duplicate', 'user-duplicate']);
});

const codes = (
  pins: Readonly<Record<string, string | null>>,
  names: Readonly<Record<string, string>> | undefined,
  ...skills: string[]
) => run(desired([user('ana@example.com', skills)], pins), live([person('ana')], names)).findings;

test('an unknown name is one finding with every place and a guess', () => {
  const wanted = desired([
    user('ana@example.com', ['Biling']),
    user('ben@example.com', ['Biling']),
  ]);
  const { findings, users } = run(wanted, live([person('ana'), person('ben')], NAMES));
  expect(findings).toMatchObject([
    { code: 'skill-unknown', hint: expect.stringContaining('`Billing`') },
  ]);
  expect(findings[0]?.related).toHaveLength(1);
  expect(users[0]?.wants.skill).toEqual({});
});

test('a name that a hundred people use lists no more places than can be read', () => {
  const many = Array.from({ length: 100 }, (_, n) => user(`u${n}@example.com`, ['Nope']));
  expect(run(desired(many), live([], NAMES)).findings[0]?.related).toHaveLength(9);
});

test.each<
  [
    string,
    Readonly<Record<string, string | null>>,
    Readonly<Record<string, string>> | undefined,
    string[],
    string[],
  ]
>([
  ['a name of two skills', {}, { s1: 'Billing', s2: 'Billing' }, ['Billing'], ['skill-ambiguous']],
  ['which is meant, pinned', { Billing: 's2' }, { s1: 'Billing', s2: 'Billing' }, ['Billing'], []],
  ['an alias', { Invoices: 's1' }, NAMES, ['Invoices'], []],
  [
    'a pinned id nobody has',
    { Billing: 'gone' },
    { s2: 'Chat' },
    ['Billing'],
    ['skill-id-unknown'],
  ],
  ['two names of one id', { Invoices: 's1' }, NAMES, ['Invoices', 'Billing'], ['skill-two-names']],
  ['two pins of one id', { A: 's1', B: 's1' }, NAMES, [], ['skill-two-names']],
  ['no catalogue, pinned', { Billing: 's1' }, undefined, ['Billing'], []],
  ['no catalogue, not pinned', { Billing: null }, undefined, ['Billing'], ['skill-unknown']],
  ['a skill pinned to a language', { Spanish: 'l1' }, NAMES, ['Spanish'], ['skill-unknown']],
])('%s', (_what, pins, names, skills, expected) => {
  expect(codes(pins, names, ...skills).map(({ code }) => code)).toEqual(expected);
});

test('a pinned id that is gone stands for its name all the same, beside the error', () => {
  const pins = { Billing: 'gone', Unused: 'gone-too' };
  // The name has passed to another skill: what the files said was not said of that one.
  for (const names of [{ s2: 'Chat' }, { s1: 'Billing' }]) {
    const ana = user('ana@example.com', ['Billing'], { languages: [] });
    const {
      users,
      findings,
      names: display,
    } = run(desired([ana], pins), live([person('ana')], names));
    expect(Object.keys(users[0]?.wants.skill ?? {})).toEqual(['gone']);
    expect(display.skill.gone).toBe('Billing');
    expect(display.skill).not.toHaveProperty('gone-too');
    expect(findings.map(({ code }) => code)).toEqual(['skill-id-unknown', 'skill-id-unknown']);
  }
});

test('whatever is pinned: a want of an unknown id, or without one, is never without an error', () => {
  const some = fc.constantFrom('Billing', 'Chat', 'Spanish', 'Nope');
  const id = fc.constantFrom('s1', 's2', 'l1', 'gone', 'lost');
  const uses = fc.uniqueArray(some, { maxLength: 3 });
  const all = fc.record({
    pins: fc.dictionary(some, id),
    names: fc.option(
      fc.dictionary(
        id.filter((each) => each.length === 2),
        some,
      ),
      { nil: undefined },
    ),
    skills: uses,
    languages: uses,
  });
  fc.assert(
    fc.property(all, ({ pins, names, skills, languages }) => {
      const ana = user('ana@example.com', skills, { languages });
      const there = live([person('ana')], names);
      const { users, findings } = run(desired([ana], pins), there);
      const known = there.catalogue?.map((item) => `${item.kind} ${item.id}`);
      const sound = KINDS.every((kind) => {
        const wanted = Object.keys(users[0]?.wants[kind] ?? {});
        const meant = wanted.every((each) => known?.includes(`${kind} ${each}`) ?? true);
        return meant && wanted.length === ana.wants[kind].size;
      });
      expect(sound || hasErrors(findings)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('the nearest of 100,000 is found, and far ones are not guessed', () => {
  const all = Array.from({ length: 100_000 }, (_, n) => `first${n}.last${n % 977}@example.com`);
  const nearest = nearestOf(() => all);
  expect(nearest('frist4711.last803@example.com')).toBe('first4711.last803@example.com');
  expect(nearest('somebody.else@elsewhere.example')).toBeUndefined();
});

test('of equally near ones the first counts, case aside', () => {
  expect(nearestOf(() => ['Chab', 'Chaa'])('chat')).toBe('Chaa');
  expect(nearestOf(() => ['Chaa', 'Chat'])('CHAT')).toBe('Chat');
});

test('a pool keeps the order, its width, and stops at the first failure', async () => {
  let now = 0;
  let most = 0;
  const work = async (n: number) => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setTimeout(resolve, 5 - n));
    now -= 1;
    return n * 2;
  };
  expect(await pooled([1, 2, 3, 4, 5], 2, work)).toEqual([2, 4, 6, 8, 10]);
  expect(most).toBe(2);
  const begun: number[] = [];
  const failing = pooled([1, 2, 3, 4], 2, async (n) => {
    begun.push(n);
    await Promise.resolve();
    if (n === 1) throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(begun.length).toBeLessThan(4);
});

test('a name that the other kind has says so', () => {
  const files = desired([user('u1@example.com', ['Spanish'], { languages: ['Billing'] })]);
  const { findings } = normalize(files, live([person('u1')], NAMES), (_kind, value) => value);
  expect(findings.map(({ code, message, hint }) => [code, message, hint])).toEqual([
    [
      'skill-unknown',
      'The platform has no skill named `Spanish`: it is a language.',
      'Write it under `languages`, beside `skills`.',
    ],
    [
      'skill-unknown',
      'The platform has no language named `Billing`: it is a skill.',
      'Write it under `skills`, beside `languages`.',
    ],
  ]);
});

test('an id that somebody has is there, though the catalogue does not show it', () => {
  const assignments = { ...NO_ASSIGNMENTS, skill: { hidden: 3 } };
  const files = desired([user('u1@example.com', ['Secret'])], { Secret: 'hidden' });
  const codes = (holder: LiveUser) =>
    normalize(files, live([person('u1'), holder], NAMES), (_kind, value) => value).findings.map(
      ({ code }) => code,
    );
  expect(codes(person('u2', { list: { proven: true, assignments } }))).toEqual([]);
  expect(codes(person('u2', { list: { proven: false, why: 'Hidden.' } }))).toEqual([
    'skill-id-unknown',
  ]);
});
