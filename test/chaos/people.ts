/**
 * A story of an org: who is there, what the files said first, and what they say now. `wanted` is the rule of the design,
 * written a second time and in one place: what a list must become, whatever muster does to get there.
 */
import { generateOrg } from '../../src/sandbox/org/generate.ts';
import type { Org } from '../../src/sandbox/org/org.ts';
import { type Dice, diceOf } from './dice.ts';
import type { List } from './list.ts';
import type { Part, Wire } from './wire.ts';

type Want = number | 'absent';
type Wants = ReadonlyMap<string, Want>;

interface Sheet {
  readonly users: ReadonlyMap<string, Wants>;
  readonly crew: { readonly skills: Wants; readonly members: readonly string[] };
}

export interface Story {
  readonly seed: number;
  readonly org: Org;
  /** Ids of skills that no file ever names. */
  readonly foreign: readonly string[];
  /** The rosters as they were applied first, and as they are now. */
  readonly first: string;
  readonly next: string;
  /** Everybody the files name, or named, by id. */
  readonly people: readonly string[];
  /** Skills that the files name of somebody now: whatever is done to them by hand is put right. */
  namedNow(userId: string): readonly string[];
  /** What travels in one part, where lists travel apart. */
  within(part: Part, list: List): List;
  /** What `list` must become; undefined where the files never named the user. */
  wanted(userId: string, list: List): List | undefined;
}

const NAMED = ['English', 'Billing', 'Refunds', 'Sales', 'Customer Care', 'Chat', 'Returns', 'VIP'];
const CREW = ['Order Status', 'Shipping'];

/** The names of languages have this before them. */
const LANGUAGE = '@';

export interface StoryWords {
  readonly seed: number;
  readonly wire: Wire;
  readonly size?: readonly [number, number];
}

export function storyOf({ seed, wire, size = [30, 60] }: StoryWords): Story {
  const chance = diceOf(seed);
  const dice: Chance = {
    ...chance,
    names: [...NAMED, ...wire.languages.map((name) => LANGUAGE + name)],
    wire,
  };
  const count = dice.int(...size);
  const org = wire.org(generateOrg({ seed, users: count + 12 }), seed);
  const ids = new Map(
    org.skills.map(({ kind, name, id }) => [kind === 'language' ? LANGUAGE + name : name, id]),
  );
  const languages = new Set(org.skills.flatMap((one) => (one.kind === 'language' ? one.id : [])));
  const named = new Set([...dice.names, ...CREW].map((name) => ids.get(name)));
  const emails = org.users.map(({ email }) => email);
  const [newcomers, rest] = [emails.slice(0, 3), emails.slice(3, count)];
  const before = firstSheet(rest, dice);
  const after = nextSheet(before, newcomers, dice);
  const sheets = [before, after].map((sheet) => wantsById(sheet, org, ids));
  const [then = new Map(), now = new Map()] = sheets;
  return {
    seed,
    org,
    foreign: [...ids.values()].filter((id) => !named.has(id)),
    first: rosterText(before),
    next: rosterText(after),
    people: org.users.map(({ id }) => id).filter((id) => then.has(id) || now.has(id)),
    namedNow: (id) => [...(now.get(id)?.keys() ?? [])],
    within(part, list) {
      if (part === 'all') return list;
      return new Map([...list].filter(([id]) => languages.has(id) === (part === 'languages')));
    },
    wanted(userId, list) {
      if (!then.has(userId) && !now.has(userId)) return undefined;
      return becomes(list, then.get(userId) ?? new Map(), now.get(userId) ?? new Map());
    },
  };
}

function becomes(list: List, then: Wants, now: Wants): List {
  const next = new Map(list);
  for (const [id, want] of then) if (want !== 'absent' && !now.has(id)) next.delete(id);
  for (const [id, want] of now) {
    if (want === 'absent') next.delete(id);
    else next.set(id, want);
  }
  return next;
}

interface Chance extends Dice {
  /** What files may name. */
  readonly names: readonly string[];
  readonly wire: Wire;
}

function someWants(dice: Chance): Wants {
  const names = dice.some(dice.names, dice.int(1, 5));
  return new Map(
    names.map((name) => [name, dice.chance(0.2) ? 'absent' : proficiencyOf(name, dice)]),
  );
}

function proficiencyOf(name: string, { wire, int }: Chance): number {
  return wire.scaled(int(0, 100), name.startsWith(LANGUAGE) ? 'language' : 'skill');
}

function firstSheet(emails: readonly string[], dice: Chance): Sheet {
  const skills = new Map([[CREW[0] ?? '', dice.wire.scaled(40, 'skill')]]);
  return {
    users: new Map(emails.map((email) => [email, someWants(dice)])),
    crew: { skills, members: dice.some(emails, 12) },
  };
}

/** Most people get, lose or change something; some leave, some stay as they are, some come. */
function nextSheet(before: Sheet, newcomers: readonly string[], dice: Chance): Sheet {
  const users = new Map<string, Wants>();
  const leaving = new Set(dice.some([...before.users.keys()], 3));
  for (const [email, wants] of before.users) {
    if (leaving.has(email)) continue;
    users.set(email, dice.chance(0.15) ? wants : edited(wants, dice));
  }
  for (const email of newcomers) users.set(email, someWants(dice));
  const stay = before.crew.members.filter((email) => users.has(email) && dice.chance(0.7));
  const join = dice.some([...users.keys()], 5).filter((email) => !stay.includes(email));
  const skills = new Map([[CREW[1] ?? '', dice.wire.scaled(70, 'skill')]]);
  return { users, crew: { skills, members: [...stay, ...join] } };
}

function edited(wants: Wants, dice: Chance): Wants {
  const next = new Map([...wants].filter(() => dice.chance(0.7)));
  for (const [name, want] of someWants(dice)) if (dice.chance(0.5)) next.set(name, want);
  // Somebody without any line is not a user with no skills: he needs one to be in the file at all.
  return next.size > 0 ? next : new Map([['English', dice.wire.scaled(50, 'skill')]]);
}

function wantsById(sheet: Sheet, org: Org, ids: ReadonlyMap<string, string>) {
  const crew = new Set(sheet.crew.members);
  return new Map(
    org.users.flatMap(({ id, email }) => {
      const own = sheet.users.get(email);
      if (own === undefined && !crew.has(email)) return [];
      const wants = [...(crew.has(email) ? sheet.crew.skills : []), ...(own ?? [])];
      return [[id, new Map(wants.map(([name, want]) => [ids.get(name) ?? '', want]))]] as const;
    }),
  );
}

function rosterText({ users, crew }: Sheet): string {
  const entries = (wants: Wants, languages: boolean) =>
    [...wants]
      .filter(([name]) => name.startsWith(LANGUAGE) === languages)
      .map(([name, want]) => `${name.replace(LANGUAGE, '')}: ${want}`)
      .join(', ');
  const person = (wants: Wants) => {
    const spoken = entries(wants, true);
    const languages = spoken === '' ? '' : `, languages: { ${spoken} }`;
    return `{ skills: { ${entries(wants, false)} }${languages} }`;
  };
  const members = crew.members.join(', ');
  return [
    'version: 1',
    'teams:',
    `  crew: { skills: { ${entries(crew.skills, false)} }, members: [${members}] }`,
    'users:',
    ...[...users].map(([email, wants]) => `  ${email}: ${person(wants)}`),
    '',
  ].join('\n');
}
