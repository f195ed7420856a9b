/** The listings as what they are of: the catalogue's skills, the agents, and everybody's rows. */
import type { CatalogueItem, Incomplete, Person } from '../../model/live.ts';
import { problem } from '../codes.ts';
import { type Fields, field, idField, textField } from '../fields.ts';
import { flag } from './list.ts';
import { type BegunListing, beginListing, type Listing } from './listing.ts';
import type { Means } from './means.ts';

/** Throws PlatformError. */
export async function fetchCatalogue(means: Means): Promise<CatalogueItem[]> {
  const path = means.calls.skills;
  const keyOf = (row: Fields) => idField(row, 'skillId');
  const begun = await beginListing(means, { what: 'catalogue', path, rows: 'skills', keyOf });
  const { rows } = await begun.whole();
  return rows.map((row) => {
    const name = textField(row, 'skillName');
    if (name === undefined)
      throw problem('answer-malformed', `A page of ${path} holds a skill without a name.`);
    return { kind: 'skill', id: keyOf(row) as string, name };
  });
}

export interface Directory {
  readonly people: readonly Person[];
  readonly incomplete: Incomplete | undefined;
}

export interface BegunDirectory extends Pick<BegunListing, 'pages'> {
  readonly incomplete: Incomplete | undefined;
  whole(): Promise<Directory>;
}

/** An org without a single agent is one that these credentials are not shown. Throws PlatformError. */
export async function beginAgents(means: Means): Promise<BegunDirectory> {
  const path = means.calls.agents;
  const keyOf = (row: Fields) => idField(row, 'agentId');
  const begun = await beginListing(means, { what: 'users', path, rows: 'agents', keyOf });
  return {
    pages: begun.pages,
    incomplete: incompleteBy(begun.hidden),
    async whole() {
      const { rows, hidden } = await begun.whole();
      if (rows.length === 0)
        throw problem('listing-incomplete', `The listing ${path} shows no agent at all.`);
      const people = rows.map((row) => personOf(row, keyOf(row) as string));
      return { people, incomplete: incompleteBy(hidden) };
    },
  };
}

/** Whoever is hidden could be anybody. */
export function incompleteBy(hidden: number): Incomplete | undefined {
  if (hidden <= 0) return undefined;
  return {
    why: `The platform hides ${hidden === 1 ? '1 agent' : `${hidden} agents`} from these credentials.`,
    hint: "Give the role of the access key's user access to all teams and campaigns, then plan again.",
  };
}

function personOf(row: Fields, id: string): Person {
  const email = textField(row, 'emailAddress')?.toLowerCase();
  const userName = textField(row, 'userName');
  const names = [textField(row, 'firstName'), textField(row, 'lastName')];
  const name = names.filter(Boolean).join(' ');
  const team = textField(row, 'teamName');
  return {
    id,
    ...(email === undefined ? {} : { email }),
    ...(userName === undefined ? {} : { userName }),
    ...(name === '' ? {} : { name }),
    ...(team === undefined ? {} : { team }),
    active: flag(field(row, 'isActive')) ?? true,
  };
}

/** Everybody's rows. Throws PlatformError. */
export function beginRows(means: Means): Promise<BegunListing> {
  const listing: Listing = {
    what: 'assignments',
    path: means.calls.rows,
    rows: 'agentSkillAssignments',
    keyOf(row) {
      const agentId = idField(row, 'agentId');
      const skillId = idField(row, 'skillId');
      return agentId === undefined || skillId === undefined ? undefined : `${agentId} ${skillId}`;
    },
  };
  return beginListing(means, listing);
}
