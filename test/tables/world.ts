/** Tables for tests: an org with people, and what a table of text changes in it, boiled down to lines. */
import type { Loaded } from '../../src/desired/load.ts';
import { load } from '../../src/desired/load.ts';
import { NO_ASSIGNMENTS } from '../../src/model/assignment.ts';
import { hasErrors } from '../../src/model/finding.ts';
import type { CatalogueItem, LiveState, Person } from '../../src/model/live.ts';
import type { Said } from '../../src/model/table.ts';
import {
  type Circumstances,
  readTable,
  type TableChanges,
  tableChanges,
} from '../../src/tables/table.ts';
import { config, memory, orgOf, told } from '../desired/world.ts';

export const DAY = '2026-11-25';

const TEAM = `version: 1
profiles:
  base: { skills: { Billing: skilled, Chat: 40 } }
teams:
  emea: { profiles: [base], members: [ana@example.com, ben@example.com] }
users:
  ana@example.com:
    name: Ana Ruiz
    skills:
      Billing: expert # she trains the others
      Refunds: [40, { proficiency: 90, until: 2026-11-27, reason: sick leave }]
  cem:
    name: Cem Öz
    skills: { Chat: 80 }
  dora@example.com: released
`;

export type Options = Partial<Omit<Circumstances, 'org' | 'rosters'>> & {
  readonly rosters?: Readonly<Record<string, string>>;
  /** All of muster.yaml, instead of the usual org. */
  readonly config?: string;
  readonly sheet?: string;
  readonly file?: string;
};

async function org(options: Options = {}): Promise<Loaded> {
  const { rosters = { 'rosters/team.yaml': TEAM }, config: text = config() } = options;
  const loaded = await load(memory({ 'muster.yaml': text, ...rosters }));
  if (hasErrors(loaded.findings)) throw new Error(told(loaded.findings).join('\n'));
  return loaded;
}

/** What a table changes; its text is lines, or the bytes of a file. */
export async function changes(
  table: string | Uint8Array,
  options: Options = {},
): Promise<TableChanges> {
  const loaded = await org(options);
  const { file = 'team.csv', sheet, rosters: _rosters, config: _config, ...more } = options;
  const bytes = typeof table === 'string' ? new TextEncoder().encode(table) : table;
  const read = readTable(file, bytes, sheet);
  if (!read.table) return { changes: [], unchanged: 0, findings: read.findings, asks: false };
  const made = tableChanges(read.table, {
    day: DAY,
    takeNew: false,
    emptyRemoves: false,
    ...more,
    org: orgOf(loaded),
    rosters: loaded.rosters.get('prod') ?? [],
  });
  return { ...made, findings: [...read.findings, ...made.findings] };
}

/** `user skill: before -> entry` each. */
export function inLines({ changes: all }: TableChanges): string[] {
  return all.map(
    ({ user, skill, before, entry }) => `${user} ${skill}: ${words(before)} -> ${words(entry)}`,
  );
}

function words(said: readonly Said[]): string {
  return said.map(word).join(' + ') || '-';
}

function word({ proficiency, from, until, thenAbsent, reason }: Said): string {
  const parts = [
    `${proficiency}`,
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(until === undefined ? [] : [`until ${until}`]),
    ...(thenAbsent ? ['then absent'] : []),
    ...(reason === undefined ? [] : [`(${reason})`]),
  ];
  return parts.join(' ');
}

/** The platform's directory and catalogue; ids are `u1`, `u2` ... and `s1`, `s2` ... in the order given. */
export function live(
  persons: readonly Partial<Person>[],
  skills: readonly (string | Pick<CatalogueItem, 'kind' | 'name'>)[] = [],
): LiveState {
  const users = persons.map((person, index) => {
    const id = person.id ?? `u${index + 1}`;
    return [
      id,
      {
        person: { active: true, ...person, id },
        list: { proven: true, assignments: NO_ASSIGNMENTS },
      },
    ] as const;
  });
  const catalogue = skills.map((skill, index) => ({
    id: `s${index + 1}`,
    ...(typeof skill === 'string' ? { kind: 'skill' as const, name: skill } : skill),
  }));
  return { users: new Map(users), catalogue, directory: true };
}

/** As the roster editor takes it. */
export function entryOf(said: readonly Said[]) {
  const terms = said.map((one) => (Object.keys(one).length === 1 ? one.proficiency : one));
  return terms.length > 1 ? terms : terms[0];
}
