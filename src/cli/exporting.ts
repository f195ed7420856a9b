/** What an export has in it: the listings of the files or of the platform, or whole lists for a bulk job. */
import { speakers } from '../desired/speakers.ts';
import { type Assignments, byCodeUnit } from '../model/assignment.ts';
import type { DesiredUser } from '../model/desired.ts';
import type { LiveState, LiveUser } from '../model/live.ts';
import type { GuardVerdict } from '../model/plan.ts';
import type { Targets } from '../model/target.ts';
import { refusals } from '../plan/guards/judge.ts';
import { type Listing, listingOf, liveListing } from '../tables/listing.ts';
import { People } from '../tables/people.ts';
import { connect } from './connect.ts';
import { fetchLive } from './fetch-live.ts';
import type { GlobalFlags } from './flags.ts';
import type { Io } from './io.ts';
import { makePlanFor, prepare } from './planning.ts';
import { progress } from './progress.ts';
import { checkScope, type ScopeFlags, scopeOf } from './scope.ts';
import type { Workspace } from './workspace.ts';

export interface ExportFlags extends GlobalFlags, Pick<ScopeFlags, 'user' | 'team'> {
  readonly live?: boolean;
  readonly wide?: boolean;
  readonly separator: 'comma' | 'semicolon' | 'tab';
  readonly bom?: boolean;
  readonly out?: string;
}

interface Where {
  readonly io: Io;
  readonly flags: ExportFlags;
}

/** `lacking`: whose lists cannot be told, or cannot be said in the form that is wanted; by platform id, each with why. */
export interface Exported<T> {
  readonly rows: readonly T[];
  readonly lacking: readonly string[];
  /** The guards that would refuse to apply it. */
  readonly refused?: readonly GuardVerdict[];
}

export function fromFiles(workspace: Workspace, flags: ExportFlags): Exported<Listing> {
  const { org, loaded, desired } = workspace;
  const standing = speakers(org.name, loaded.rosters.get(org.name) ?? []);
  const people = selected(workspace, flags).filter(({ released }) => !released);
  return { rows: listingOf(people, standing, desired.day), lacking: [] };
}

export async function fromPlatform(workspace: Workspace, where: Where): Promise<Exported<Listing>> {
  const { org, desired } = workspace;
  const seen = await readLive(workspace, where);
  const listed = [...desired.users.values()].map(({ key, name, released }) => ({
    ...{ key, released },
    ...(name !== undefined && { name }),
  }));
  const people = new People(listed, seen.live, org.keys);
  const rows: Listing[] = [];
  const lacking: string[] = seen.live.incomplete ? [seen.live.incomplete.why] : [];
  for (const user of seen.users) {
    const { id } = user.person;
    const key = people.find(`id:${id}`, 'any')[0]?.key ?? `id:${id}`;
    const list = liveListing(user, { key, names: seen.targets.names, org });
    if (list === undefined) lacking.push(`${id}: the list could not be read for certain`);
    else rows.push(...list);
  }
  return { rows, lacking };
}

/** Rows of `id,skillId,proficiency`. */
export type BulkRow = readonly [id: string, skillId: string, proficiency: number];

/** The whole lists people have now. */
export async function bulkOfLive(workspace: Workspace, where: Where): Promise<Exported<BulkRow>> {
  const { users } = await readLive(workspace, where);
  const lists = users.map(({ person, list }) => ({
    id: person.id,
    list: list.proven ? list.assignments : undefined,
  }));
  return bulkRows(lists);
}

/** The whole lists that an apply would write; undefined where it would be refused, which has then been told. */
export async function bulkOfPlan(
  workspace: Workspace,
  { io, flags }: Where,
): Promise<Exported<BulkRow> | undefined> {
  const connection = await connect(workspace, { io, mode: 'read', listener: progress(io, flags) });
  const prepared = await prepare(workspace, { io, flags });
  try {
    const made = await makePlanFor(prepared, connection.provider, { io, flags });
    if (made === undefined) return undefined;
    const { users, held, guards } = made.plan;
    const { rows, lacking } = bulkRows(
      Object.values(users).map(({ userId: id, after: list }) => ({ id, list })),
    );
    const kept = held.length > 0 ? [`${held.length} are held back: muster plan tells why`] : [];
    return { rows, lacking: [...lacking, ...kept], refused: refusals(guards, []) };
  } finally {
    await prepared.book?.close();
    await connection.close();
  }
}

/** What the form cannot say of somebody is not said at all: half a list would wipe the other half. */
function bulkRows(
  lists: readonly { readonly id: string; readonly list: Assignments | undefined }[],
): Exported<BulkRow> {
  const rows: BulkRow[] = [];
  const lacking: string[] = [];
  for (const { id, list } of lists) {
    const values = Object.entries(list?.skill ?? {});
    const numbers = values.filter((one): one is [string, number] => typeof one[1] === 'number');
    if (list === undefined) lacking.push(`${id}: the list could not be read for certain`);
    else if (values.length === 0) lacking.push(`${id}: a bulk CSV cannot say an empty list`);
    else if (numbers.length < values.length) lacking.push(`${id}: not every value is a number`);
    else rows.push(...numbers.map(([skill, value]): BulkRow => [id, skill, value]));
  }
  return { rows, lacking };
}

interface Seen {
  readonly live: LiveState;
  readonly targets: Targets;
  /** Who is active and asked for, in the order of platform ids. */
  readonly users: readonly LiveUser[];
}

async function readLive(workspace: Workspace, { io, flags }: Where): Promise<Seen> {
  const { desired } = workspace;
  const wanted = selected(workspace, flags);
  const keys = wanted.map(({ key }) => key);
  const narrowed = wanted.length < desired.users.size;
  const connection = await connect(workspace, { io, mode: 'read', listener: progress(io, flags) });
  try {
    const scope = narrowed ? { keys, only: { ids: new Map() } } : { keys };
    const live = await fetchLive(connection.provider, scope, { io, flags });
    const targets = connection.provider.normalize(desired, live);
    const asked = new Set(keys);
    const ids = new Set(
      targets.users.flatMap(({ key, person }) => (asked.has(key) ? [person.id] : [])),
    );
    const users = [...live.users.values()].filter(
      ({ person }) => person.active && (!narrowed || ids.has(person.id)),
    );
    return { live, targets, users: users.sort((a, b) => byCodeUnit(a.person.id, b.person.id)) };
  } finally {
    await connection.close();
  }
}

/** Throws UsageError for people and teams that the files do not have. */
function selected({ desired }: Workspace, flags: ExportFlags): DesiredUser[] {
  const scope = scopeOf({
    ...(flags.user && { user: flags.user }),
    ...(flags.team && { team: flags.team }),
  });
  checkScope(scope, desired, undefined);
  const users = [...desired.users.values()];
  if (scope === null) return users;
  return users.filter(
    ({ key, teams }) =>
      scope.users?.includes(key) || teams.some((team) => scope.teams?.includes(team)),
  );
}
