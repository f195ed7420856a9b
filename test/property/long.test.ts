/** What only shows over a long time, on the in-memory platform: a thousand runs, and a month in which somebody cannot be written. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyed, type Value } from '../../src/model/assignment.ts';
import { createMemory, type MemoryOptions } from '../../src/providers/memory/index.ts';
import { AN_HOUR } from '../support/laws.ts';
import { Chronicle, desiredOf } from './chronicle.ts';
import { CATALOGUE, type Files, PEOPLE, type Person, step, textsOf } from './steps.ts';

const FOREIGN = 7;

function platform(fault: MemoryOptions['fault'] = () => undefined) {
  return createMemory({
    users: [...PEOPLE, 'dee'].map((one) => ({
      person: { id: one, email: `${one}@example.com`, active: true },
      assignments: { skill: keyed<Value>([['f', FOREIGN]]), language: keyed<Value>() },
    })),
    catalogue: Object.entries(CATALOGUE).map(([id, name]) => ({ kind: 'skill', id, name })),
    fault,
  });
}

const listed = ({ people: { ana, ben }, ...files }: Files): Files => ({
  ...files,
  people: { ana: { ...ana, complete: false }, ben: { ...ben, complete: false } },
});

test('a foreign skill survives a thousand runs', { timeout: AN_HOUR }, async () => {
  let faults: Readonly<Record<string, 'refuse' | 'lost' | 'took-effect' | undefined>> = {};
  const provider = platform((id) => faults[id]);
  const story = new Chronicle(provider);
  let [runs, written] = [0, 0];
  for (const each of fc.sample(step, { numRuns: 8_000, seed: 3 })) {
    if (each.do === 'commit') {
      const texts = textsOf(listed(each.files));
      if ((await desiredOf(texts, story.day)) !== undefined) story.commit(texts);
    }
    if (each.do !== 'apply' || story.head === '' || runs === 1_000) continue;
    const planned = await story.plan(each.scope);
    if (planned === undefined) continue;
    faults = each.faults;
    const result = await story.apply(planned, each.cut);
    runs += 1;
    written += result?.outcomes.applied ?? 0;
    for (const one of PEOPLE) expect(provider.world.listOf(one).skill.f).toBe(FOREIGN);
  }
  expect(runs).toBe(1_000);
  expect(written).toBeGreaterThan(300);
});

const person = (skills: Person['skills']): Person => ({
  ...{ key: 0, formerly: false, is: 'in', complete: false, team: false, skills },
});

test('somebody who cannot be written for a month holds nobody back, and is put right when he can be', async () => {
  let refused = false;
  const provider = platform((id) => (refused && id === 'ana' ? 'refuse' : undefined));
  const story = new Chronicle(provider);
  const has = (one: string) => provider.world.listOf(one).skill;
  const apply = async (ana: Person['skills'], ben: Person['skills']) => {
    const people = { ana: person(ana), ben: person(ben) };
    story.commit(textsOf({ expert: 90, pin: undefined, team: {}, people }));
    const planned = await story.plan(null);
    if (planned === undefined) throw new Error('There is no plan.');
    const result = await story.apply(planned);
    story.day = `2026-12-${String(day).padStart(2, '0')}`;
    return Object.fromEntries(result?.users.map(({ key, outcome }) => [key, outcome]) ?? []);
  };
  let day = 1;
  await apply({ A: '10', B: '10' }, { A: '10' });
  refused = true;
  for (day = 1; day <= 30; day++) {
    // What she is to have changes all the time, and what she had leaves the files.
    const outcomes = await apply({ C: `${day}` }, { A: `${10 + day}` });
    expect(outcomes).toEqual({ 'ana@example.com': 'failed', 'ben@example.com': 'applied' });
    expect(has('ben')).toEqual({ f: FOREIGN, a: 10 + day });
    expect(has('ana')).toEqual({ f: FOREIGN, a: 10, b: 10 });
    expect(Object.keys((await story.ledger())?.open ?? {})).toEqual(['ana']);
  }
  refused = false;
  expect(await apply({ C: '31' }, { A: '40' })).toEqual({ 'ana@example.com': 'applied' });
  expect(has('ana')).toEqual({ f: FOREIGN, c: 31 });
  expect((await story.ledger())?.open).toEqual({});
});
