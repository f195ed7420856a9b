/**
 * What undoing a run would do, as a plan, and where the ledger puts everybody once that is done. Its invariant: nobody
 * goes back to an earlier base unless every key that the run changed is as it was, or will be read back so.
 */

import { type Keyed, KINDS, keyed } from '../model/assignment.ts';
import type { Org } from '../model/config.ts';
import type { DesiredState } from '../model/desired.ts';
import { type Listener, stagesOf } from '../model/event.ts';
import type { Guards } from '../model/guard.ts';
import type { Ledger, OpenUser, RecordedUser } from '../model/ledger.ts';
import type { LiveState, LiveUser, OwnList } from '../model/live.ts';
import type { Plan, UserDiff } from '../model/plan.ts';
import type { Point } from '../model/point.ts';
import type { Provider } from '../model/provider.ts';
import type { Held, HeldReason } from '../model/target.ts';
import { judge } from '../plan/guards/judge.ts';
import { makePlan } from '../plan/plan.ts';
import { type Undone, undo } from '../plan/rollback.ts';
import { tellPlanned } from '../plan/tell.ts';
import { type FoundRun, mayBeWritten } from './runs.ts';
import { backOf } from './undo-back.ts';

export interface UndoRequest {
  readonly org: Org;
  readonly run: FoundRun;
  /** Platform ids of the record; undefined for everybody whom the run wrote, or may have. */
  readonly only: ReadonlySet<string> | undefined;
  /** As it is to be gone by now, and its commit. */
  readonly ledger: Ledger;
  readonly commit: string;
  /** The files at hand, and as a point of the ledger. */
  readonly desired: DesiredState;
  readonly point: Point;
  /** Head's, and the base's. */
  readonly guards: readonly Guards[];
  /** Why the base's guards are not known; each a sentence. */
  readonly doubts: readonly string[];
  /** Whether the files of two points say the same of a key; false where that cannot be told. */
  readonly sameFiles: (key: string, a: Point, b: Point) => boolean;
  readonly provider: Provider;
  readonly listener: Listener;
  readonly made: Plan['made'];
}

export interface Undo {
  readonly plan: Plan;
  /** Where each user goes back to, by platform id. */
  readonly restores: Keyed<OpenUser>;
}

/** Reads the lists of everybody concerned. Writes nothing. */
export async function planUndo(request: UndoRequest): Promise<Undo> {
  const { listener } = request;
  const stage = stagesOf(listener);
  const { users, released } = whom(request);
  const { live, lists } = await stage('fetch', () => readFor(request, users));
  const names = displayNames(request.ledger, live);
  const { diffs, held, restores } = await stage('diff', async () =>
    undoAll(request, users, { live, lists, names }),
  );
  const guards = await stage('guards', async () =>
    diffs.length === 0 ? [] : verdicts(request, diffs, live ?? liveOf(users, lists)),
  );
  const plan = await stage('plan', async () =>
    planOf(request, { diffs, held, released, guards, names }),
  );
  tellPlanned(listener, plan);
  return { plan, restores };
}

type Written = readonly (readonly [string, RecordedUser])[];

/** The own lists of those, and the whole org where a guard asks for names or for everybody. */
async function readFor({ provider, desired, guards }: UndoRequest, users: Written) {
  const whole = users.length > 0 && needsNames(guards);
  const live = whole ? await provider.fetch({ keys: [...desired.users.keys()] }) : undefined;
  return { live, lists: await provider.fetchOwn(users.map(([id]) => id)) };
}

function undoAll(
  request: UndoRequest,
  users: Written,
  seen: Pick<Seen, 'live' | 'names'> & { readonly lists: ReadonlyMap<string, OwnList> },
) {
  const { run, desired } = request;
  const { live, names, lists } = seen;
  const diffs: UserDiff[] = [];
  const held: Held[] = [];
  const restores = keyed<OpenUser>();
  for (const [userId, user] of users) {
    const called = desired.users.get(user.key)?.name;
    const undone = undoOne(userId, user, { list: lists.get(userId), live, names, called });
    held.push(...undone.held);
    if (undone.diff !== undefined) diffs.push(undone.diff);
    else if (undone.held.length > 0) continue;
    const partly = undone.held.length > 0;
    const back = backOf({ ...request, userId, key: user.key, run, partly });
    if (back !== undefined) restores[userId] = back;
  }
  return { diffs, held, restores };
}

/** Whom the run wrote, or may have; but nobody whom the files have let go since. */
function whom({ run, only, desired }: UndoRequest) {
  const users: [string, RecordedUser][] = [];
  const released: string[] = [];
  for (const [id, user] of Object.entries(run.record.users)) {
    if (!mayBeWritten(user.outcome) || only?.has(id) === false) continue;
    if (desired.users.get(user.key)?.released) released.push(user.key);
    else users.push([id, user]);
  }
  return { users, released };
}

/** Coverage counts the whole org, and names of guards may be nowhere but in the catalogue. */
function needsNames(guards: readonly Guards[]): boolean {
  return guards.some(
    ({ coverage, rules, protected: { users, skills } }) =>
      coverage.length + rules.length + users.length + skills.length > 0,
  );
}

interface Names {
  readonly skill: Keyed<string>;
  readonly language: Keyed<string>;
}

/** By kind and id: as the files call them, or else the platform. */
export function displayNames({ names }: Ledger, live: LiveState | undefined): Names {
  const display = { skill: keyed<string>(), language: keyed<string>() };
  for (const { kind, id, name } of live?.catalogue ?? []) display[kind][id] = name;
  for (const kind of KINDS) {
    for (const [name, id] of Object.entries(names[kind])) display[kind][id] = name;
  }
  return display;
}

interface Seen {
  readonly list: OwnList | undefined;
  readonly live: LiveState | undefined;
  readonly names: Names;
  /** His name, where the files have one. */
  readonly called: string | undefined;
}

function undoOne(userId: string, user: RecordedUser, { list, live, names, called }: Seen): Undone {
  const person = live?.users.get(userId)?.person;
  if (person?.active === false) return kept(userId, user, INACTIVE);
  if (!list?.proven) {
    const why = list?.why ?? 'The platform did not return it.';
    return kept(userId, user, { ...UNREAD, message: `${UNREAD.message} ${why}` });
  }
  const name = called ?? person?.name;
  return undo({ userId, user, live: list.assignments, names, ...(name ? { name } : {}) });
}

interface Why {
  readonly reason: HeldReason;
  readonly message: string;
  readonly hint: string;
}

const INACTIVE: Why = {
  reason: 'inactive',
  message: 'The user is inactive on the platform.',
  hint: 'Activate the account first, or leave this person as he is with --user for the others.',
};
const UNREAD: Why = {
  reason: 'unread',
  message: "The user's own list could not be read, and unknown is never taken for empty.",
  hint: 'Roll back again; if it stays so, look at this person on the platform.',
};

function kept(userId: string, { key }: RecordedUser, why: Why): Undone {
  const place = { file: 'muster.yaml', line: 1, col: 1 };
  return { diff: undefined, held: [{ key, userId, ...why, place }] };
}

/** What the people's own lists show, where nothing else was read: that they are active is not known otherwise. */
function liveOf(users: Written, lists: ReadonlyMap<string, OwnList>): LiveState {
  const seen = users.flatMap(([id]): [string, LiveUser][] => {
    const list = lists.get(id);
    return list === undefined ? [] : [[id, { person: { id, active: true }, list }]];
  });
  return { users: new Map(seen), catalogue: undefined, directory: false };
}

function verdicts(request: UndoRequest, diffs: readonly UserDiff[], live: LiveState) {
  const { guards, desired, org, ledger, doubts, made } = request;
  return judge({
    ...{ guards, diffs, live, doubts },
    looked: new Set(diffs.map(({ userId }) => userId)),
    desired: desired.users.size,
    narrowed: true,
    idsOf: idsByName(ledger, live),
    better: org.platform === 'cxone' ? 'low' : 'high',
    now: Date.parse(made.at),
  });
}

/** Every skill of a name: the one the files meant, and the platform's. */
export function idsByName({ names }: Ledger, { catalogue }: Pick<LiveState, 'catalogue'>) {
  return (name: string): string[] => {
    const own = new Map(Object.entries(names.skill)).get(name);
    const theirs = (catalogue ?? []).filter((item) => item.kind === 'skill' && item.name === name);
    return [...new Set([...(own === undefined ? [] : [own]), ...theirs.map(({ id }) => id)])];
  };
}

function planOf(
  { org, run, only, desired, commit, point, made }: UndoRequest,
  parts: {
    readonly diffs: readonly UserDiff[];
    readonly held: readonly Held[];
    readonly released: readonly string[];
    readonly guards: Plan['guards'];
    readonly names: Names;
  },
): Plan {
  const { diffs, held, released, guards, names } = parts;
  const { org: name, day, users, catalogue } = desired;
  const keys = only && [...only].map((id) => run.record.users[id]?.key ?? id).sort();
  return makePlan({
    ...{ org, diffs, held, guards, made },
    // Windows are of the files: what is undone was so whatever they say tomorrow.
    desired: { org: name, day, users, catalogue, upcoming: [] },
    head: point.commit,
    targets: { users: [], held: [], released, names, findings: [] },
    foreignKept: diffs.reduce((sum, { foreignKept }) => sum + foreignKept, 0),
    findings: [],
    ledger: commit,
    live: { complete: true },
    scope: keys === undefined ? null : { users: keys },
    undoes: run.record.id,
    settles: {
      ...{ point, reach: 'narrowed', verified: keyed(), left: keyed() },
      names: { skill: keyed(), language: keyed() },
    },
  });
}
