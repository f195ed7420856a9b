/** A run on Genesys Cloud that is undone is as if it had never been: languages, fractions and dormant assignments too. */
import { expect, test } from 'vitest';
import type { GenesysLists } from '../../src/sandbox/genesys/truth.ts';
import { APPLY, openWorld, WIRES } from '../chaos/world.ts';
import { muster } from '../support/shell.ts';

test('what was applied and undone is as it was, bit for bit', async () => {
  const world = await openWorld({ seed: 77, wire: WIRES.genesys, size: [10, 14], settings: [] });
  const { genesys } = world.sandbox;
  const [, ...others] = world.story.people;
  for (const id of others.slice(0, 5)) {
    const { skills, languages } = genesys.listsOf(id);
    const [first, ...rest] = skills;
    const asleep = { state: 'inactive' } as const;
    genesys.edit(id, {
      skills: first ? [{ ...first, ...asleep }, ...rest] : [],
      languages: languages.map((one) => ({ ...one, ...asleep })),
    });
  }
  const everything = () =>
    new Map(world.story.people.map((id) => [id, sorted(genesys.listsOf(id))]));
  const before = everything();
  const there = { cwd: world.clone, env: world.env, speed: 50 };
  const applied = await muster(APPLY, there);
  expect(applied.code, applied.stdout + applied.stderr).toBe(0);
  expect(applied.stdout).toContain('(dormant)');
  expect(everything()).not.toEqual(before);
  const [, ...flags] = APPLY;
  const undone = await muster(['rollback', '--last', ...flags], there);
  expect(undone.code, undone.stdout + undone.stderr).toBe(0);
  expect(everything()).toEqual(before);
  await world.close();
});

function sorted({ skills, languages }: GenesysLists) {
  const byId = (one: { readonly id: string }, two: { readonly id: string }) =>
    one.id < two.id ? -1 : 1;
  return { skills: [...skills].sort(byId), languages: [...languages].sort(byId) };
}
