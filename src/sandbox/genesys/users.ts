/** The listings of users, by pages or by a cursor, and one user alone. */
import { type Answer, json, Refusal } from '../answer.ts';
import type { Call } from '../call.ts';
import type { OrgUser, State } from '../org/org.ts';
import { isOmitted, seenUser, seenUsers } from '../seen.ts';
import type { World } from '../world.ts';
import { listing, pageOf, several } from './page.ts';
import { entries, LISTS, person } from './person.ts';

const MOST_IDS = 100;
/** How deep people who are not active can be paged. */
const DEEPEST = 10_000;
const STATES: readonly string[] = ['active', 'inactive', 'deleted', 'any'];

export function listUsers(world: World, call: Call): Answer {
  const page = pageOf(world, call);
  const state = stateAsked(call);
  if (state !== 'active' && page.number * page.size > DEEPEST) {
    throw new Refusal(400, 'bad.request', `Users beyond the first ${DEEPEST} cannot be listed`);
  }
  const rows = named(world, call).filter((user) => isIn(user, state));
  requireModest(world, call, page.size);
  return json(listing(call, page, rows, expander(world, call)));
}

/** The cursor is the position to go on from; nobody but the sandbox reads it. */
export function queryUsers(world: World, call: Call): Answer {
  const { size } = pageOf(world, call);
  const state = stateAsked(call);
  const cursor = call.query.get('cursor');
  const from = cursor === null ? 0 : Number(Buffer.from(cursor, 'base64url').toString());
  if (!Number.isInteger(from)) {
    throw new Refusal(
      400,
      'invalid.value',
      `Value [${cursor}] is not valid for field type [cursor]`,
    );
  }
  requireModest(world, call, size);
  const rows = seenUsers(world).filter((user) => isIn(user, state));
  const some = rows.slice(from, from + size);
  const next = Buffer.from(String(from + size)).toString('base64url');
  const more = from + size < rows.length;
  return json({
    entities: some.map(expander(world, call)),
    results: some.length,
    selfUri: `${call.path}?${call.search}`,
    ...(more ? { nextUri: `${call.path}?cursor=${next}`, cursor: next } : {}),
  });
}

export function readUser(world: World, call: Call, userId: string): Answer {
  const user = seenUser(world, userId);
  if (user === undefined) throw new Refusal(404, 'general.resource.not.found', 'User not found');
  return json(expander(world, call)(user));
}

/** Those of the `id` parameter, in the org's order; everybody without one. Throws a Refusal when none of them is there. */
function named(world: World, call: Call): readonly OrgUser[] {
  const ids = several(call, 'id');
  if (ids.length === 0) return seenUsers(world);
  if (ids.length > MOST_IDS) {
    throw new Refusal(400, 'max.user.ids', `Only ${MOST_IDS} users can be requested at a time.`);
  }
  const users = [...new Set(ids)].flatMap((id) => seenUser(world, id) ?? []);
  if (users.length > 0) return users;
  throw new Refusal(404, 'general.resource.not.found', 'The requested user(s) could not be found.');
}

type StateAsked = State | 'any';

function stateAsked(call: Call): StateAsked {
  const state = call.query.get('state') ?? 'active';
  if (STATES.includes(state)) return state as StateAsked;
  throw new Refusal(
    400,
    'invalid.query.param.value',
    `Value [${state}] is not valid for parameter [state]. Allowable values are: ${STATES.join(', ')}`,
  );
}

function isIn({ state = 'active' }: OrgUser, asked: StateAsked): boolean {
  return asked === 'any' || state === asked;
}

/** Refuses a large page with lists in it, where the sandbox is told to. */
function requireModest({ settings }: World, call: Call, size: number): void {
  const { largestExpanded } = settings.pages;
  const wanted = several(call, 'expand').some((name) => name === 'skills' || name === 'languages');
  if (!wanted || largestExpanded === 0 || size <= largestExpanded) return;
  throw new Refusal(
    400,
    'response.entity.too.large',
    'The response is over the size limit. Reduce pageSize or expand list to reduce response size if applicable',
  );
}

function expander(world: World, call: Call): (user: OrgUser) => object {
  const { state } = world;
  const now = world.now();
  const expand = several(call, 'expand');
  return (user) => {
    const shown = { ...person(world, user) };
    const list = state.visible(user, now);
    for (const kind of ['skill', 'language'] as const) {
      if (!expand.includes(LISTS[kind]) || isOmitted(world, user, kind)) continue;
      shown[LISTS[kind]] = entries(state, list, kind);
    }
    return shown;
  };
}
