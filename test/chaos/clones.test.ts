/** Two applies at once: a bounded share of what `npm run chaos` does. */
import { expect, test } from 'vitest';
import { cloneReport, cloneSeeds } from './campaign.ts';
import { twoClones } from './clones.ts';
import { pooled } from './dice.ts';

test('of two applies on two clones one runs, the other refuses, and nothing is lost', async () => {
  const reports = await pooled(cloneSeeds(5), 2, twoClones);
  process.stdout.write(`${cloneReport(reports)}\n`);
  expect(reports.flatMap(({ wrong, seed }) => wrong.map((why) => ({ why, seed })))).toEqual([]);
}, 120_000);
