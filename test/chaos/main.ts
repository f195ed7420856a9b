/** `npm run chaos`: the whole of it. Ends with 1 when any law was broken. `npm run chaos kills clones` does only these. */
import {
  cloneReport,
  cloneSeeds,
  faultReport,
  faultSchedules,
  killReport,
  killStories,
  SEED,
} from './campaign.ts';
import { twoClones } from './clones.ts';
import { pooled } from './dice.ts';
import { applyUnderFaults } from './faulty.ts';
import { killAndGoOn } from './kill.ts';

const LANES = 12;

type Campaign = () => Promise<{ readonly told: string; readonly wrong: readonly unknown[] }>;

const campaigns = new Map<string, Campaign>([
  [
    'kills',
    async () => {
      const reports = await pooled(killStories(100, { twice: true }), LANES, killAndGoOn);
      const wrong = reports.filter((report) => report.wrong.length > 0);
      return { told: killReport(reports), wrong };
    },
  ],
  [
    'clones',
    async () => {
      const reports = await pooled(cloneSeeds(50), 3, twoClones);
      return { told: cloneReport(reports), wrong: reports.filter(({ wrong }) => wrong.length > 0) };
    },
  ],
  [
    'faults',
    async () => {
      const stories = faultSchedules({ patient: true, admin: 150, genesys: 100, cxone: 100 });
      const reports = await pooled(stories, 6, applyUnderFaults);
      return { told: faultReport(reports), wrong: reports.filter(({ wrong }) => wrong.length > 0) };
    },
  ],
]);

const chosen = process.argv.slice(2);
for (const [name, campaign] of campaigns) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const began = Date.now();
  const { told, wrong } = await campaign();
  const seconds = Math.round((Date.now() - began) / 1000);
  process.stdout.write(`${told}\n  in ${seconds} s, seed ${SEED}\n`);
  for (const each of wrong) process.stdout.write(`${JSON.stringify(each, null, 2)}\n`);
  if (wrong.length > 0) process.exitCode = 1;
}
