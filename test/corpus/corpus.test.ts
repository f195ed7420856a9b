/**
 * Stories: files and a live platform give a plan; once it is applied, a second one is empty. A story with `base/`, and
 * perhaps `base-2/`, has a past: the files of those folders are what the ledger's points say.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { folder } from '../../src/desired/folder.ts';
import { load } from '../../src/desired/load.ts';
import { stateAt } from '../../src/desired/state.ts';
import { recordOf } from '../../src/ledger/record.ts';
import { begin, concluded, emptyLedger, end } from '../../src/ledger/steps.ts';
import { KINDS, keyed, type Value } from '../../src/model/assignment.ts';
import type { BaseState, Bases } from '../../src/model/base.ts';
import type { GuardName } from '../../src/model/guard.ts';
import type { Ledger, OpenUser } from '../../src/model/ledger.ts';
import type { CatalogueItem, Incomplete } from '../../src/model/live.ts';
import type { RunScope } from '../../src/model/plan.ts';
import { type Point, pointKey } from '../../src/model/point.ts';
import { createMemory, type MemoryOptions } from '../../src/providers/memory/index.ts';
import { planJson } from '../../src/report/plan/json.ts';
import { applyNow, planOfFiles } from '../support/pipeline.ts';

interface Live {
  readonly day: string;
  readonly org: string;
  readonly catalogue: Readonly<Record<'skill' | 'language', Readonly<Record<string, string>>>>;
  readonly users: Readonly<
    Record<
      string,
      {
        readonly email?: string;
        readonly userName?: string;
        readonly name?: string;
        readonly active?: boolean;
        readonly unreadable?: string;
        readonly skill?: Readonly<Record<string, Value>>;
        readonly language?: Readonly<Record<string, Value>>;
      }
    >
  >;
  /** What the ledger says. A point is a folder beside this file, and a day. */
  readonly ledger?: {
    /** Left out: nobody was verified yet. */
    readonly applied?: PointWords;
    /** Names to ids; those of the catalogue when left out. */
    readonly names?: Readonly<Record<string, string>>;
    readonly open?: Readonly<
      Record<
        string,
        {
          readonly key: string;
          readonly base?: PointWords;
          readonly written?: readonly PointWords[];
          readonly rolledBack?: { readonly run: string; readonly at: PointWords };
        }
      >
    >;
    /** Keys to ids, as last seen. */
    readonly people?: Readonly<Record<string, string>>;
  };
  readonly incomplete?: Incomplete;
  readonly scope?: RunScope;
  readonly allowed?: readonly GuardName[];
}

type PointWords = readonly [folder: string, day: string];

const stories = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test('there are stories', () => expect(stories.length).toBeGreaterThan(9));

describe.each(stories)('%s', (story) => {
  const path = `${import.meta.dirname}/${story}`;
  const live = JSON.parse(readFileSync(`${path}/live.json`, 'utf8')) as Live;
  const files = folder(path);
  const now = pointOf(['.', live.day]);

  test('gives its plan, and once applied needs no other', async () => {
    const provider = createMemory(worldOf(live));
    const ids = new Map(Object.entries(live.ledger?.people ?? {}));
    const how = {
      ...(live.scope === undefined ? {} : { scope: live.scope }),
      ...(live.allowed === undefined ? {} : { allowed: live.allowed }),
      ids,
    };
    const ledger = live.ledger && ledgerOf(live, live.ledger);
    const first = await planOfFiles(files, provider, live, {
      ...how,
      ...(ledger === undefined ? {} : { point: now, bases: await basesOf(ledger, path, live) }),
    });
    await expect(planJson(first)).toMatchFileSnapshot(`${path}/plan.json`);
    const result = await applyNow(first, provider);
    expect(result.outcomes.applied).toBe(first.totals.people);

    if (ledger === undefined) {
      const second = await planOfFiles(files, provider, live, how);
      expect(second.users).toEqual({});
      expect(second.held).toEqual(first.held);
      expect(second.totals.foreignKept).toBe(first.totals.foreignKept);
      return;
    }
    const record = recordOf(first, {
      ...{ id: 'run-1', kind: 'apply', by: 'tester@here', begun: NOON, overrides: [] },
      point: now,
    });
    const after = end(begin(ledger, IDENTITY(live.org), record), concluded(record, result, NOON));
    const second = await planOfFiles(files, provider, live, {
      ...how,
      point: now,
      bases: await basesOf(after, path, live),
    });
    expect(second.users).toEqual({});
    expect(second.held).toEqual(first.held);
  });
});

const NOON = '2026-11-23T12:00:00.000Z';
const IDENTITY = (org: string) => ({ org, orgId: null, platform: 'admin' as const, folder: '' });

/** The folder's name stands in for a commit. */
function pointOf([name, day]: PointWords): Point {
  return { commit: Buffer.from(name).toString('hex').padEnd(40, '0'), day };
}

function folderOf({ commit }: Point): string {
  return Buffer.from(commit.replace(/(00)+$/, ''), 'hex').toString();
}

function ledgerOf({ org, catalogue }: Live, words: NonNullable<Live['ledger']>): Ledger {
  const names = Object.entries(catalogue.skill).map(([id, name]) => [name, id] as const);
  const open = Object.entries(words.open ?? {}).map(([id, user]): [string, OpenUser] => [
    id,
    {
      key: user.key,
      base: user.base ? pointOf(user.base) : null,
      written: (user.written ?? []).map(pointOf),
      ...(user.rolledBack
        ? { rolledBack: { run: user.rolledBack.run, at: pointOf(user.rolledBack.at) } }
        : {}),
    },
  ]);
  return {
    ...emptyLedger(IDENTITY(org)),
    applied: words.applied ? pointOf(words.applied) : null,
    names: {
      skill: keyed(words.names === undefined ? names : Object.entries(words.names)),
      language: keyed(),
    },
    open: keyed(open),
  };
}

async function basesOf(ledger: Ledger, path: string, { org, day }: Live): Promise<Bases> {
  const states = new Map<string, BaseState>();
  const doubts: string[] = [];
  const points = [
    ledger.applied,
    ...Object.values(ledger.open).flatMap((user) => [
      user.base,
      ...user.written,
      user.rolledBack?.at,
    ]),
  ];
  for (const point of points) {
    if (!point) continue;
    const at = `${path}/${folderOf(point)}`;
    if (!existsSync(at)) throw new Error(`The story has no folder ${at}.`);
    const reuse = await load(folder(path));
    const found = await stateAt(folder(at), { point, orgs: [org], today: day, reuse });
    if (found.state === undefined) doubts.push(found.why);
    else states.set(pointKey(point), found.state);
  }
  return { commit: 'ledger', ledger, states, doubts };
}

function worldOf(live: Live): MemoryOptions {
  const catalogue: CatalogueItem[] = KINDS.flatMap((kind) =>
    Object.entries(live.catalogue[kind]).map(([id, name]) => ({ kind, id, name })),
  );
  const users = Object.entries(live.users).map(([id, user]) => {
    const { active = true, skill = {}, language = {}, unreadable, ...person } = user;
    return {
      person: { id, active, ...person },
      assignments: {
        skill: keyed(Object.entries(skill)),
        language: keyed(Object.entries(language)),
      },
      ...(unreadable === undefined ? {} : { unreadable }),
    };
  });
  return { catalogue, users, ...(live.incomplete ? { incomplete: live.incomplete } : {}) };
}
