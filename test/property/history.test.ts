/**
 * Laws over any sequence of commits, partial applies, failures, scopes and reverts: no wipe, convergence, idempotence,
 * plan = apply, what the ledger takes for verified is so, and removals are never forgotten.
 */
import fc from 'fast-check';
import { test } from 'vitest';
import { holds, LONG } from '../support/laws.ts';
import { found } from './found.ts';
import { Life } from './life.ts';
import { steps } from './steps.ts';

const LAW = 'whatever happens, nothing is wiped, forgotten or left undone';

test(LAW, LONG, async () => {
  const property = fc.asyncProperty(steps, async (story) => {
    const life = new Life();
    for (const step of story) await life.live(step);
    await life.end();
  });
  await holds(LAW, property, { examples: found.map(([story]) => [[...story]]) });
});
