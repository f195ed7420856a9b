/** Reads the catalogue, the agents and their lists. Nothing here writes; nothing unknown is taken for empty. */
import { PlatformError } from '../../model/error.ts';
import type { Incomplete, LiveState, LiveUser, OwnList, Person } from '../../model/live.ts';
import type { Scope } from '../../model/provider.ts';
import { problem } from '../codes.ts';
import { demandScope } from '../everybody.ts';
import { type Fields, idField } from '../fields.ts';
import { fetchNarrowed, type Narrowed, onlyOf } from '../narrow.ts';
import { indexPeople } from '../people.ts';
import {
  type BegunDirectory,
  beginAgents,
  beginRows,
  type Directory,
  fetchCatalogue,
  incompleteBy,
} from './directory.ts';
import { readRows } from './list.ts';
import type { BegunListing, Whole } from './listing.ts';
import { LANES, type Means } from './means.ts';
import { namingPermission } from './permissions.ts';
import { readEach } from './singly.ts';

const SILENT: OwnList = { proven: false, why: 'The listing shows no row of anybody.' };
const NOT_ASKED: OwnList = { proven: false, why: 'The list was not asked for.' };
const HIDDEN: OwnList = { proven: false, why: 'The platform hides agents, so it may hide rows.' };

/**
 * What the listing of everybody's rows says of one. That somebody has none it says only by showing others' rows, and it
 * says nothing where agents are hidden.
 */
function listsIn(rows: readonly Fields[], incomplete: Incomplete | undefined, means: Means) {
  const byAgent = new Map<string, Fields[]>();
  for (const row of rows) {
    const id = idField(row, 'agentId') as string;
    const own = byAgent.get(id);
    if (own) own.push(row);
    else byAgent.set(id, [row]);
  }
  return (id: string): OwnList => {
    if (incomplete !== undefined) return HIDDEN;
    return rows.length === 0 ? SILENT : readRows(byAgent.get(id) ?? [], id, means.assumed);
  };
}

interface Read extends Narrowed {
  readonly incomplete: Incomplete | undefined;
}

interface Listed {
  readonly people: readonly Person[];
  readonly listOf: (id: string) => OwnList;
}

/** A listing has no place for whom it forgets: that somebody has nothing at all he is asked himself. */
function isCertain(list: OwnList | undefined): boolean {
  return list?.proven === true && Object.keys(list.assignments.skill).length > 0;
}

/** Everybody, with the lists that are certain already; those in scope whose list is not are read singly. */
async function withLists(
  means: Means,
  { people, listOf }: Listed,
  scope: Scope,
): Promise<Map<string, LiveUser>> {
  const users = new Map<string, LiveUser>();
  for (const person of people) users.set(person.id, { person, list: listOf(person.id) });
  const index = indexPeople(people);
  const unread = new Set(
    scope.keys
      .flatMap((key) => index.find(key))
      .map(({ id }) => id)
      .filter((id) => !isCertain(users.get(id)?.list)),
  );
  const lists = await readEach(means, [...unread]);
  // Where the listing proved one list, the permission is there.
  if (![...users.values()].some(({ list }) => list.proven)) demandScope(lists.values());
  for (const [id, list] of lists) {
    const user = users.get(id);
    if (user) users.set(id, { ...user, list });
  }
  return users;
}

async function fromListings(
  means: Means,
  { people, ...seen }: Directory,
  { whole, scope }: { whole: Whole; scope: Scope },
): Promise<Read> {
  const incomplete = seen.incomplete ?? incompleteBy(whole.hidden);
  const listOf = listsIn(whole.rows, incomplete, means);
  const users = await withLists(means, { people, listOf }, scope);
  return { users, directory: true, incomplete };
}

async function fetchWhole(means: Means, scope: Scope): Promise<Read> {
  const directory = await (await beginAgents(means)).whole();
  const rows = await (await beginRows(means)).whole();
  return fromListings(means, directory, { whole: rows, scope });
}

/** So few people are read in one round: nothing is gained by asking first how long the listing of rows is. */
const FEW = LANES;

/** Everybody's rows, begun, where reading the scope's people singly would take as many requests as both listings. */
async function cheaperRows(
  means: Means,
  agents: BegunDirectory,
  scope: Scope,
): Promise<BegunListing | undefined> {
  if (scope.keys.length <= FEW) return undefined;
  const rows = await beginRows(means);
  return agents.pages + rows.pages <= scope.keys.length + 2 ? rows : undefined;
}

/** Reads by id, as one call does: it tells nothing of the person. */
function singleReads(means: Means) {
  let allowed = false;
  return async (agentIds: readonly string[]) => {
    const lists = await readEach(means, agentIds);
    // Where one list was shown before, the permission is there.
    if (!allowed) demandScope(lists.values());
    allowed ||= [...lists.values()].some(({ proven }) => proven);
    const single = (id: string, list: OwnList) => {
      return { person: { id, active: true }, list, gone: 'gone' in list };
    };
    return new Map([...lists].map(([id, list]) => [id, single(id, list)]));
  };
}

/**
 * One page of the agents is read in any case: it tells whether some are hidden. When it is the only one, it says who is
 * who as well; otherwise memory does, and the rest of the listing is read for whoever has to be looked up.
 */
async function fetchOnly(means: Means, scope: Scope): Promise<Read> {
  if (scope.keys.length === 0) return { users: new Map(), directory: true, incomplete: undefined };
  const agents = await beginAgents(means);
  const rows = await cheaperRows(means, agents, scope);
  if (rows !== undefined) {
    const whole = await rows.whole();
    const read = await fromListings(means, await agents.whole(), { whole, scope });
    return { ...read, users: onlyOf(scope.keys, read.users) };
  }
  const { incomplete } = agents;
  if (agents.pages === 1) {
    const { people } = await agents.whole();
    const users = await withLists(means, { people, listOf: () => NOT_ASKED }, scope);
    return { users: onlyOf(scope.keys, users), directory: true, incomplete };
  }
  const narrowed = await fetchNarrowed(scope, {
    byId: singleReads(means),
    directory: async () => (await agents.whole()).people,
  });
  return { ...narrowed, incomplete };
}

/** The first call decides whether this is the API at all. */
async function catalogueOf(means: Means) {
  try {
    return await fetchCatalogue(means);
  } catch (error) {
    if (!(error instanceof PlatformError) || error.status !== 404) throw error;
    const path = means.calls.skills;
    throw problem('api-not-found', `Nothing at this base URL answers like CXone: ${path} is 404.`, {
      cause: error,
    });
  }
}

export async function fetchLive(means: Means, scope: Scope): Promise<LiveState> {
  try {
    const catalogue = await catalogueOf(means);
    const { users, directory, incomplete } = await (scope.only ? fetchOnly : fetchWhole)(
      means,
      scope,
    );
    return { users, directory, catalogue, ...(incomplete && { incomplete }) };
  } catch (error) {
    throw namingPermission(error, 'read');
  }
}
