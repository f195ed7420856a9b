/** Whatever the rosters say, an export brought back by an import changes nothing; and an import done twice, nothing the second time. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { load } from '../../src/desired/load.ts';
import { resolve } from '../../src/desired/resolve.ts';
import type { Roster } from '../../src/desired/roster.ts';
import { speakers } from '../../src/desired/speakers.ts';
import type { Org } from '../../src/model/config.ts';
import { addDays } from '../../src/model/day.ts';
import { hasErrors } from '../../src/model/finding.ts';
import { editRosters } from '../../src/rosters/edit.ts';
import { csvText } from '../../src/tables/csv.ts';
import { longForm, wideForm } from '../../src/tables/forms.ts';
import { type Listing, listingOf } from '../../src/tables/listing.ts';
import { Skills } from '../../src/tables/skills.ts';
import { config, memory, orgOf, told } from '../desired/world.ts';
import { RUNS } from '../support/laws.ts';
import { ENCODINGS, encoded } from './encodings.ts';
import { changes, DAY, entryOf, inLines } from './world.ts';

const SKILLS = ['Billing', 'Chat', '=Sum', "'-x", 'Name', 'a;b', 'Größe', 'say "hi"', 'skill: odd'];
const USERS = ['ana@example.com', 'BEN', 'id:u-7', '@dora', 'Cem, Öz'];
const NAMES = ['Ana Ruiz', '=cmd()', 'Ben "Big" O\'Neill', 'Öz, Cem', '+49 30'];

const value = fc.constantFrom<number | string>(0, 7, 60, 90, 'novice', 'expert', 'absent');
const day = fc.integer({ min: -40, max: 40 }).map((days) => addDays(DAY, days));
const reason = fc.option(fc.constantFrom('campaign', '=1+1', 'a, b'), { nil: undefined });

/** A case takes several loads of files, so of these laws fewer are tried than of others. */
const AN_HOUR = 3_600_000;

const AFTERWARDS = Object.fromEntries([['then', 'absent']]);

/** Windows one after the other, so that none overlap; then perhaps a plain value, and what follows the last day. */
const entry = fc
  .tuple(
    fc.uniqueArray(day, { maxLength: 4 }),
    fc.array(value, { minLength: 3, maxLength: 3 }),
    reason,
  )
  .chain(([days, values, why]) => {
    const edges = [...days].sort();
    const windows: Record<string, unknown>[] = [];
    for (let n = 0; n + 1 < edges.length; n += 2)
      windows.push({
        proficiency: values[n / 2],
        from: edges[n],
        until: edges[n + 1],
        reason: why,
      });
    return fc.record({
      windows: fc.constant(windows),
      plain: fc.option(value, { nil: undefined }),
      open: fc.constantFrom('both', 'from', 'until'),
      gone: fc.boolean(),
    });
  })
  .map(({ windows, plain, open, gone }) => {
    const [first] = windows;
    const last = windows.at(-1);
    if (first && open === 'until') delete first.from;
    if (last && open === 'from') delete last.until;
    if (last?.until !== undefined && gone) Object.assign(last, AFTERWARDS);
    const all = [...(plain === undefined ? [] : [plain]), ...windows];
    return all.length === 1 ? all[0] : all;
  })
  .filter((made) => made !== undefined && !(Array.isArray(made) && made.length === 0));

const skills = fc.dictionary(fc.constantFrom(...SKILLS), entry, {
  maxKeys: 4,
  noNullPrototype: true,
});

const rosters = fc
  .record({
    base: skills,
    deep: skills,
    team: skills,
    users: fc.tuple(...USERS.map(() => fc.option(skills, { nil: undefined }))),
    members: fc.subarray(USERS),
    profiles: fc.subarray(['base', 'deep']),
  })
  .map(({ base, deep, team, users, members, profiles }) => ({
    version: 1,
    profiles: { deep: { skills: deep }, base: { extends: ['deep'], skills: base } },
    teams: { emea: { profiles: ['base'], members, skills: team } },
    users: Object.fromEntries(
      USERS.flatMap((user, n) => {
        const own = users[n];
        return own ? [[user, { name: NAMES[n], profiles, skills: own }]] : [];
      }),
    ),
  }));

interface World {
  readonly text: string;
  readonly org: Org;
  readonly rosters: readonly Roster[];
}

/** Undefined where two places of the rosters are in conflict, today or later: that forbids an import, now or then. */
async function world(data: object): Promise<World | undefined> {
  const text = JSON.stringify(data);
  const loaded = await load(memory({ 'muster.yaml': config(), 'rosters/a.yaml': text }));
  const made = { text, org: orgOf(loaded), rosters: loaded.rosters.get('prod') ?? [] };
  const days = new Set([DAY, ...text.matchAll(/\d{4}-\d{2}-\d{2}/g)].flat());
  const clashes = [...days]
    .flatMap((one) => [one, addDays(one, 1)])
    .some((one) => one >= DAY && hasErrors(resolve(made.org, made.rosters, one).findings));
  return hasErrors(loaded.findings) || clashes ? undefined : made;
}

function listings({ rosters: all }: World): Listing[] {
  const standing = speakers('prod', all);
  const people = [...standing.people].map(([key, { users }]) => {
    const name = users.find(({ person }) => person)?.person;
    return { key, ...(name !== undefined && { name }) };
  });
  return listingOf(people, standing, DAY);
}

const style = fc.record({
  separator: fc.constantFrom<',' | ';' | '\t'>(',', ';', '\t'),
  mark: fc.boolean(),
});

test('law: the long form of what the files say, imported, changes nothing', {
  timeout: AN_HOUR,
}, async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(rosters, style, fc.constantFrom(...ENCODINGS), async (data, how, encoding) => {
      const made = await world(data);
      if (!made) return;
      const { columns, rows } = longForm(listings(made));
      if (rows.length === 0) return;
      compared += 1;
      const table = encoded(csvText([columns, ...rows], how), encoding);
      const again = await changes(table, { rosters: { 'rosters/a.yaml': made.text } });
      expect(told(again.findings)).toEqual([]);
      expect(inLines(again)).toEqual([]);
      expect(again.unchanged).toBe(rows.length);
    }),
    { numRuns: Math.ceil(RUNS / 5) },
  );
  expect(compared).toBeGreaterThan(20);
});

test('law: so does the wide form', { timeout: AN_HOUR }, async () => {
  await fc.assert(
    fc.asyncProperty(rosters, style, async (data, how) => {
      const made = await world(data);
      if (!made) return;
      const known = new Skills('prod', made.rosters);
      const isClear = (text: string) =>
        known.find({ text, form: 'name', kind: undefined }).length < 2;
      const { columns, rows } = wideForm(listings(made), { day: DAY, isClear });
      if (rows.length === 0) return;
      const again = await changes(csvText([columns, ...rows], how), {
        rosters: { 'rosters/a.yaml': made.text },
      });
      expect(told(again.findings)).toEqual([]);
      expect(inLines(again)).toEqual([]);
    }),
    { numRuns: Math.ceil(RUNS / 10) },
  );
});

const cell = fc.constantFrom('', '30', '90', 'skilled', 'absent');
const matrix = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), {
  minLength: 5,
  maxLength: 5,
});

test('law: what was imported once is no change the second time, and gives what the table says', {
  timeout: AN_HOUR,
}, async () => {
  let changed = 0;
  await fc.assert(
    fc.asyncProperty(rosters, matrix, fc.boolean(), async (data, cells, emptyRemoves) => {
      const made = await world(data);
      if (!made) return;
      const rows = USERS.slice(0, 4).map((user, n) => [user, ...(cells[n] ?? [])]);
      const table = csvText([['user', 'Billing', 'Chat', 'Größe'], ...rows], {
        separator: ';',
        mark: false,
      });
      const options = { takeNew: true, emptyRemoves, rosters: { 'rosters/a.yaml': made.text } };
      const once = await changes(table, options);
      expect(hasErrors(once.findings), told(once.findings).join()).toBe(false);
      const edits = once.changes.map(({ user, kind, skill, entry: said }) => ({
        ...{ user, kind, skill, file: 'rosters/a.yaml' },
        entry: entryOf(said),
      }));
      const edited = editRosters([{ path: 'rosters/a.yaml', text: made.text }], edits, 'prod');
      expect(told(edited.findings)).toEqual([]);
      changed += edits.length;
      const text = edited.changed[0]?.text ?? made.text;
      const twice = await changes(table, { ...options, rosters: { 'rosters/a.yaml': text } });
      expect(inLines(twice)).toEqual([]);
    }),
    { numRuns: Math.ceil(RUNS / 20) },
  );
  expect(changed).toBeGreaterThan(60);
});
