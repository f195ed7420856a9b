/** Whole applies under generated schedules of faults: a bounded share of what `npm run chaos` does. */
import { expect, test } from 'vitest';
import { faultReport, faultSchedules } from './campaign.ts';
import { pooled } from './dice.ts';
import { applyUnderFaults } from './faulty.ts';

test('whatever goes wrong, nothing is lost, outcomes are true, and a second run converges', async () => {
  const stories = faultSchedules({ patient: false, admin: 15, genesys: 9, cxone: 9 });
  const reports = await pooled(stories, 4, applyUnderFaults);
  process.stdout.write(`${faultReport(reports)}\n`);
  expect(reports.flatMap(({ wrong, schedule }) => wrong.map((why) => ({ why, schedule })))).toEqual(
    [],
  );
}, 180_000);
