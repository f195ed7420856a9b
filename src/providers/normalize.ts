/** Desired state by platform id: shared by every platform; what differs is how a proficiency is stored. Pure. */
import { type Keyed, type Kind, keyed, type Value } from '../model/assignment.ts';
import type { DesiredState, DesiredUser } from '../model/desired.ts';
import type { Finding } from '../model/finding.ts';
import type { LiveState, Person } from '../model/live.ts';
import type { Held, HeldReason, Target, Targets, TargetWant } from '../model/target.ts';
import { type Names, resolveNames } from './names.ts';
import { nearestOf, sortedSet } from './nearest.ts';
import { idIn, indexPeople, type People } from './people.ts';

/** The value as the platform stores the proficiency: rounded as it rounds. */
export type ToValue = (kind: Kind, proficiency: number) => Value;

/** Names that are merely gone need no guess each: beyond so many people the whole list is wrong, not a name. */
const MOST_GUESSES = 25;

function wantsOf(user: DesiredUser, names: Names, toValue: ToValue) {
  const of = (kind: Kind): Keyed<TargetWant> => {
    const wants: [string, TargetWant][] = [];
    for (const [name, want] of user.wants[kind]) {
      const id = names.idOf(kind, name);
      if (id === undefined) continue;
      const value = want.state === 'value' ? { value: toValue(kind, want.proficiency) } : undefined;
      wants.push([id, { name, want, ...value }]);
    }
    return keyed(wants);
  };
  return { skill: of('skill'), language: of('language') };
}

function hold(
  user: DesiredUser,
  reason: HeldReason,
  text: Pick<Held, 'userId' | 'message' | 'hint'>,
) {
  return { key: user.key, reason, place: user.place, ...text };
}

function notFound(user: DesiredUser, live: LiveState, guess: (key: string) => string | undefined) {
  const byId = idIn(user.key) !== undefined;
  if (!live.directory && !byId)
    return hold(user, 'not-found', {
      message: 'The platform has no directory of users to look this key up in.',
      hint: 'Write the user as `id:<platform id>`.',
    });
  const near = byId ? undefined : guess(user.key);
  return hold(user, 'not-found', {
    message: 'The platform does not know this user.',
    hint:
      near === undefined
        ? 'Correct the key, or remove the user from the files.'
        : `Did you mean \`${near}\`?`,
  });
}

function inactive(user: DesiredUser, person: Person): Held {
  return hold(user, 'inactive', {
    userId: person.id,
    message: 'The user is inactive on the platform.',
    hint: 'Remove the user from the files, or activate the account.',
  });
}

/** Doubles of the platform are told apart by who is active. */
function pick(found: readonly Person[]): readonly Person[] {
  const active = found.filter((person) => person.active);
  return found.length > 1 && active.length === 1 ? active : found;
}

function ambiguousUser(user: DesiredUser, found: readonly Person[]): Finding {
  const ids = found.map(({ id }) => `\`${id}\``).sort();
  return {
    code: 'user-ambiguous',
    severity: 'error',
    message: `\`${user.key}\` fits ${ids.length} users of the platform: ${ids.join(' and ')}.`,
    place: user.place,
    hint: `Write the user ${userNames(user, found)}as \`id:<platform id>\`.`,
  };
}

/** User names tell people apart, where they have some that are not the very key. */
function userNames({ key }: DesiredUser, found: readonly Person[]): string {
  const names = new Set(found.map(({ userName }) => userName?.toLowerCase() ?? key));
  if (names.size < found.length || names.has(key)) return '';
  return `by user name, ${sortedSet(names)
    .map((name) => `\`${name}\``)
    .join(' or ')}, or `;
}

function duplicateUser(user: DesiredUser, first: DesiredUser): Finding {
  return {
    code: 'user-duplicate',
    severity: 'error',
    message: `\`${first.key}\` and \`${user.key}\` are one and the same person.`,
    place: user.place,
    related: [first.place],
    hint: 'Put everything under one of the two keys.',
  };
}

function guesser(people: People): (key: string) => string | undefined {
  const nearest = nearestOf(people.keys);
  let left = MOST_GUESSES;
  return (key) => {
    left -= 1;
    return left < 0 ? undefined : nearest(key);
  };
}

interface Identified {
  /** Left out when nobody fits, and beside findings. */
  readonly person?: Person;
  readonly findings: readonly Finding[];
}

/**
 * Who a key is: one person not met before, or the findings why not. A released key speaks for everybody it fits,
 * and for nobody where nobody fits.
 */
function identify(
  user: DesiredUser,
  found: readonly Person[],
  seen: Map<string, DesiredUser>,
): Identified {
  const fits = user.released ? found : pick(found);
  if (fits.length > 1 && !user.released) return { findings: [ambiguousUser(user, fits)] };
  const findings: Finding[] = [];
  for (const { id } of fits) {
    const first = seen.get(id);
    if (first) findings.push(duplicateUser(user, first));
    else seen.set(id, user);
  }
  const [person] = fits;
  return { ...(person && findings.length === 0 ? { person } : {}), findings };
}

export function normalize(desired: DesiredState, live: LiveState, toValue: ToValue): Targets {
  const names = resolveNames(desired, live);
  const people = indexPeople([...live.users.values()].map(({ person }) => person));
  const guess = guesser(people);
  const findings: Finding[] = [...names.findings];
  const users: Target[] = [];
  const held: Held[] = [];
  const released: string[] = [];
  const seen = new Map<string, DesiredUser>();
  for (const user of desired.users.values()) {
    const who = identify(user, people.find(user.key), seen);
    findings.push(...who.findings);
    const { key, place, ownership } = user;
    const { person } = who;
    if (user.released) released.push(key);
    else if (who.findings.length > 0) continue;
    else if (!person) held.push(notFound(user, live, guess));
    else if (!person.active) held.push(inactive(user, person));
    else users.push({ key, person, place, ownership, wants: wantsOf(user, names, toValue) });
  }
  return { users, held, released, names: names.display, findings };
}
