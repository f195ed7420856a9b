/** What to change in the entries of people the files know, so that the files say what is live. */
import { bare } from '../desired/codes.ts';
import { ABSENT } from '../desired/roster.ts';
import { isHeld, KINDS, type Kind, sameValue, type Value } from '../model/assignment.ts';
import type { Org } from '../model/config.ts';
import type { Day } from '../model/day.ts';
import type { LiveState, Person } from '../model/live.ts';
import type { Left } from '../model/pulled.ts';
import type { Target, TargetWant } from '../model/target.ts';
import type { Edit } from '../rosters/edit.ts';
import type { SkillNames } from './names.ts';
import { nameOf } from './person-name.ts';
import type { ReadBy } from './places.ts';
import { entryOf } from './terms.ts';

export interface Circumstances {
  readonly org: Org;
  readonly day: Day;
  readonly live: LiveState;
  readonly names: SkillNames;
  readonly readBy: ReadBy;
  /** The file for an entry of somebody who has none of his own. */
  readonly home: (person: Person) => string;
}

export interface Proposal {
  readonly edits: readonly Edit[];
  readonly left: readonly Left[];
}

/**
 * Proposes edits, and better ones when asked again: what did not come to what is live is tried in another way, and
 * given up after that.
 */
export class Proposer {
  readonly #about: Circumstances;
  readonly #tries = new Map<string, number>();

  constructor(about: Circumstances) {
    this.#about = about;
  }

  propose(targets: readonly Target[]): Proposal {
    const edits: Edit[] = [];
    const left: Left[] = [];
    for (const target of targets)
      for (const spot of spotsOf(target, this.#about.live)) {
        if (matches(spot)) continue;
        const made = this.#edit(spot);
        if ('reason' in made) left.push(made);
        else edits.push(made);
      }
    return { edits, left };
  }

  #edit(spot: Spot): Edit | Left {
    const { target, kind, id, value, want } = spot;
    const { key, person } = target;
    const { org, day, names, readBy, home } = this.#about;
    const skill = want?.name ?? names.of(kind, id);
    if (skill === undefined) return { reason: 'unnamed', key, what: id };
    const source = want?.want.source;
    if (source?.chain.length === 0 && !readBy(source.file))
      return { reason: 'shared', key, what: skill, place: bare(source) };
    const entry = value === undefined ? undefined : entryOf(org, kind, value);
    const way = waysTo(spot, entry)[this.#tried(`${kind} ${id} ${person.id}`)];
    if (way === undefined) return { reason: 'odd', key, what: skill };
    const name = nameOf(person, org);
    const file = home(person);
    return {
      user: key,
      ...(name === undefined ? {} : { name }),
      kind,
      skill,
      entry: way.entry,
      keepAfter: day,
      file,
    };
  }

  /** How often it has been tried before. */
  #tried(what: string): number {
    const times = this.#tries.get(what) ?? 0;
    this.#tries.set(what, times + 1);
    return times;
  }
}

/** One assignment as the files want it and as it is; `value` is undefined where nobody holds it. */
interface Spot {
  readonly target: Target;
  readonly kind: Kind;
  readonly id: string;
  readonly value: Value | undefined;
  readonly want: TargetWant | undefined;
}

function* spotsOf(target: Target, live: LiveState): Iterable<Spot> {
  const list = live.users.get(target.person.id)?.list;
  if (!list?.proven) return;
  for (const kind of KINDS) {
    const wants = target.wants[kind];
    const values = list.assignments[kind];
    for (const id of new Set([...Object.keys(wants), ...Object.keys(values)])) {
      const value = values[id];
      yield { target, kind, id, value: isHeld(value) ? value : undefined, want: wants[id] };
    }
  }
}

/** Whether the files say what is live, or say of it what leaves it as it is. */
function matches({ target, value, want }: Spot): boolean {
  if (want?.value !== undefined) return sameValue(want.value, value);
  if (want?.want.state === 'pending' && target.ownership === 'listed') return true;
  return value === undefined;
}

/** What to write, one after the other for as long as the files do not match: no entry at all is the second choice. */
function waysTo({ value, want }: Spot, entry: number | string | undefined) {
  const without = { entry: undefined };
  if (value === undefined) return [without, { entry: ABSENT }];
  if (entry !== undefined) return [{ entry }, without];
  return want === undefined ? [] : [without];
}
