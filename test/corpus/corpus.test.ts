/**
 * Stories: a folder each, with `muster.yaml`, `rosters/` and `live.json` (the day, the org, what the platform has), and
 * the `plan.json` they must give. Then the plan is applied to the in-memory platform, and a second plan is empty.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { folder } from '../../src/desired/folder.ts';
import { KINDS, keyed, type Value } from '../../src/model/assignment.ts';
import type { CatalogueItem } from '../../src/model/live.ts';
import { createMemory, type MemoryOptions } from '../../src/providers/memory/index.ts';
import { applyPlan } from '../../src/reconcile.ts';
import { planJson } from '../../src/report/plan/json.ts';
import { jumpingClock } from '../support/clock.ts';
import { planOfFiles } from '../support/pipeline.ts';

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
}

const stories = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test('there are stories', () => expect(stories.length).toBeGreaterThan(9));

describe.each(stories)('%s', (story) => {
  const path = `${import.meta.dirname}/${story}`;
  const live = JSON.parse(readFileSync(`${path}/live.json`, 'utf8')) as Live;

  test('gives its plan, and once applied needs no other', async () => {
    const provider = createMemory(worldOf(live));
    const first = await planOfFiles(folder(path), provider, live);
    await expect(planJson(first)).toMatchFileSnapshot(`${path}/plan.json`);
    const clock = jumpingClock();
    const result = await applyPlan(first, { provider, clock, listener: () => undefined });
    expect(result.outcomes.applied).toBe(first.totals.people);
    const second = await planOfFiles(folder(path), provider, live);
    expect(second.users).toEqual({});
    expect(second.held).toEqual(first.held);
    expect(second.totals.foreignKept).toBe(first.totals.foreignKept);
  });
});

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
  return { catalogue, users };
}
