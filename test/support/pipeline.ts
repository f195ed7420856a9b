/**
 * The pipeline from files to a plan and through an apply, on the in-memory platform, with the ledger in memory and a
 * history of commits that are maps of files; whatever stands in its way is thrown.
 */

import { memoryJournal } from '../../src/apply/journal-memory.ts';
import { load } from '../../src/desired/load.ts';
import { resolve } from '../../src/desired/resolve.ts';
import { stateAt } from '../../src/desired/state.ts';
import { memoryStore } from '../../src/ledger/memory.ts';
import { recordOf } from '../../src/ledger/record.ts';
import { begin, concluded, effective, emptyLedger, end } from '../../src/ledger/steps.ts';
import type { BaseState, Bases } from '../../src/model/base.ts';
import { type Finding, hasErrors } from '../../src/model/finding.ts';
import type { GuardName } from '../../src/model/guard.ts';
import type { Ledger, LedgerEntry } from '../../src/model/ledger.ts';
import type { Plan, RunScope } from '../../src/model/plan.ts';
import { type Point, pointKey } from '../../src/model/point.ts';
import type { Provider } from '../../src/model/provider.ts';
import type { Result } from '../../src/model/result.ts';
import type { Review } from '../../src/model/review.ts';
import type { FileSource } from '../../src/model/source.ts';
import { type ApplyOptions, applyPlan, planFor } from '../../src/reconcile.ts';
import { jumpingClock } from './clock.ts';

const MADE = { at: '2026-11-23T10:00:00.000Z', by: 'muster test' };

export interface On {
  readonly org: string;
  readonly day: string;
}

export interface How {
  readonly scope?: RunScope;
  readonly allowed?: readonly GuardName[];
  readonly bases?: Bases;
  readonly point?: Point;
  readonly ids?: ReadonlyMap<string, string>;
  readonly review?: Review;
}

export async function planOfFiles(
  files: FileSource,
  provider: Provider,
  on: On,
  how: How = {},
): Promise<Plan> {
  const loaded = await load(files);
  const org = loaded.config?.orgs[on.org];
  if (org === undefined) throw inTheWay(loaded.findings);
  const resolved = resolve(org, loaded.rosters.get(on.org) ?? [], on.day);
  const findings = [...loaded.findings, ...resolved.findings];
  if (hasErrors(findings)) throw inTheWay(findings);
  const { desired } = resolved;
  const planned = await planFor({
    ...{ org, desired, findings, provider, made: MADE },
    bases: how.bases,
    ids: how.ids ?? new Map(),
    head: how.point?.commit ?? null,
    point: how.point ?? null,
    uncommitted: new Set(),
    scope: how.scope ?? null,
    guards: [org.guards],
    allowed: how.allowed ?? [],
    review: how.review ?? null,
    listener: () => undefined,
  });
  if (planned.plan === undefined) throw inTheWay(planned.findings);
  return planned.plan;
}

function inTheWay(findings: readonly Finding[]): Error {
  return new Error(JSON.stringify(findings, null, 2));
}

/** Applies as a test does: a clock that jumps, a journal in memory. */
export function applyNow(
  plan: Plan,
  provider: Provider,
  more: Partial<ApplyOptions> = {},
): Promise<Result> {
  return applyPlan(plan, {
    provider,
    clock: jumpingClock(),
    listener: () => undefined,
    run: { id: 'run-1' },
    journal: memoryJournal(),
    ...more,
  });
}

/** Commits, a ledger, and a platform: what a repository with muster in it goes through over time. */
export function history(provider: Provider, org = 'eu') {
  const store = memoryStore();
  const commits = new Map<string, FileSource>();
  let head = '';
  let runs = 0;

  const basesOn = async (day: string): Promise<Bases | undefined> => {
    const entry = await store.read();
    if (entry === null) return undefined;
    const ledger = effective(entry);
    const states = new Map<string, BaseState>();
    const doubts: string[] = [];
    for (const point of pointsIn(ledger)) {
      const files = commits.get(point.commit);
      if (files === undefined) throw new Error(`There is no commit ${point.commit}.`);
      const found = await stateAt(files, { point, orgs: [org], today: day });
      if (found.state === undefined) doubts.push(found.why);
      else states.set(pointKey(point), found.state);
    }
    return { commit: entry.commit, ledger, states, doubts };
  };

  return {
    store,
    get head() {
      return head;
    },
    commit(files: FileSource): string {
      head = `${commits.size + 1}`.padStart(40, '0');
      commits.set(head, files);
      return head;
    },
    async plan(day: string, how: Omit<How, 'bases' | 'point'> = {}): Promise<Plan> {
      const files = commits.get(head);
      if (files === undefined) throw new Error('Nothing has been committed.');
      const bases = await basesOn(day);
      const point = { commit: head, day };
      return planOfFiles(
        files,
        provider,
        { org, day },
        {
          ...how,
          point,
          ...(bases === undefined ? {} : { bases }),
        },
      );
    },
    async apply(plan: Plan, more: Partial<ApplyOptions> = {}): Promise<Result> {
      const id = `run-${++runs}`;
      const { point } = plan.settles;
      if (point === null) throw new Error('The plan was not made of a commit.');
      const record = recordOf(plan, {
        ...{ id, kind: 'apply', by: 'tester@here', begun: MADE.at, overrides: [] },
        point,
      });
      const entry = await store.read();
      const identity = { org, orgId: null, platform: plan.platform, folder: '' };
      const before = entry?.ledger ?? emptyLedger(identity);
      const begun: LedgerEntry = await store.append(entry?.commit ?? null, {
        ledger: begin(before, identity, record),
        record,
        message: `${id} begins`,
      });
      const result = await applyNow(plan, provider, { ...more, run: { id } });
      const ended = concluded(record, result, MADE.at);
      await store.append(begun.commit, {
        ledger: end(begun.ledger, ended),
        record: ended,
        message: `${id} ends`,
      });
      return result;
    },
  };
}

function pointsIn({ applied, open }: Ledger): Iterable<Point> {
  const points = new Map<string, Point>();
  for (const point of [
    applied,
    ...Object.values(open).flatMap(({ base, written, rolledBack }) => [
      base,
      ...written,
      rolledBack?.at,
    ]),
  ]) {
    if (point) points.set(pointKey(point), point);
  }
  return points.values();
}

/** Files in memory as a source. */
export function filesOf(files: ReadonlyMap<string, string>): FileSource {
  return {
    list: async () => [...files.keys()].sort(),
    read: async (path) => new TextEncoder().encode(files.get(path) ?? ''),
  };
}
