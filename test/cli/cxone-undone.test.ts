/** A run on CXone that is undone is as if it had never been: what it woke sleeps again, what it left asleep still does. */
import { expect, test } from 'vitest';
import { APPLY, openWorld, WIRES } from '../chaos/world.ts';
import { muster } from '../support/shell.ts';

test('what was applied and undone is as it was, row by row', async () => {
  const world = await openWorld({ seed: 78, wire: WIRES.cxone, size: [10, 14], settings: [] });
  const { cxone } = world.sandbox;
  const rowsOf = (id: string) =>
    [...cxone.rowsOf(Number(id))].sort((one, two) => one.skillId - two.skillId);
  for (const id of world.story.people.slice(1, 6)) {
    cxone.edit(
      Number(id),
      rowsOf(id).map((row, nth) => ({ ...row, isActive: nth > 1 && row.isActive })),
    );
  }
  const everything = () => new Map(world.story.people.map((id) => [id, rowsOf(id)]));
  const before = everything();
  const there = { cwd: world.clone, env: world.env, speed: 50 };
  const applied = await muster(APPLY, there);
  expect(applied.code, applied.stdout + applied.stderr).toBe(0);
  expect(applied.stdout).toContain('(dormant)');
  const asleep = (rows: ReturnType<typeof everything>) =>
    [...rows.values()].flat().filter(({ isActive }) => !isActive).length;
  expect(asleep(everything())).toBeGreaterThan(0);
  expect(asleep(everything())).toBeLessThan(asleep(before));
  const [, ...flags] = APPLY;
  const undone = await muster(['rollback', '--last', ...flags], there);
  expect(undone.code, undone.stdout + undone.stderr).toBe(0);
  expect(everything()).toEqual(before);
  await world.close();
});
