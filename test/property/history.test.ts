/**
 * Laws over any sequence of commits, partial applies, failures, scopes and reverts: no wipe, convergence, idempotence,
 * plan = apply, what the ledger takes for verified is so, and removals are never forgotten.
 */
import fc from 'fast-check';
import { law } from '../support/laws.ts';
import { found } from './found.ts';
import { Life } from './life.ts';
import { steps } from './steps.ts';

law(
  'whatever happens, nothing is wiped, forgotten or left undone',
  fc.asyncProperty(steps, async (story) => {
    const life = new Life();
    for (const step of story) await life.live(step);
    await life.end();
  }),
  { examples: found.map((story) => [[...story]]) },
);
