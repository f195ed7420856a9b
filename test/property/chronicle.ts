/**
 * A chronicle: what a repository with muster in it goes through, step by step, on the in-memory platform. Files are read
 * by the real loader, and what they come to is remembered by their text, so that thousands of chronicles can be tried.
 */
import { memoryJournal } from '../../src/apply/journal-memory.ts';
import { desiredAtBase } from '../../src/cli/scope.ts';
import { type Loaded, load } from '../../src/desired/load.ts';
import { resolve } from '../../src/desired/resolve.ts';
import { memoryStore } from '../../src/ledger/memory.ts';
import { recordOf } from '../../src/ledger/record.ts';
import { begin, concluded, emptyLedger, end, takenOver } from '../../src/ledger/steps.ts';
import type { BaseState, Bases } from '../../src/model/base.ts';
import type { DesiredState } from '../../src/model/desired.ts';
import { hasErrors } from '../../src/model/finding.ts';
import type { Ledger } from '../../src/model/ledger.ts';
import type { Plan, RunScope } from '../../src/model/plan.ts';
import { type Point, pointKey } from '../../src/model/point.ts';
import type { Provider } from '../../src/model/provider.ts';
import type { Result } from '../../src/model/result.ts';
import { applyPlan, planFor } from '../../src/reconcile.ts';
import { jumpingClock } from '../support/clock.ts';
import { filesOf } from '../support/pipeline.ts';

const ORG = 'eu';
const AT = '2026-11-23T10:00:00.000Z';
const IDENTITY = { org: ORG, orgId: null, platform: 'admin' as const, folder: '' };

type Texts = ReadonlyMap<string, string>;

const loads = new Map<string, Promise<Loaded>>();
const states = new Map<string, Promise<DesiredState | undefined>>();

function loaded(files: Texts): Promise<Loaded> {
  const text = textOf(files);
  const known = loads.get(text) ?? load(filesOf(files));
  loads.set(text, known);
  return known;
}

function textOf(files: Texts): string {
  return JSON.stringify([...files]);
}

/** What files want on a day; undefined when they are in error. */
export function desiredOf(files: Texts, day: string): Promise<DesiredState | undefined> {
  const key = `${day} ${textOf(files)}`;
  const known = states.get(key) ?? resolved(files, day);
  states.set(key, known);
  return known;
}

async function resolved(files: Texts, day: string) {
  const { config, rosters, findings } = await loaded(files);
  const org = config?.orgs[ORG];
  if (org === undefined || hasErrors(findings)) return undefined;
  const made = resolve(org, rosters.get(ORG) ?? [], day);
  return hasErrors(made.findings) ? undefined : made.desired;
}

export interface Planned {
  readonly plan: Plan;
  readonly ids: ReadonlyMap<string, string>;
}

/** How a run ends early: at its so many-eth call of the platform, told to stop, or killed with nobody to end it. */
export interface Cut {
  readonly how: 'interrupted' | 'killed';
  readonly at: number;
}

class Killed extends Error {}

export class Chronicle {
  day = '2026-11-23';
  head = '';
  readonly commits = new Map<string, Texts>();
  readonly #store = memoryStore();
  readonly #provider: Provider;
  #runs = 0;

  constructor(provider: Provider) {
    this.#provider = provider;
  }

  commit(files: Texts): void {
    this.head = `${this.commits.size + 1}`.padStart(40, '0');
    this.commits.set(this.head, files);
  }

  async ledger(): Promise<Ledger | undefined> {
    return (await this.#store.read())?.ledger;
  }

  /** Undefined when findings stand in the way, or there is no base to plan at. */
  async plan(scope: RunScope | null): Promise<Planned | undefined> {
    await this.#takeOver();
    const past = await this.#bases();
    const applied = past?.ledger.applied;
    const atBase = scope?.at === 'base';
    if (atBase && !applied) return undefined;
    const { desired, org } = await this.#atHead();
    const planned = await planFor({
      ...{ org, findings: [], provider: this.#provider, scope, guards: [org.guards], allowed: [] },
      desired: atBase && past ? desiredAtBase(past, desired) : desired,
      bases: past,
      ids: await this.#store.people(),
      head: this.head,
      point: { commit: atBase && applied ? applied.commit : this.head, day: this.day },
      uncommitted: new Set(),
      review: null,
      listener: () => undefined,
      made: { at: AT, by: 'muster test' },
    });
    return planned.plan === undefined ? undefined : planned;
  }

  /** The result; undefined when the run was killed. */
  async apply({ plan, ids }: Planned, cut?: Cut): Promise<Result | undefined> {
    this.#runs += 1;
    const id = `run-${this.#runs}`;
    const { point } = plan.settles;
    if (point === null) throw new Error('The plan was not made of a commit.');
    const how = { id, kind: 'apply' as const, by: 'tester@here', begun: AT, overrides: [] };
    const record = recordOf(plan, { ...how, point });
    const entry = await this.#store.read();
    const begun = await this.#store.append(entry?.commit ?? null, {
      ledger: begin(entry?.ledger ?? emptyLedger(IDENTITY), IDENTITY, record),
      record,
      people: new Map([...(await this.#store.people()), ...ids]),
      message: `${id} begins`,
    });
    const result = await cutShort(plan, this.#provider, { id, cut });
    if (result === undefined) return undefined;
    const ended = concluded(record, result, AT);
    const ledger = end(begun.ledger, ended);
    await this.#store.append(begun.commit, { ledger, record: ended, message: `${id} ends` });
    return result;
  }

  /** Whoever was killed is left to whoever comes next. */
  async #takeOver(): Promise<void> {
    const entry = await this.#store.read();
    if (!entry?.ledger.run || entry.record === null) return;
    const record = takenOver(entry.record, AT);
    const ledger = end(entry.ledger, record);
    await this.#store.append(entry.commit, { ledger, record, message: 'taken over' });
  }

  async #bases(): Promise<Bases | undefined> {
    const entry = await this.#store.read();
    if (entry === null) return undefined;
    const found = new Map<string, BaseState>();
    for (const point of pointsIn(entry.ledger)) {
      found.set(pointKey(point), await this.#stateOf(point));
    }
    return { commit: entry.commit, ledger: entry.ledger, states: found, doubts: [] };
  }

  async #stateOf(point: Point): Promise<BaseState> {
    const files = this.commits.get(point.commit) ?? new Map<string, string>();
    const onDay = await desiredOf(files, point.day);
    const now = await desiredOf(files, this.day);
    const guards = (await loaded(files)).config?.orgs[ORG]?.guards;
    if (!onDay || !now || !guards) throw new Error(`There is nothing at ${point.commit}.`);
    return { point, onDay, now, guards };
  }

  async #atHead() {
    const files = this.commits.get(this.head) ?? new Map<string, string>();
    const desired = await desiredOf(files, this.day);
    const org = (await loaded(files)).config?.orgs[ORG];
    if (!desired || !org) throw new Error('The files at head are in error.');
    return { desired, org };
  }
}

async function cutShort(
  plan: Plan,
  provider: Provider,
  { id, cut }: { readonly id: string; readonly cut: Cut | undefined },
): Promise<Result | undefined> {
  const stop = new AbortController();
  let calls = 0;
  const count = () => {
    calls += 1;
    if (cut === undefined || calls < cut.at) return;
    if (cut.how === 'killed') throw new Killed();
    stop.abort();
  };
  const counted: Provider = {
    ...provider,
    fetchOwn: async (ids) => {
      count();
      return provider.fetchOwn(ids);
    },
    write: (batch) => {
      count();
      return provider.write(batch);
    },
  };
  try {
    return await applyPlan(plan, {
      ...{ provider: counted, clock: jumpingClock(), listener: () => undefined, run: { id } },
      ...{ journal: memoryJournal(), signal: stop.signal, patienceMs: 2_000 },
    });
  } catch (error) {
    if (error instanceof Killed) return undefined;
    throw error;
  }
}

function pointsIn({ applied, open }: Ledger): Iterable<Point> {
  const points = new Map<string, Point>();
  for (const point of [
    applied,
    ...Object.values(open).flatMap(({ base, written }) => [base, ...written]),
  ]) {
    if (point) points.set(pointKey(point), point);
  }
  return points.values();
}
