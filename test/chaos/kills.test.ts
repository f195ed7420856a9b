/** The real process killed with SIGKILL: a bounded share of what `npm run chaos` does. */
import { expect, test } from 'vitest';
import { killReport, killStories, kills } from './campaign.ts';
import { pooled } from './dice.ts';
import { killAndGoOn } from './kill.ts';

/** More than the ten that are to strike: now and then one comes too late. */
const STORIES = 12;
const KILLS = 10;

test('a run that was killed ends as if it had not been, here or on another machine', async () => {
  const reports = await pooled(killStories(STORIES, { twice: false }), STORIES, killAndGoOn);
  process.stdout.write(`${killReport(reports)}\n`);
  expect(reports.flatMap(({ wrong, story }) => wrong.map((why) => ({ why, story })))).toEqual([]);
  expect(kills(reports).length).toBeGreaterThanOrEqual(KILLS);
}, 180_000);
