/** Whom and what a cell means: by rosters alone, and with the platform's people and skills beside them. */
import { expect, test } from 'vitest';
import { config, told } from '../desired/world.ts';
import { changes, inLines, live } from './world.ts';

const says = (who: string, header = 'user') => `${header};skill;level\n${who};Billing;7\n`;

test.each([
  ['ANA@Example.com', 'ana@example.com'],
  ['Ana Ruiz', 'ana@example.com'],
  ['ruiz , ANA', 'ana@example.com'],
  ['CEM', 'cem'],
  ['Cem O\u0308z', 'cem'],
  ['Someone Else <Ana@example.com>', 'ana@example.com'],
])('%s is %s', async (who, key) => {
  const made = await changes(says(`"${who}"`));
  expect(made.changes.map(({ user }) => user)).toEqual([key]);
});

test('a key goes before a name, and is not looked up among names in a column of ids', async () => {
  const rosters = {
    'rosters/a.yaml':
      'version: 1\nusers: { cem: {}, dan: { name: Cem }, "id:x7": { name: X } }\nskills: { Billing: {} }\n',
  };
  expect((await changes(says('Cem'), { rosters })).changes.map(({ user }) => user)).toEqual([
    'cem',
  ]);
  expect((await changes(says('Cem', 'name'), { rosters })).changes.map(({ user }) => user)).toEqual(
    ['dan'],
  );
  for (const [who, header] of [
    ['x7', 'id'],
    ['id:x7', 'id'],
    ['x7', 'user'],
    ['id:x7', 'user'],
  ])
    expect((await changes(says(String(who), header), { rosters })).changes[0]?.user).toBe('id:x7');
  expect(told((await changes(says('Cem', 'id'), { rosters })).findings)).toEqual([
    'table-user-unknown team.csv:2:1',
  ]);
});

test('a name of two people of the rosters is nobody’s', async () => {
  const rosters = {
    'rosters/a.yaml':
      'version: 1\nusers: { a@x.com: { name: Ana Ruiz }, b@x.com: { name: "Ruiz, Ana" } }\nskills: { Billing: {} }\n',
  };
  const made = await changes(says('Ana Ruiz'), { rosters });
  expect(made.findings).toMatchObject([
    { code: 'table-user-ambiguous', message: '`Ana Ruiz` can be any of `a@x.com`, `b@x.com`.' },
  ]);
});

test('a name that is one person’s in the rosters, and somebody else’s on the platform as well, is nobody’s', async () => {
  const alone = await changes(says('Ana Ruiz'));
  expect([alone.asks, alone.changes.length]).toEqual([true, 1]);
  const directory = live([
    { email: 'ana@example.com', name: 'Ana Ruiz' },
    { email: 'ana.mx@example.com', name: 'Ana Ruiz' },
  ]);
  const made = await changes(says('Ana Ruiz'), { live: directory });
  expect(told(made.findings)).toEqual(['table-user-ambiguous team.csv:2:1']);
  const sure = await changes(says('ana@example.com'));
  expect(sure.asks).toBe(false);
});

test('the platform knows people whom no roster names, by whatever they go by, under their best key', async () => {
  const directory = live([
    { email: 'eva@example.com', userName: 'EvaL', name: 'Eva Lind' },
    { email: 'two@example.com', userName: 'one', name: 'First' },
    { email: 'two@example.com', name: 'Second' },
  ]);
  for (const who of ['eva@example.com', 'evaL', 'u1', 'id:u1', 'Eva Lind', 'Lind, Eva']) {
    const made = await changes(says(`"${who}"`), { live: directory });
    expect(made.changes).toMatchObject([
      { user: 'eva@example.com', name: 'Eva Lind', newUser: true },
    ]);
  }
  const keyOf = async (who: string) =>
    (await changes(says(who), { live: directory })).changes.map(({ user }) => user);
  expect(await keyOf('First')).toEqual(['one']);
  expect(await keyOf('Second')).toEqual(['id:u3']);
  expect(told((await changes(says('two@example.com'), { live: directory })).findings)).toEqual([
    'table-user-ambiguous team.csv:2:1',
  ]);
});

test('somebody whom a roster has under another of his names is that entry, and nobody new', async () => {
  const rosters = {
    'rosters/a.yaml': 'version: 1\nusers: { eval: {}, "id:u2": {} }\nskills: { Billing: {} }\n',
  };
  const directory = live([
    { email: 'eva@example.com', userName: 'EvaL', name: 'Eva Lind' },
    { email: 'finn@example.com', userName: 'finn', name: 'Finn' },
  ]);
  for (const [who, key] of [
    ['eva@example.com', 'eval'],
    ['Eva Lind', 'eval'],
    ['finn', 'id:u2'],
    ['finn@example.com', 'id:u2'],
  ]) {
    const made = await changes(says(String(who)), { live: directory, rosters });
    expect(made.changes).toMatchObject([{ user: key, newUser: false }]);
  }
});

test('an alias that the platform adds leads nobody to somebody else', async () => {
  const rosters = {
    'rosters/a.yaml': 'version: 1\nusers: { a@x.com: {} }\nskills: { Billing: {} }\n',
  };
  const directory = live([
    { email: 'a@x.com', userName: 'desk1', name: 'A' },
    { email: 'b@x.com', userName: 'desk1', name: 'B' },
  ]);
  const made = await changes(says('b@x.com'), { live: directory, rosters });
  expect(made.changes).toMatchObject([{ user: 'b@x.com', newUser: true }]);
  const desk = await changes(says('desk1'), { live: directory, rosters });
  expect(told(desk.findings)).toEqual(['table-user-ambiguous team.csv:2:1']);
});

test('who is really new is taken in when that is said, but a name is no key', async () => {
  const made = await changes(says('New@Example.com'), { takeNew: true });
  expect(made.changes).toMatchObject([{ user: 'new@example.com', newUser: true }]);
  expect(made.asks).toBe(true);
  const named = await changes('email;name;skill;level\nnew@example.com;Newt, Nina;Billing;7\n', {
    takeNew: true,
  });
  expect(named.changes).toMatchObject([{ user: 'new@example.com', name: 'Newt, Nina' }]);
  const byId = await changes(says('x-99', 'id'), { takeNew: true });
  expect(byId.changes).toMatchObject([{ user: 'id:x-99' }]);
  for (const [who, header] of [
    ['Nina Newt', 'user'],
    ['Nina', 'name'],
    ['id:', 'user'],
  ])
    expect(told((await changes(says(String(who), header), { takeNew: true })).findings)).toEqual([
      'table-user-unknown team.csv:2:1',
    ]);
});

test('several cells of a row must be about one person; one that nobody knows says nothing against it', async () => {
  const header = 'email;id;name;skill;level';
  const row = (who: string) => changes(`${header}\n${who};Billing;7\n`);
  expect(inLines(await row('ana@example.com;zz-1;Ana Ruiz'))).toEqual([
    'ana@example.com Billing: expert -> 7',
  ]);
  expect(inLines(await row(';;Ana Ruiz'))).toEqual(['ana@example.com Billing: expert -> 7']);
  expect(told((await row('ana@example.com;cem;')).findings)).toEqual([]);
  const two = await changes('email;login;skill;level\nana@example.com;cem;Billing;7\n');
  expect(told(two.findings)).toEqual(['table-user-conflict team.csv:2:1']);
  const other = await row('ana@example.com;;Anna Reed');
  expect(other.findings).toMatchObject([
    {
      code: 'table-name-differs',
      severity: 'warning',
      message: '`ana@example.com` is Ana Ruiz in the rosters, and Anna Reed in the table.',
    },
  ]);
});

test('a cell for a person that holds a date is told', async () => {
  const made = await changes(says('', 'user').replace(';Billing', '"";Billing'));
  expect(told(made.findings)).toEqual(['table-row-incomplete team.csv:2:1']);
});

test('skills by what the rosters pin, by the platform’s names and ids; case aside only where that leaves one', async () => {
  const rosters = {
    'rosters/a.yaml': `version: 1
skills: { Invoices: { id: s1 }, VIP: {}, vip: {} }
users: { cem: {} }
`,
  };
  const directory = live(
    [{ userName: 'cem' }],
    ['Billing', 'Retention', { kind: 'language', name: 'Thai' }],
  );
  const skill = async (name: string, header = 'skill') => {
    const made = await changes(`user;${header};level\ncem;${name};7\n`, {
      rosters,
      live: directory,
    });
    return [...made.changes.map((one) => one.skill), ...made.findings.map(({ code }) => code)];
  };
  expect(await skill('Billing')).toEqual(['Invoices']);
  expect(await skill('invoices')).toEqual(['Invoices']);
  expect(await skill('s1', 'skillId')).toEqual(['Invoices']);
  expect(await skill('s2', 'skill id')).toEqual(['Retention']);
  expect(await skill('retention')).toEqual(['Retention']);
  expect(await skill('VIP')).toEqual(['VIP']);
  expect(await skill('Vip')).toEqual(['table-skill-ambiguous']);
  expect(await skill('s9', 'skillId')).toEqual(['table-skill-unknown']);
  expect(await skill('Thai', 'language')).toEqual(['table-skill-unknown']);
});

test('a skill that is new is taken in when that is said, and asks the platform first', async () => {
  const made = await changes('user;skill;level\ncem;Tax Law;7\n', { takeNew: true });
  expect(made.changes).toMatchObject([{ skill: 'Tax Law', newSkill: true }]);
  expect(made.asks).toBe(true);
});

test('an org that wants ids in its rosters gets them', async () => {
  const made = await changes(says('Eva Lind'), {
    config: config('keys: id'),
    rosters: { 'rosters/a.yaml': 'version: 1\nusers: { "id:u9": {} }\nskills: { Billing: {} }\n' },
    live: live([
      { email: 'eva@example.com', name: 'Eva Lind' },
      { id: 'u9', email: 'x@x.com' },
    ]),
  });
  expect(made.changes).toMatchObject([{ user: 'id:u1', newUser: true }]);
});

test('an e-mail of one that is the user name of another is no key for either', async () => {
  const directory = live([
    { email: 'x@x.com', name: 'X' },
    { userName: 'X@x.com', email: 'y@x.com', name: 'Y' },
  ]);
  const keyOf = async (who: string) =>
    (await changes(says(who), { live: directory })).changes.map(({ user }) => user);
  expect(await keyOf('X')).toEqual(['id:u1']);
  expect(await keyOf('Y')).toEqual(['y@x.com']);
});
