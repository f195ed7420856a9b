/**
 * A story of an org: who is there, what the files said first, and what they say now. `wanted` is the rule of the design,
 * written a second time and in one place: what a list must become, whatever muster does to get there.
 */
import { generateOrg } from '../../src/sandbox/org/generate.ts';
import type { Org } from '../../src/sandbox/org/org.ts';
import { type Dice, diceOf } from './dice.ts';

type Want = number | 'absent';
type Wants = ReadonlyMap<string, Want>;
/** Proficiencies by skill id. */
export type List = ReadonlyMap<string, number>;

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
  /** What `list` must become; undefined where the files never named the user. */
  wanted(userId: string, list: List): List | undefined;
}

const NAMED = ['English', 'Billing', 'Refunds', 'Sales', 'Customer Care', 'Chat', 'Returns', 'VIP'];
const CREW = ['Order Status', 'Shipping'];

export function storyOf(seed: number, size: readonly [number, number] = [30, 60]): Story {
  const dice = diceOf(seed);
  const count = dice.int(...size);
  const org = generateOrg({ seed, users: count + 12 });
  const ids = new Map(org.skills.map(({ name, id }) => [name, id]));
  const emails = org.users.map(({ email }) => email);
  const [newcomers, rest] = [emails.slice(0, 3), emails.slice(3, count)];
  const before = firstSheet(rest, dice);
  const after = nextSheet(before, newcomers, dice);
  const sheets = [before, after].map((sheet) => wantsById(sheet, org, ids));
  const [then = new Map(), now = new Map()] = sheets;
  return {
    seed,
    org,
    foreign: org.skills.filter(({ name }) => ![...NAMED, ...CREW].includes(name)).map((s) => s.id),
    first: rosterText(before),
    next: rosterText(after),
    people: org.users.map(({ id }) => id).filter((id) => then.has(id) || now.has(id)),
    namedNow: (id) => [...(now.get(id)?.keys() ?? [])],
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

function someWants(dice: Dice): Wants {
  const names = dice.some(NAMED, dice.int(1, 5));
  return new Map(names.map((name) => [name, dice.chance(0.2) ? 'absent' : dice.int(0, 100)]));
}

function firstSheet(emails: readonly string[], dice: Dice): Sheet {
  return {
    users: new Map(emails.map((email) => [email, someWants(dice)])),
    crew: { skills: new Map([[CREW[0] ?? '', 40]]), members: dice.some(emails, 12) },
  };
}

/** Most people get, lose or change something; some leave, some stay as they are, some come. */
function nextSheet(before: Sheet, newcomers: readonly string[], dice: Dice): Sheet {
  const users = new Map<string, Wants>();
  const leaving = new Set(dice.some([...before.users.keys()], 3));
  for (const [email, wants] of before.users) {
    if (leaving.has(email)) continue;
    users.set(email, dice.chance(0.15) ? wants : edited(wants, dice));
  }
  for (const email of newcomers) users.set(email, someWants(dice));
  const stay = before.crew.members.filter((email) => users.has(email) && dice.chance(0.7));
  const join = dice.some([...users.keys()], 5).filter((email) => !stay.includes(email));
  return { users, crew: { skills: new Map([[CREW[1] ?? '', 70]]), members: [...stay, ...join] } };
}

function edited(wants: Wants, dice: Dice): Wants {
  const next = new Map([...wants].filter(() => dice.chance(0.7)));
  for (const [name, want] of someWants(dice)) if (dice.chance(0.5)) next.set(name, want);
  // Somebody without any line is not a user with no skills: he needs one to be in the file at all.
  return next.size > 0 ? next : new Map([['English', 50]]);
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
  const skills = (wants: Wants) =>
    `{ ${[...wants].map(([name, want]) => `${name}: ${want}`).join(', ')} }`;
  return [
    'version: 1',
    'teams:',
    `  crew: { skills: ${skills(crew.skills)}, members: [${crew.members.join(', ')}] }`,
    'users:',
    ...[...users].map(([email, wants]) => `  ${email}: { skills: ${skills(wants)} }`),
    '',
  ].join('\n');
}
