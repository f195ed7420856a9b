/**
 * Everybody to be compared: those the files name now, and those they named at base and no longer do. Beside each stand
 * the points that may be his base. Pure: `normalize` is the platform's, handed in.
 */
import type { Held, Target } from '../model/target.ts';
import type { BaseSide } from './diff.ts';
import { type Leavers, leaversOf } from './leavers.ts';
import { type Gathering, readingOf, sidesBy } from './sides.ts';

export interface Gathered {
  readonly target: Target;
  readonly base: readonly BaseSide[];
  readonly leaver: boolean;
}

export interface People {
  readonly people: readonly Gathered[];
  /** Leavers who have something to lose and cannot be written. */
  readonly held: readonly Held[];
  /** Leavers nobody can say anything of now; keys by platform id or `key:<key>`. */
  readonly unknown: Readonly<Record<string, string>>;
}

export function gather(input: Gathering): People {
  const { targets, bases } = input;
  if (bases === undefined) {
    const people = targets.users.map((target) => ({ target, base: [], leaver: false }));
    return { people, held: [], unknown: {} };
  }
  const reading = readingOf(input, bases);
  const sides = sidesBy(reading);
  const people: Gathered[] = targets.users.map((target) => {
    const base = sides(target);
    return { target: input.leavers ? target : atBase(target, base), base, leaver: false };
  });
  const left = input.leavers ? leaversOf(reading) : NOBODY;
  for (const target of left.targets) people.push({ target, base: sides(target), leaver: true });
  return { people, held: left.held, unknown: left.unknown };
}

/** At the base's files names mean, for each person, what they meant where he was last verified. */
function atBase(target: Target, [own]: readonly BaseSide[]): Target {
  return own?.now === undefined ? target : { ...target, wants: own.now.wants };
}

const NOBODY: Leavers = { targets: [], held: [], unknown: {} };
