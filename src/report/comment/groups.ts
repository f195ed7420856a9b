/** People with the very same changes, told once; where a team stands behind it, by its name and who of it is left out. */
import { byCodeUnit } from '../../model/assignment.ts';
import type { Change } from '../../model/plan.ts';
import type { Somebody } from '../people/labels.ts';
import type { Sight } from './input.ts';
import type { Changed } from './split.ts';
import { changeWords } from './words.ts';

export interface Group {
  /** Escaped. */
  readonly words: string;
  readonly people: readonly Changed[];
  /** The team that everybody here is of; `but` are its other members. */
  readonly team?: { readonly name: string; readonly but: readonly Somebody[] };
}

/** Fewer are told one by one. */
const FEWEST = 3;
const MOST_BUT = 5;

export interface Grouped {
  /** The largest first. */
  readonly groups: readonly Group[];
  readonly single: readonly Changed[];
}

export function groupsOf(changed: readonly Changed[], sight: Sight): Grouped {
  const byWords = new Map<string, Changed[]>();
  for (const one of changed) {
    const words = one.changes.map((change) => wordsOf(change, one, sight)).join(', ');
    const group = byWords.get(words);
    if (group === undefined) byWords.set(words, [one]);
    else group.push(one);
  }
  const all = [...byWords].map(([words, people]) => ({ words, people }));
  const groups = all
    .filter(({ people }) => people.length >= FEWEST)
    .sort((a, b) => b.people.length - a.people.length || byCodeUnit(a.words, b.words))
    .map((group) => ({ ...group, ...teamOf(group.people, sight) }));
  const grouped = new Set(groups.flatMap(({ people }) => people));
  return { groups, single: changed.filter((one) => !grouped.has(one)) };
}

function wordsOf(change: Change, { user }: Changed, sight: Sight): string {
  return changeWords(change, user.key, sight, { from: false });
}

/** Members that are not among `people` are the exceptions; where they are many, it is no exception but another group. */
function teamOf(people: readonly Changed[], { org }: Sight): Pick<Group, 'team'> {
  const { users } = org.head;
  const keys = new Set(people.map(({ user }) => user.key));
  const [first] = people as readonly [Changed, ...Changed[]];
  for (const name of users.get(first.user.key)?.teams ?? []) {
    const through = (change: Change) => change.source.chain.includes(`team ${name}`);
    if (!people.every(({ changes }) => changes.every(through))) continue;
    const members = [...users.values()].filter(({ teams }) => teams.includes(name));
    const but = members.filter(({ key }) => !keys.has(key));
    const within = members.length - but.length === keys.size;
    if (within && but.length <= MOST_BUT && but.length < keys.size) return { team: { name, but } };
  }
  return {};
}
