/** One user's own lists: reading them by pages, and writing one assignment or many. */
import type { Kind } from '../../model/assignment.ts';
import { type Answer, json, Refusal } from '../answer.ts';
import { type Call, jsonBody, type Params } from '../call.ts';
import { carried, held } from '../org/carry.ts';
import type { OrgAssignment, OrgUser } from '../org/org.ts';
import { seenUser } from '../seen.ts';
import type { World } from '../world.ts';
import { assignmentOf, assignmentsOf, MOST } from './body.ts';
import { listing, type Page, pageOf } from './page.ts';
import { entry } from './person.ts';
import { proficiencyOf } from './scale.ts';

/** What a call says of something that is not there, and of a conflict, as the API description has it. */
export interface Words {
  readonly notFound: readonly [code: string, message: string];
  readonly conflict?: string;
}

/** A call of the lists: of which kind, and in which words it refuses. */
interface Desk {
  readonly world: World;
  readonly kind: Kind;
  readonly words: Words;
}

export type Handler = (desk: Desk, call: Call, params: Params) => Answer;

export const readList: Handler = (desk, call, params) => {
  const { world, kind } = desk;
  const user = userOf(desk, params);
  const list = world.state.visible(user, world.now()).filter((own) => own.kind === kind);
  return paged(desk, call, { user, list, page: pageOf(world, call) });
};

/** Makes the body the user's whole list. */
export const replaceAll: Handler = (desk, call, params) => {
  const list = assignmentsOf(call, desk.kind);
  const user = userOf(desk, params);
  requireKnown(desk, list);
  if (new Set(list.map(({ id }) => id)).size < list.length) throw conflict(desk);
  return stored(desk, call, { user, list });
};

/** Adds what is new in the body, changes what is not, and removes nothing. */
export const mergeAll: Handler = (desk, call, params) => {
  const next = assignmentsOf(call, desk.kind);
  const user = userOf(desk, params);
  requireKnown(desk, next);
  return stored(desk, call, { user, list: merged(desk, user, next) });
};

/** Adds one; it is a conflict where the user has it. */
export const addOne: Handler = (desk, call, params) => {
  const next = assignmentOf(jsonBody(call), desk.kind);
  const user = userOf(desk, params);
  requireKnown(desk, [next]);
  if (held(user, desk.kind, next.id) !== undefined) throw conflict(desk);
  return oneStored(desk, user, next);
};

/** Changes one that the user has. */
export const changeOne: Handler = (desk, call, params) => {
  const user = userOf(desk, params);
  const { id } = itemOf(desk, user, params);
  const body = jsonBody(call);
  const next = assignmentOf({ ...body, id }, desk.kind);
  return oneStored(desk, user, body.state === 'inactive' ? { ...next, inactive: true } : next);
};

/** `answer` is what there is to say once it is gone. */
export function removeOne(answer: Answer): Handler {
  return (desk, _call, params) => {
    const user = userOf(desk, params);
    const gone = itemOf(desk, user, params);
    replace(desk, { user, list: ofKind(desk, user).filter((own) => own !== gone) });
    return answer;
  };
}

interface Stored {
  readonly user: OrgUser;
  readonly list: readonly OrgAssignment[];
}

function replace(desk: Desk, { user, list }: Stored): readonly OrgAssignment[] {
  const { world, kind } = desk;
  if (kind === 'skill' && list.length > MOST && list.length > ofKind(desk, user).length) {
    throw new Refusal(400, 'constraint.validation', `A user can have at most ${MOST} skills`);
  }
  const next = carried(user, list, sameHere);
  const { lagMs } = world.settings;
  world.state.replace(user, { kind, list: next, at: world.now(), lagMs });
  return next;
}

function stored(desk: Desk, call: Call, { user, list }: Stored): Answer {
  const after = replace(desk, { user, list });
  const page = { size: Math.max(1, after.length), number: 1 };
  return paged(desk, call, { user, list: after, page });
}

function oneStored(desk: Desk, user: OrgUser, next: OrgAssignment): Answer {
  replace(desk, { user, list: merged(desk, user, [next]) });
  return json(entry(desk.world.state, held(user, desk.kind, next.id) ?? next, user.id));
}

interface Shown extends Stored {
  readonly page: Page;
}

function paged({ world }: Desk, call: Call, { user, list, page }: Shown): Answer {
  return json(listing(call, page, list, (own) => entry(world.state, own, user.id)));
}

/** Whether Genesys Cloud would see no difference. */
function sameHere(old: OrgAssignment, next: OrgAssignment): boolean {
  return proficiencyOf(old) === proficiencyOf(next) && old.inactive === next.inactive;
}

/** The user's list with `next` in it: in its old place what he had, at the end what is new. */
function merged(
  desk: Desk,
  user: OrgUser,
  next: readonly OrgAssignment[],
): readonly OrgAssignment[] {
  const list = new Map(ofKind(desk, user).map((own) => [own.id, own]));
  for (const own of next) list.set(own.id, own);
  return [...list.values()];
}

function ofKind({ kind }: Desk, user: OrgUser): readonly OrgAssignment[] {
  return user.assignments.filter((own) => own.kind === kind);
}

function userOf({ world, words }: Desk, params: Params): OrgUser {
  const user = seenUser(world, params.get('userId') ?? '');
  if (user === undefined || user.state === 'deleted') throw notFound(words);
  return user;
}

/** The assignment that the path names. */
function itemOf({ kind, words }: Desk, user: OrgUser, params: Params): OrgAssignment {
  const own = held(user, kind, params.get('itemId') ?? '');
  if (own === undefined) throw notFound(words);
  return own;
}

function requireKnown({ world, kind, words }: Desk, list: readonly OrgAssignment[]): void {
  for (const { id } of list) {
    const skill = world.state.skill(kind, id);
    if (skill === undefined || skill.state === 'deleted') throw notFound(words);
  }
}

function notFound({ notFound: [code, message] }: Words): Refusal {
  return new Refusal(404, code, message);
}

function conflict({ words }: Desk): Refusal {
  return new Refusal(400, 'general.conflict', words.conflict ?? 'Conflict');
}
