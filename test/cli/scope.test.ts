import { expect, test } from 'vitest';
import { checkScope, desiredAtBase } from '../../src/cli/scope.ts';
import { keyed } from '../../src/model/assignment.ts';
import type { BaseState } from '../../src/model/base.ts';
import { ANA, BEN, base, basesOf, open, point, state, user } from '../diff/world.ts';

const until = (one: BaseState, validUntil: string): BaseState => ({
  ...one,
  now: { ...one.now, validUntil },
});

test("the base's files are those of each person's own point, and good until the first edge of any", () => {
  const entries = keyed([
    [`key:${BEN}`, open(BEN, { base: point(2) })],
    ['key:new@x.test', open('new@x.test')],
  ]);
  const common = until(
    base(1, [user(ANA, { Billing: 1 }), user(BEN, { Billing: 1 })]),
    '2026-12-24',
  );
  const his = until(base(2, [user(BEN, { Billing: 2 }), user(ANA)]), '2026-11-28');
  const bases = basesOf({ applied: point(1), open: entries }, [common, his]);
  const found = desiredAtBase(bases, state([]));
  expect([...found.users.keys()]).toEqual([ANA, BEN]);
  expect(found.users.get(ANA)).toBe(common.now.users.get(ANA));
  expect(found.users.get(BEN)).toBe(his.now.users.get(BEN));
  expect(found.validUntil).toBe('2026-11-28');
  const still = basesOf({ applied: point(1) }, [base(1, [user(ANA)])]);
  expect(desiredAtBase(still, state([]))).not.toHaveProperty('validUntil');
  expect(desiredAtBase(basesOf({}, []), state([])).users.size).toBe(0);
});

test.each([
  [{ users: ['ana@x.tset'] }, `Did you mean \`${ANA}\`?`],
  [{ users: ['somebody-else@elsewhere.example'] }, 'Write the key as the files do.'],
  [{ teams: ['dask'] }, 'Did you mean `desk`?'],
  [{ teams: ['chat'] }, 'Write the name as the files do.'],
])('whom nobody knows is refused, with the nearest there is: %j', (scope, hint) => {
  const desired = state([user(ANA, {}, { teams: ['desk'] })]);
  expect(() => checkScope(scope, desired, undefined)).toThrow(expect.objectContaining({ hint }));
});
