/** What a pull writes, case by case. */
import { expect, test } from 'vitest';
import { type Assignments, keyed, type Value } from '../../src/model/assignment.ts';
import type { CatalogueItem, Person } from '../../src/model/live.ts';
import { createMemory } from '../../src/providers/memory/index.ts';
import type { MemoryUser } from '../../src/providers/memory/world.ts';
import { list } from '../support/builders.ts';
import { afterPull, CONFIG, outcomeOf, type Texts } from './world.ts';

const HEAD =
  '# yaml-language-server: $schema=https://unpkg.com/musterctl/schemas/roster.schema.json\nversion: 1\n';

function skill(name: string, id = name.toLowerCase()): CatalogueItem {
  return { kind: 'skill', id, name };
}
const CATALOGUE = [skill('Billing'), skill('Chat'), skill('Spanish')];

interface One extends Partial<Person> {
  readonly has?: Readonly<Record<string, Value>>;
  readonly unreadable?: string;
}

function user({ id = 'u1', has = {}, unreadable, ...person }: One): MemoryUser {
  const assignments: Assignments = list(has);
  return {
    person: { id, active: true, ...person },
    assignments,
    ...(unreadable === undefined ? {} : { unreadable }),
  };
}

function live(people: readonly One[], catalogue: readonly CatalogueItem[] | null = CATALOGUE) {
  return createMemory({ users: people.map(user), ...(catalogue && { catalogue }) });
}

const ANA = { email: 'ana@x.com', name: 'Ana Ruiz', team: 'EMEA Billing', has: { billing: 90 } };
const base = (texts: Texts = {}): Texts => ({ 'muster.yaml': CONFIG, ...texts });

test('one file a team, people sorted, names for ids, levels for their numbers', async () => {
  const config = `${CONFIG}    levels: { expert: 90, top: 90 }\n`;
  const { texts, pulled } = await afterPull(
    base({ 'muster.yaml': config }),
    live([
      { id: 'u2', email: 'zoe@x.com', team: 'EMEA Billing', has: { spanish: 40, chat: 90 } },
      ANA,
      { id: 'u3', userName: 'cem', has: {} },
      { id: 'u4', name: 'Nobody', team: '日本' },
    ]),
  );
  expect(texts['rosters/emea-billing.yaml']).toBe(
    `${HEAD}users:\n  ana@x.com:\n    name: Ana Ruiz\n    skills:\n      Billing: expert\n` +
      '  zoe@x.com:\n    skills:\n      Chat: expert\n      Spanish: 40\n',
  );
  expect(texts['rosters/people.yaml']).toBe(`${HEAD}users:\n  cem: {}\n`);
  expect(texts['rosters/team-cf2abf0c.yaml']).toBe(`${HEAD}users:\n  "id:u4":\n    name: Nobody\n`);
  expect(pulled).toMatchObject({ people: 4, left: [], inactive: 0, profiles: 0 });
});

test('what is ambiguous is pinned, and people whom no name tells apart go by id', async () => {
  const { texts } = await afterPull(
    base(),
    live(
      [
        { id: 'a', email: 'same@x.com', has: { b1: 1, b2: 2 } },
        { id: 'b', email: 'same@x.com', userName: 'ben', has: { look: 3 } },
        { id: 'c', email: 'same@x.com', active: false },
      ],
      [skill('Billing', 'b1'), skill('Billing', 'b2'), skill('Chat', 'c'), skill('Сhat', 'look')],
    ),
  );
  expect(texts['rosters/people.yaml']).toBe(
    `${HEAD}users:\n  ben:\n    skills:\n      Сhat (look): 3\n` +
      '  "id:a":\n    skills:\n      Billing (b1): 1\n      Billing (b2): 2\n',
  );
  expect(texts['rosters/skills.yaml']).toBe(
    `${HEAD}skills:\n  Billing (b1): { id: b1 }\n  Billing (b2): { id: b2 }\n  Сhat (look): { id: look }\n`,
  );
});

test('of doubles the only active one has the key', async () => {
  const { texts } = await afterPull(
    base(),
    live([
      { id: 'a', email: 'same@x.com', has: { chat: 1 } },
      { id: 'b', email: 'same@x.com', active: false },
    ]),
  );
  expect(texts['rosters/people.yaml']).toContain('  same@x.com:\n');
});

test('where the org keeps names out of the files, people go by id alone', async () => {
  const team = 'version: 1\nteams: { t: { members: ["id:u2"], skills: { Chat: 5 } } }\n';
  const { texts } = await afterPull(
    base({ 'muster.yaml': `${CONFIG}    keys: id\n`, 'rosters/t.yaml': team }),
    live([
      { ...ANA, id: 'u1', has: { billing: 9 } },
      { id: 'u2', email: 'b@x.com', name: 'Ben', team: 'EMEA Billing', has: { chat: 6 } },
    ]),
  );
  const users = 'users:\n  "id:u1":\n    skills:\n      Billing: 9\n';
  expect(texts['rosters/t.yaml']).toBe(`${team}${users}  "id:u2":\n    skills:\n      Chat: 6\n`);
});

test('what the platform hides is told', async () => {
  const incomplete = { why: 'It hides 3 agents.', hint: 'Give access.' };
  const platform = createMemory({ users: [user(ANA)], catalogue: CATALOGUE, incomplete });
  const { pulled } = await afterPull(base(), platform);
  expect(pulled.incomplete).toEqual(incomplete);
});

test('without a catalogue ids are names, and pinned', async () => {
  const { texts } = await afterPull(base(), live([{ email: 'a@x.com', has: { 'id-9': 1 } }], null));
  expect(texts['rosters/people.yaml']).toContain('      id-9: 1\n');
  expect(texts['rosters/skills.yaml']).toContain('  id-9: { id: id-9 }\n');
});

test('files that are there keep their comments and order; user entries differ only where the value does', async () => {
  const before = `version: 1
skills: { Billing: { id: billing } } # pinned
teams:
  t: { members: [ana@x.com, ben@x.com], skills: { Chat: 50 } }
users:
  # our best
  ana@x.com:
    skills:
      Spanish: 40 # checked
      Billing: { proficiency: 70, until: 2027-01-01, then: absent } # loan
`;
  const { texts, pulled } = await afterPull(
    base({ 'rosters/team.yaml': before }),
    live([
      { ...ANA, has: { spanish: 40, billing: 80, chat: 50 } },
      { id: 'u2', email: 'ben@x.com', name: 'Ben', has: { chat: 20 } },
      { id: 'u3', email: 'new@x.com', team: 'EMEA Billing', has: { chat: 1 } },
    ]),
  );
  expect(texts['rosters/team.yaml']).toBe(
    `${before.replace('{ proficiency: 70, until: 2027-01-01, then: absent } # loan', '80 # loan')}` +
      '  ben@x.com:\n    name: Ben\n    skills:\n      Chat: 20\n' +
      '  new@x.com:\n    skills:\n      Chat: 1\n',
  );
  expect(Object.keys(texts)).toEqual(['muster.yaml', 'rosters/team.yaml']);
  expect(pulled.files).toMatchObject([{ state: 'changed', added: 2, changed: 1 }]);
});

test('what is gone live leaves the files, or is absent where a team still gives it', async () => {
  const before =
    'version: 1\nteams: { t: { members: [ana@x.com], skills: { Chat: 50 } } }\nusers:\n  ana@x.com:\n    skills: { Billing: 1, Spanish: [2, { proficiency: 3, from: 2027-01-01 }] }\n';
  const { texts } = await afterPull(
    base({ 'rosters/t.yaml': before }),
    live([{ ...ANA, has: {} }]),
  );
  expect(texts['rosters/t.yaml']).toBe(
    before.replace(
      '{ Billing: 1, Spanish: [2, { proficiency: 3, from: 2027-01-01 }] }',
      '{ Chat: absent, Spanish: [{ proficiency: 3, from: 2027-01-01 }] }',
    ),
  );
});

test('nothing unknown is written, and nothing is left out without a word', async () => {
  const before =
    'version: 1\nusers:\n  gone@x.com: { skills: { Chat: 1 } }\n  off@x.com: {}\n  rel@x.com: released\n  dark@x.com: {}\n';
  const { texts, pulled } = await afterPull(
    base({ 'rosters/a.yaml': before }),
    live([
      { id: '1', email: 'off@x.com', active: false },
      { id: '2', email: 'rel@x.com', has: { chat: 9 } },
      { id: '3', email: 'dark@x.com', unreadable: 'It is hidden.' },
      { id: '4', userName: 'new', unreadable: 'It is hidden.' },
      { id: '5', active: false },
      { id: '6', email: 'odd@x.com', has: { chat: { proficiency: null }, billing: 101, lost: 1 } },
    ]),
  );
  expect(texts['rosters/a.yaml']).toBe(`${before}  odd@x.com: {}\n`);
  const a = 'rosters/a.yaml';
  expect(pulled.left).toEqual([
    { reason: 'gone', key: 'gone@x.com', place: { file: a, line: 3, col: 3 } },
    { reason: 'inactive', key: 'off@x.com', place: { file: a, line: 4, col: 3 } },
    { reason: 'odd', key: 'odd@x.com', what: 'Billing' },
    { reason: 'odd', key: 'odd@x.com', what: 'Chat' },
    { reason: 'unnamed', key: 'odd@x.com', what: 'lost' },
    { reason: 'unread', key: 'dark@x.com', why: 'It is hidden.' },
    { reason: 'unread', key: 'new', why: 'It is hidden.' },
  ]);
  expect(pulled).toMatchObject({ people: 1, inactive: 1 });
});

test('a value that the platform rounds is not written as something else', async () => {
  const platform = live([{ email: 'a@x.com', has: { chat: 3, billing: 4 } }]);
  const rounding = {
    ...platform,
    normalize: (...args: Parameters<typeof platform.normalize>) => {
      const targets = platform.normalize(...args);
      const users = targets.users.map((target) => ({
        ...target,
        wants: {
          ...target.wants,
          skill: keyed(
            Object.entries(target.wants.skill).map(([id, want]) => [
              id,
              want.value === 3 ? { ...want, value: 3.5 } : want,
            ]),
          ),
        },
      }));
      return { ...targets, users };
    },
  };
  const { texts, pulled } = await afterPull(base(), rounding);
  expect(texts['rosters/people.yaml']).toBe(
    `${HEAD}users:\n  a@x.com:\n    skills:\n      Billing: 4\n`,
  );
  expect(pulled.left).toEqual([{ reason: 'odd', key: 'a@x.com', what: 'Chat' }]);
});

const SHARED = `version: 1
orgs:
  eu: { platform: admin, baseUrl: 'http://127.0.0.1:1' }
  us: { platform: admin, baseUrl: 'http://127.0.0.1:1' }
`;

test('with several orgs an org pulls into its own folder; what others read is not changed for one of them', async () => {
  const shared =
    'version: 1\nteams: { t: { members: [ben@x.com], skills: { Chat: 5 } } }\nusers:\n  ana@x.com: { skills: { Chat: 5 } }\n  cem@x.com: { orgs: [us], skills: { Chat: 7 } }\n';
  const { texts, pulled } = await afterPull(
    { 'muster.yaml': SHARED, 'rosters/shared/all.yaml': shared },
    live([
      { ...ANA, has: { chat: 6, billing: 1 } },
      { id: 'u2', email: 'ben@x.com', has: { chat: 6 } },
      { id: 'u3', email: 'cem@x.com', has: { chat: 8 } },
    ]),
  );
  expect(texts['rosters/shared/all.yaml']).toBe(shared);
  expect(texts['rosters/eu/emea-billing.yaml']).toBe(
    `${HEAD}users:\n  ana@x.com:\n    name: Ana Ruiz\n    skills:\n      Billing: 1\n`,
  );
  expect(texts['rosters/eu/people.yaml']).toBe(
    `${HEAD}users:\n  ben@x.com:\n    skills:\n      Chat: 6\n  cem@x.com:\n    skills:\n      Chat: 8\n`,
  );
  expect(pulled.left).toEqual([
    {
      reason: 'shared',
      key: 'ana@x.com',
      what: 'Chat',
      place: { file: 'rosters/shared/all.yaml', line: 4, col: 26 },
    },
  ]);
});

test('an entry that cannot be changed is left and told', async () => {
  const text =
    'version: 1\nusers:\n  ana@x.com: { skills: &s { Chat: 1 } }\n  ben@x.com: { skills: *s }\n';
  const { texts, pulled } = await afterPull(
    base({ 'rosters/a.yaml': text }),
    live([
      { ...ANA, has: { chat: 2 } },
      { id: 'u2', email: 'ben@x.com', has: { chat: 1 } },
    ]),
  );
  expect(texts['rosters/a.yaml']).toBe(text);
  expect(pulled.left.map(({ reason, key }) => [reason, key])).toEqual([['odd', 'ana@x.com']]);
});

test('where files have errors nothing is pulled', async () => {
  const { pulled, findings } = await outcomeOf(
    base({ 'rosters/a.yaml': 'version: 1\nusers:\n  ana@x.com: { skills: { Nope: 1 } }\n' }),
    live([ANA]),
  );
  expect(pulled).toBeUndefined();
  expect(findings.map(({ code }) => code)).toEqual(['skill-unknown']);
  const broken = await outcomeOf(base({ 'rosters/a.yaml': 'version: 2\n' }), live([ANA]));
  expect(broken.pulled).toBeUndefined();
});

test('a platform without a list of its people, and an org without a place of its own, are told', async () => {
  const blind = live([ANA]);
  const noList = {
    ...blind,
    fetch: async () => ({ ...(await blind.fetch({ keys: [] })), directory: false }),
  };
  await expect(outcomeOf(base(), noList)).rejects.toMatchObject({ code: 'no-directory' });
  const same = "rosters: ['all/*.yaml']";
  const config = SHARED.replaceAll("127.0.0.1:1' }", `127.0.0.1:1', ${same} }`);
  await expect(outcomeOf({ 'muster.yaml': config }, live([ANA]))).rejects.toMatchObject({
    code: 'no-place',
  });
});

test.each([
  ["['people.yaml']", ['people.yaml']],
  ["['./staff/**/*.yaml']", ['staff/emea-billing.yaml', 'staff/skills.yaml']],
  ["['a/{people,skills}.yaml']", ['a/people.yaml', 'a/skills.yaml']],
  ["['none/*.yml', '**/*.yaml']", ['none/emea-billing.yml', 'none/skills.yml']],
  ["['**/*.yaml']", ['emea-billing.yaml', 'skills.yaml']],
])('with rosters %s new files are %j', async (globs, paths) => {
  const { pulled } = await afterPull(
    base({ 'muster.yaml': `${CONFIG}    rosters: ${globs}\n` }),
    live([{ ...ANA, has: { b1: 1 } }], [skill('Billing', 'b1'), skill('Billing', 'b2')]),
  );
  expect(pulled.files.map(({ path }) => path)).toEqual(paths);
});

test('with --profiles what at least three share is written once', async () => {
  const people = ['ana', 'ben', 'cem', 'dee', 'eva', 'fay', 'gil'].map((name, n) => ({
    id: name,
    email: `${name}@x.com`,
    name,
    team: n < 3 ? 'One' : 'Two',
    has: { billing: 90, chat: 50, ...(n < 3 && { spanish: 10 }) },
  }));
  const config = `${CONFIG}    levels: { expert: 90 }\n`;
  const { texts, pulled } = await afterPull(base({ 'muster.yaml': config }), live(people), {
    profiles: true,
  });
  expect(texts['rosters/profiles.yaml']).toBe(
    `${HEAD}profiles:\n  billing-chat:\n    skills: { Billing: expert, Chat: 50 }\n`,
  );
  expect(texts['rosters/two.yaml']).toContain(
    `${HEAD}users:\n  dee@x.com:\n    name: dee\n    profiles: [billing-chat]\n  eva@x.com:\n    name: eva\n    profiles: [billing-chat]\n`,
  );
  expect(texts['rosters/one.yaml']).toContain(
    '  ana@x.com:\n    name: ana\n    profiles: [billing-chat]\n    skills: { Spanish: 10 }\n',
  );
  expect(pulled.profiles).toBe(1);
});

test('profiles are called by their team or by what they give, and no two alike', async () => {
  const three = (team: string, has: Readonly<Record<string, Value>>): One[] =>
    ['a', 'b', 'c'].map((one, n) => {
      const id = `${team}-${one}`;
      return { id, userName: id, team: n === 0 ? `${team} x` : team, has };
    });
  const people = [
    ...three('one', { billing: 1, chat: 2 }),
    ...three('two', { billing: 1, chat: 3 }),
    ...three('six', { billing: 1, chat: 3.5, spanish: 4 }).map((one) => ({ ...one, team: 'Six' })),
    ...three('ten', { b1: 1, b2: 2 }),
    ...three('odd', { b1: 1, b2: 3 }),
    ...three('off', { b1: 1, b2: 4 }),
  ];
  const catalogue = [...CATALOGUE, skill('日本', 'b1'), skill('中文', 'b2')];
  const platform = createMemory({ users: people.map(user), catalogue, platform: 'genesys' });
  const config = CONFIG.replace('admin', 'genesys');
  const { texts } = await afterPull(base({ 'muster.yaml': config }), platform, { profiles: true });
  const named = Object.values(texts).flatMap((text) => {
    const [, section = ''] = /^profiles:\n((?: .*\n)+)/m.exec(text) ?? [];
    return [...section.matchAll(/^ {2}(\S+):$/gm)].map(([, name]) => name);
  });
  expect(named.sort()).toEqual([
    'billing-1-chat-3',
    'billing-chat',
    'six',
    '中文-3-日本-1',
    '中文-4-日本-1',
    '中文-日本',
  ]);
});
