/** `npm run chaos`: the whole of it. Ends with 1 when any law was broken. `npm run chaos kills clones` does only these. */
import { killReport, killStories, SEED } from './campaign.ts';
import { pooled } from './dice.ts';
import { killAndGoOn } from './kill.ts';

const LANES = 12;

type Campaign = () => Promise<{ readonly told: string; readonly wrong: readonly unknown[] }>;

const campaigns: ReadonlyMap<string, Campaign> = new Map([
  [
    'kills',
    async () => {
      const reports = await pooled(killStories(100, { twice: true }), LANES, killAndGoOn);
      const wrong = reports.filter((report) => report.wrong.length > 0);
      return { told: killReport(reports), wrong };
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
