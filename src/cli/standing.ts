/** How an org stands, gathered from its ledger, this folder's journal, and the live lists as far as they can be read. */
import { earlierOf } from '../apply/earlier.ts';
import { matches } from '../apply/gate.ts';
import { readJournal } from '../apply/journal-file.ts';
import { plannedOf } from '../ledger/record.ts';
import { byCodeUnit } from '../model/assignment.ts';
import type { Org } from '../model/config.ts';
import type { Ledger, LedgerEntry, OpenUser, RunRecord } from '../model/ledger.ts';
import type { LiveState } from '../model/live.ts';
import type { PlannedUser } from '../model/plan.ts';
import { holds } from '../plan/guards/holders.ts';
import type { Covered, Doubtful, OpenPerson, Reads, Status, Why } from '../report/status/status.ts';
import type { GlobalFlags } from './flags.ts';
import type { Io } from './io.ts';
import type { Book } from './past.ts';
import { dirOf, notedLedger } from './running.ts';
import { runsOf } from './runs.ts';
import { idsByName } from './undoing.ts';

/** People of a begun run of whom nobody here knows what became. */
export async function undecided(
  where: { readonly io: Io; readonly flags: GlobalFlags },
  entry: LedgerEntry | null,
): Promise<readonly PlannedUser[]> {
  const record = begunRecord(entry);
  if (record === undefined || entry === null) return [];
  const planned = plannedOf(record, entry.ledger.names);
  const run = record.id;
  const noted = await notedLedger(where, run);
  const read = await readJournal({ dir: dirOf(where), run }).catch(() => undefined);
  // A journal that another machine has gone on behind decides nobody.
  if (read === undefined || read.broken !== undefined || noted !== entry.commit) return planned;
  const { decided } = earlierOf(read.lines);
  return planned.filter(({ userId }) => (decided.get(userId) ?? 'in-doubt') === 'in-doubt');
}

export function begunRecord(entry: LedgerEntry | null): RunRecord | undefined {
  return entry?.ledger.run ? (entry.record ?? undefined) : undefined;
}

interface Doubting {
  readonly entry: LedgerEntry | null;
  readonly open: readonly PlannedUser[];
  readonly live: LiveState | undefined;
  readonly readBack: ReadonlySet<string>;
}

/** The undecided of a begun run; without one, whoever earlier runs left in doubt. */
export function doubtful({ entry, open, live, readBack }: Doubting): Doubtful[] {
  const record = begunRecord(entry);
  const people = record
    ? open.map((user) => ({
        ...{ userId: user.userId, key: user.key, since: record.begun },
        ...(live === undefined ? {} : { reads: readsOf(user, live) }),
      }))
    : Object.entries(entry?.ledger.open ?? {}).flatMap(([at, user]): Doubtful[] => {
        const since = user.written.at(-1)?.day;
        if (since === undefined || readBack.has(at)) return [];
        return [{ userId: idAt(at), key: user.key, since }];
      });
  return people.sort((a, b) => byCodeUnit(a.key, b.key));
}

/** Of the open who may have been written: those whom the newest run that had them read back as it planned them. */
export async function readBackOf(book: Book | undefined): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const open = Object.entries(book?.entry?.ledger.open ?? {});
  const left = new Set(open.flatMap(([id, { written }]) => (written.length > 0 ? [id] : [])));
  if (book === undefined || left.size === 0) return found;
  for await (const record of runsOf(book.store.history())) {
    for (const id of left) {
      const read = readBackIn(record, id);
      if (read === undefined) continue;
      left.delete(id);
      if (read) found.add(id);
    }
    if (left.size === 0) break;
  }
  return found;
}

/** Undefined where the run had nothing to do with him. */
function readBackIn({ users, settles: { partly = {} } }: RunRecord, id: string) {
  const user = users[id];
  if (user === undefined) return partly[id] === undefined ? undefined : true;
  return user.outcome === 'applied' || user.outcome === 'unchanged';
}

function readsOf(user: PlannedUser, { users }: LiveState): Reads {
  const list = users.get(user.userId)?.list;
  if (!list?.proven) return 'unread';
  if (matches(user, list.assignments, user.after)) return 'as-planned';
  return matches(user, list.assignments, user.before) ? 'as-before' : 'neither';
}

function idAt(at: string): string | null {
  return at.startsWith('key:') ? null : at;
}

/** What each line of the org's coverage comes to now, over all active people whose lists are proven. */
export function covered(
  org: Org,
  ledger: Ledger | undefined,
  live: LiveState,
): Pick<Status, 'coverage' | 'uncounted'> {
  const better = org.platform === 'cxone' ? 'low' : 'high';
  const idsOf = ledger === undefined ? idsIn(live) : idsByName(ledger, live);
  const active = [...live.users.values()].filter(({ person }) => person.active);
  const lists = active.flatMap(({ list }) => (list.proven ? [list.assignments] : []));
  const coverage = org.guards.coverage.map(({ skill, users, atLeast }): Covered => {
    const ids = idsOf(skill);
    const wanted = { ids, better, ...(atLeast && { atLeast }) } as const;
    return {
      ...{ skill, needed: users },
      ...(atLeast && { atLeast: atLeast.level ?? String(atLeast.proficiency) }),
      holders: ids.length === 0 ? null : lists.filter((list) => holds(list, wanted)).length,
    };
  });
  return { coverage, uncounted: active.length - lists.length };
}

function idsIn({ catalogue }: LiveState) {
  return (name: string) =>
    (catalogue ?? []).flatMap((item) =>
      item.kind === 'skill' && item.name === name ? [item.id] : [],
    );
}

export function openPeople({ open }: Ledger, readBack: ReadonlySet<string>): OpenPerson[] {
  return Object.entries(open)
    .map(([at, user]) => ({ userId: idAt(at), key: user.key, ...whyOpen(user, readBack.has(at)) }))
    .sort((a, b) => byCodeUnit(a.key, b.key));
}

function whyOpen({ base, written, rolledBack }: OpenUser, readBack: boolean): Why {
  if (rolledBack !== undefined) return { why: 'rolled-back', run: rolledBack.run };
  const last = written.at(-1);
  if (last !== undefined) {
    const as = last.tree === undefined ? 'in-part' : 'uncommitted';
    return { why: readBack ? as : 'in-doubt', since: last.day };
  }
  if (base === null) return { why: 'never-verified' };
  return { why: 'verified-apart', commit: base.commit, day: base.day };
}

/** How the commit at hand relates to the applied one. */
export async function headOf({ head, repository }: Book, ledger: Ledger | undefined) {
  const commit = ledger?.applied?.commit;
  if (commit === undefined) return { commit: head, relation: 'ahead' } as const;
  if (commit === head) return { commit: head, relation: 'same' } as const;
  const ancestry = await repository.ancestry(commit, head);
  const relation = { ancestor: 'ahead', 'not-ancestor': 'apart', unknown: 'unknown' } as const;
  return { commit: head, relation: relation[ancestry] };
}
