/** Only the kinds in which something is decided are read; of the others what the plan saw is kept, and nothing is written. */
import { expect, test } from 'vitest';
import { apply } from '../../src/apply/apply.ts';
import { memoryJournal } from '../../src/apply/journal-memory.ts';
import { canonical, KINDS, type Kind, keyed } from '../../src/model/assignment.ts';
import type { OwnList } from '../../src/model/live.ts';
import type { Provider } from '../../src/model/provider.ts';
import { createMemory } from '../../src/providers/memory/index.ts';
import { list, type TargetWords, target } from '../support/builders.ts';
import { jumpingClock } from '../support/clock.ts';
import { planOf } from './world.ts';

const BEFORE = list({ a: 10, f: 7 }, { l: 3 });

/** A platform whose kinds take a request each, and are written apart. */
async function applied(words: TargetWords) {
  const wanted = target({ id: 'u1', ...words });
  const memory = createMemory({ users: [{ person: wanted.person, assignments: BEFORE }] });
  const asked: (readonly Kind[])[] = [];
  const apart: Provider = {
    ...memory,
    async fetchOwn(ids, kinds = KINDS) {
      asked.push(kinds);
      const lists = await memory.fetchOwn(ids);
      return new Map([...lists].map(([id, own]) => [id, without(own, kinds)]));
    },
    async *write(batch) {
      const whole = batch.map(({ userId, before, after }) => {
        const now = memory.world.listOf(userId);
        const of = (kind: Kind) =>
          canonical(before[kind]) === canonical(after[kind]) ? now[kind] : after[kind];
        return { userId, before, after: { skill: of('skill'), language: of('language') } };
      });
      yield* memory.write(whole);
    },
  };
  const result = await apply(planOf([[wanted, BEFORE]]), {
    provider: apart,
    run: { id: 'r1' },
    journal: memoryJournal(),
    clock: jumpingClock(),
    listener: () => undefined,
  });
  return { result, asked, now: memory.world.listOf('u1') };
}

function without(own: OwnList, kinds: readonly Kind[]): OwnList {
  if (!own.proven) return own;
  const unread = KINDS.filter((kind) => !kinds.includes(kind));
  const assignments = { ...own.assignments };
  for (const kind of unread) assignments[kind] = keyed();
  return { proven: true, assignments, unread };
}

test.each<[string, TargetWords, readonly Kind[], object]>([
  ['skills alone', { skills: { a: 60 } }, ['skill'], list({ a: 60, f: 7 }, { l: 3 })],
  ['languages alone', { languages: { l: 5 } }, ['language'], list({ a: 10, f: 7 }, { l: 5 })],
  [
    'a skill, beside a language that stays',
    { skills: { a: 'absent' }, languages: { l: 3 } },
    ['skill', 'language'],
    list({ f: 7 }, { l: 3 }),
  ],
])('%s', async (_what, words, kinds, after) => {
  const { result, asked, now } = await applied(words);
  expect(result.outcomes.applied).toBe(1);
  expect(asked).toEqual([kinds, kinds]);
  expect(canonical(now)).toBe(canonical(after));
  expect(canonical(result.users[0]?.before)).toBe(canonical(BEFORE));
});
