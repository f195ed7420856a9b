/**
 * The law of undoing, on the in-memory platform: every key the run changed is as it was, everything else is carried, and
 * what is planned for these people afterwards is what would be planned had the run never been.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findRun } from '../../src/cli/runs.ts';
import { planUndo, type UndoRequest } from '../../src/cli/undoing.ts';
import { load } from '../../src/desired/load.ts';
import { resolve } from '../../src/desired/resolve.ts';
import { stateAt } from '../../src/desired/state.ts';
import { sameUser } from '../../src/diff/same.ts';
import { recordOf } from '../../src/ledger/record.ts';
import { begin, concluded, end } from '../../src/ledger/steps.ts';
import { keyed, type Value } from '../../src/model/assignment.ts';
import { DEFAULT_GUARDS, type Guards } from '../../src/model/guard.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Result } from '../../src/model/result.ts';
import { createMemory, type MemoryOptions } from '../../src/providers/memory/index.ts';
import { law } from '../support/laws.ts';
import { applyNow, filesOf, history } from '../support/pipeline.ts';

const SKILLS = ['s1', 's2', 's3', 's4'] as const;
const PEOPLE = ['a@x.com', 'b@x.com'] as const;
const DAY = '2026-11-23';
const MADE = { at: '2026-11-23T10:00:00.000Z', by: 'muster test' };
const ID = (key: string) => `id-${key.charAt(0)}`;

/** Per person: skills to proficiencies; a person who is left out is not in the files. */
type Wanted = Readonly<Record<string, Readonly<Record<string, Value>>>>;

const skills = fc.dictionary(fc.constantFrom(...SKILLS), fc.constantFrom(20, 60, 90), {
  maxKeys: 4,
  noNullPrototype: true,
});
const wanted = fc.record(Object.fromEntries(PEOPLE.map((key) => [key, skills])), {
  requiredKeys: [PEOPLE[0]],
  noNullPrototype: true,
}) as fc.Arbitrary<Wanted>;
const live = fc.record(Object.fromEntries(PEOPLE.map((key) => [key, skills])), {
  noNullPrototype: true,
}) as fc.Arbitrary<Wanted>;

function filesFor(want: Wanted) {
  const users = Object.entries(want).map(
    ([key, of]) => `  ${key}: { skills: ${JSON.stringify(of)} }`,
  );
  const config =
    'version: 1\norgs: { eu: { platform: admin, baseUrl: "https://x.mypurecloud.com" } }\n';
  const roster = `version: 1\nusers:\n${users.join('\n')}\n`;
  return filesOf(
    new Map([
      ['muster.yaml', config],
      ['rosters/a.yaml', roster],
    ]),
  );
}

function worldOf(lists: Wanted, options: Partial<MemoryOptions> = {}) {
  return createMemory({
    users: PEOPLE.map((key) => ({
      person: { id: ID(key), email: key, active: true },
      assignments: { skill: keyed(Object.entries(lists[key] ?? {})), language: keyed() },
    })),
    catalogue: SKILLS.map((name) => ({ kind: 'skill', id: `id-${name}`, name })),
    ...options,
  });
}

/** Ids are not names, so that nobody takes one for the other. */
const byId = (lists: Wanted): Wanted =>
  Object.fromEntries(
    Object.entries(lists).map(([key, of]) => [
      key,
      Object.fromEntries(Object.entries(of).map(([name, value]) => [`id-${name}`, value])),
    ]),
  );

type Provider = ReturnType<typeof worldOf>;
type Past = ReturnType<typeof history>;

interface Undoing {
  readonly past: Past;
  readonly provider: Provider;
  readonly files: ReadonlyMap<string, ReturnType<typeof filesFor>>;
  readonly run: string;
  readonly guards?: Guards;
}

async function undoRun({ past, provider, files, run, guards }: Undoing) {
  const found = await findRun(past.store.history(), ({ id }) => id === run);
  const entry = await past.store.read();
  const head = files.get(past.head);
  if (found === undefined || entry === null || head === undefined) throw new Error('No such run.');
  const loaded = await load(head);
  const org = loaded.config?.orgs.eu;
  if (org === undefined) throw new Error('The files are wrong.');
  const point = { commit: past.head, day: DAY };
  const states = new Map<string, Awaited<ReturnType<typeof stateAt>>>();
  for (const [commit, source] of files) {
    states.set(
      commit,
      await stateAt(source, { point: { commit, day: DAY }, orgs: ['eu'], today: DAY }),
    );
  }
  const request: UndoRequest = {
    ...{ org, run: found, only: undefined, ledger: entry.ledger, commit: entry.commit, point },
    desired: resolve(org, loaded.rosters.get('eu') ?? [], DAY).desired,
    guards: [guards ?? DEFAULT_GUARDS],
    doubts: [],
    sameFiles: (key, a, b) => {
      const at = (commit: string) => states.get(commit)?.state?.onDay.users.get(key);
      return sameUser(at(a.commit), at(b.commit));
    },
    provider,
    listener: () => undefined,
    made: MADE,
  };
  const { plan, restores } = await planUndo(request);
  return { plan, restores, entry, point };
}

async function rollBack(undoing: Undoing): Promise<{ plan: Plan; result: Result }> {
  const { plan, restores, entry, point } = await undoRun(undoing);
  const { store } = undoing.past;
  const record = recordOf(plan, {
    ...{ id: 'undo', kind: 'rollback', by: 'tester@here', begun: MADE.at, overrides: [], point },
    ...{ undoes: undoing.run, restores },
  });
  const { org, orgId, platform, folder } = entry.ledger;
  const ledger = begin(entry.ledger, { org, orgId, platform, folder }, record);
  const begun = await store.append(entry.commit, { ledger, record, message: 'begins' });
  const result = await applyNow(plan, undoing.provider, { run: { id: 'undo' } });
  const ended = concluded(record, result, MADE.at);
  await store.append(begun.commit, {
    ledger: end(begun.ledger, ended),
    record: ended,
    message: 'ends',
  });
  return { plan, result };
}

const changesOf = (plan: Plan, userId: string) =>
  (plan.users[userId]?.changes ?? []).map(({ source: _, ...change }) => change);

const hands = fc.array(
  fc.record({
    key: fc.constantFrom(...PEOPLE),
    skill: fc.constantFrom(...SKILLS),
    value: fc.constantFrom(7, 20, undefined),
  }),
  { maxLength: 3 },
);

interface Edit {
  readonly key: string;
  readonly skill: string;
  readonly value: number | undefined;
}

function editAll({ world }: Provider, edits: readonly Edit[]): void {
  for (const { key, skill, value } of edits) {
    world.set(ID(key), 'skill', { id: `id-${skill}`, value });
  }
}

/** Edits that are not to what the plan changes. */
function foreignTo({ users }: Plan, edits: readonly Edit[]): Edit[] {
  return edits.filter(({ key, skill }) => {
    const changes = users[ID(key)]?.changes ?? [];
    return changes.every(({ id }) => id !== `id-${skill}`);
  });
}

function everybody({ world }: Provider) {
  return Object.fromEntries(PEOPLE.map((key) => [key, world.listOf(ID(key)).skill]));
}

/** The ledger as the first run left it, and a platform that the second run never saw. */
async function twinOf(past: Past, provider: Provider, first: Wanted): Promise<Past> {
  const twin = history(provider);
  twin.commit(filesFor(first));
  for await (const { ledger, record } of past.store.history()) {
    if (record?.id !== 'run-1' || record.ended === null) continue;
    await twin.store.append(null, { ledger, record, message: 'as it was' });
  }
  return twin;
}

async function undoneIsUndone(start: Wanted, stages: readonly Wanted[], edits: readonly Edit[]) {
  const [first = {}, second = {}, third = {}] = stages;
  const provider = worldOf(byId(start));
  const past = history(provider);
  const files = new Map<string, ReturnType<typeof filesFor>>();
  const commit = (want: Wanted) => {
    const source = filesFor(want);
    files.set(past.commit(source), source);
  };
  commit(first);
  await past.apply(await past.plan(DAY));
  const unseen = worldOf(everybody(provider));
  const twin = await twinOf(past, unseen, first);
  commit(second);
  const applied = await past.plan(DAY);
  await past.apply(applied);
  const foreign = foreignTo(applied, edits);
  for (const each of [provider, unseen]) editAll(each, foreign);

  const { plan, result } = await rollBack({ past, provider, files, run: 'run-2' });
  expect(plan.held).toEqual([]);
  expect(result.outcomes.applied).toBe(applied.totals.people);
  expect(everybody(provider)).toEqual(everybody(unseen));
  const undone = Object.keys(applied.users).sort();
  expect((await past.plan(DAY)).held.map(({ userId }) => userId).sort()).toEqual(undone);

  commit(third);
  twin.commit(filesFor(third));
  const [here, there] = [await past.plan(DAY), await twin.plan(DAY)];
  const held = new Set(here.held.map(({ userId }) => userId));
  for (const userId of undone.filter((id) => !held.has(id))) {
    expect(changesOf(here, userId)).toEqual(changesOf(there, userId));
  }
}

law(
  'undone is as if it had never been done, whatever the files were and whoever edits by hand',
  fc.asyncProperty(live, fc.array(wanted, { minLength: 3, maxLength: 3 }), hands, undoneIsUndone),
);

const two = { 'a@x.com': { s1: 60 }, 'b@x.com': { s1: 60 } };

async function applied(options: Partial<MemoryOptions> = {}) {
  const provider = worldOf({}, options);
  const past = history(provider);
  const source = filesFor(two);
  const files = new Map([[past.commit(source), source]]);
  await past.apply(await past.plan(DAY));
  return { provider, past, files, run: 'run-1' };
}

test('who is inactive is held where the whole org is read, and guards know the names of the catalogue', async () => {
  const world = await applied();
  const users = PEOPLE.map((key) => ({
    person: { id: ID(key), email: key, name: key.charAt(0), active: key !== 'b@x.com' },
    assignments: world.provider.world.listOf(ID(key)),
  }));
  const provider = createMemory({ users, catalogue: world.provider.world.catalogue ?? [] });
  const rules = [{ holds: 's1', mustNot: 's2' }];
  const { plan } = await undoRun({ ...world, provider, guards: { ...DEFAULT_GUARDS, rules } });
  expect(plan.held).toMatchObject([{ key: 'b@x.com', reason: 'inactive' }]);
  expect(plan.users['id-a']).toMatchObject({ name: 'a', changes: [{ name: 's1' }] });
  expect(plan.guards.find(({ guard }) => guard === 'rules')?.passed).toBe(true);
});

test('a list that is not there is not taken for empty', async () => {
  const world = await applied();
  const fetchOwn = async () => new Map();
  const { plan, restores } = await undoRun({ ...world, provider: { ...world.provider, fetchOwn } });
  expect(plan.held.map(({ reason }) => reason)).toEqual(['unread', 'unread']);
  expect(plan.totals.people).toBe(0);
  expect(restores).toEqual(keyed());
});

test('the people of the first run go back to having no base', async () => {
  const world = await applied();
  const { restores } = await undoRun(world);
  expect(restores['id-a']).toMatchObject({ base: null, written: [], rolledBack: { run: 'run-1' } });
});
