/** Who has which skill, as rows of a table: what the files say, or what is live. */
import { speakingTerm } from '../desired/decide.ts';
import { ABSENT } from '../desired/roster.ts';
import type { Speakers } from '../desired/speakers.ts';
import {
  byCodeUnit,
  canonical,
  isHeld,
  KINDS,
  type Kind,
  type Value,
} from '../model/assignment.ts';
import type { Org } from '../model/config.ts';
import type { Day } from '../model/day.ts';
import type { LiveUser } from '../model/live.ts';
import type { Said } from '../model/table.ts';
import type { Targets } from '../model/target.ts';
import { levelOf } from './levels.ts';
import { saidFrom } from './timeline.ts';

/** One row of the long form. */
export interface Listing {
  readonly user: string;
  readonly name: string;
  readonly kind: Kind;
  readonly skill: string;
  readonly said: Said;
  /** The teams and profiles it comes through today. */
  readonly through: string;
}

export interface Person {
  readonly key: string;
  readonly name?: string;
}

/** Everything that holds some day from `day` on, of people who are managed; by user, kind and skill. */
export function listingOf(people: Iterable<Person>, standing: Speakers, day: Day): Listing[] {
  return [...people].flatMap(({ key: user, name = '' }) =>
    KINDS.flatMap((kind) =>
      [...standing.namesOf(user, kind)].sort(byCodeUnit).flatMap((skill) => {
        const { own, behind } = standing.of(user, kind, skill);
        const all = [...own, ...behind];
        const through = speakingTerm(all, day)?.source.chain.join(', ') ?? '';
        return saidFrom(all, day).map((said) => ({ user, name, kind, skill, said, through }));
      }),
    ),
  );
}

/** What somebody has on the platform; undefined where his list is not proven. */
export function liveListing(
  { person, list }: LiveUser,
  about: { readonly key: string; readonly names: Targets['names']; readonly org: Org },
): Listing[] | undefined {
  if (!list.proven) return undefined;
  const { key: user, names, org } = about;
  const name = person.name ?? '';
  return KINDS.flatMap((kind) =>
    Object.entries(list.assignments[kind])
      .filter(([, value]) => isHeld(value))
      .map(([id, value]): Listing => {
        const said = { proficiency: written(value, org) };
        return { user, name, kind, skill: names[kind][id] ?? id, said, through: '' };
      })
      .sort((a, b) => byCodeUnit(a.skill, b.skill)),
  );
}

/** As files would say it; what no file can say, as JSON that no import takes for a level. */
function written(value: Value, org: Org): number | string {
  return typeof value === 'number' ? (levelOf(org, value) ?? value) : canonical(value);
}

/** What one of them comes to today: nothing before its first day, `absent` after its last. */
export function todays(said: Said, day: Day): number | string | undefined {
  if (said.from !== undefined && said.from > day) return undefined;
  return said.until !== undefined && said.until < day ? ABSENT : said.proficiency;
}
