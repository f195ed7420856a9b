/** What the files say of one user's one key, place by place: his own entries apart from what stands behind them. */
import type { Kind } from '../model/assignment.ts';
import type { Contribution } from './decide.ts';
import {
  everybody,
  type Layer,
  profileLayers,
  profilesByName,
  type Somebody,
  teamLayers,
} from './layers.ts';
import type { Roster } from './roster.ts';

interface Speaking {
  /** Of rank 0; several where several files name the user. */
  readonly own: readonly Contribution[];
  /** Through his profiles and teams. */
  readonly behind: readonly Contribution[];
}

export interface Speakers {
  readonly people: ReadonlyMap<string, Somebody>;
  of(user: string, kind: Kind, name: string): Speaking;
  /** Every name that some place gives the user, in no order. */
  namesOf(user: string, kind: Kind): ReadonlySet<string>;
}

interface Layers {
  readonly own: readonly Layer[];
  readonly behind: readonly Layer[];
}

const NOBODY: Layers = { own: [], behind: [] };

export function speakers(org: string, rosters: readonly Roster[]): Speakers {
  const people = everybody(org, rosters);
  const profiles = profilesByName(rosters);
  const known = new Map<string, Layers>();
  const layersOf = (user: string): Layers => {
    const somebody = people.get(user);
    if (!somebody) return NOBODY;
    const before = known.get(user);
    if (before) return before;
    const refs = somebody.users.flatMap((entry) => entry.profiles);
    const layers: Layers = {
      own: somebody.users.map(({ entries }) => ({ rank: 0, entries })),
      behind: [
        ...profileLayers(refs, [], profiles),
        ...somebody.teams.flatMap((team) => teamLayers(team, profiles)),
      ],
    };
    known.set(user, layers);
    return layers;
  };
  return {
    people,
    of(user, kind, name) {
      const { own, behind } = layersOf(user);
      return { own: saying(own, kind, name), behind: saying(behind, kind, name) };
    },
    namesOf(user, kind) {
      const { own, behind } = layersOf(user);
      return new Set([...own, ...behind].flatMap(({ entries }) => [...entries[kind].keys()]));
    },
  };
}

function saying(layers: readonly Layer[], kind: Kind, name: string): Contribution[] {
  return layers.flatMap(({ rank, entries }) => {
    const terms = entries[kind].get(name);
    return terms ? [{ rank, terms }] : [];
  });
}
