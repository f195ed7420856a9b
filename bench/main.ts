/** `npm run bench`: a table on standard output and JSON in bench/results/. Ends with 1 when a bound is not kept. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { applies } from './applies.ts';
import { startup, validation } from './offline.ts';
import { plans } from './plans.ts';
import { platforms } from './platforms.ts';
import { pulls } from './pulls.ts';
import { rendering } from './rendering.ts';
import { safety } from './safety.ts';

export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: 's' | 'ms' | 'MB' | 'x' | '';
  /** At most this. */
  readonly bound?: number;
  readonly atLeast?: number;
}

const SECTIONS: Readonly<Record<string, () => Promise<Row[]>>> = {
  startup,
  validate: validation,
  render: rendering,
  'plan-10k': () => plans(10_000),
  'plan-100k': () => plans(100_000),
  pull: pulls,
  apply: applies,
  platforms,
  safety,
};

const wanted = process.argv.slice(2);
const names = Object.keys(SECTIONS).filter((name) => wanted.length === 0 || wanted.includes(name));
const rows: Row[] = [];
for (const name of names) {
  process.stderr.write(`${name} ...\n`);
  const measured = (await SECTIONS[name]?.()) ?? [];
  for (const row of measured) console.log(line(row));
  rows.push(...measured);
}
mkdirSync('bench/results', { recursive: true });
const machine = {
  node: process.version,
  cpus: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
};
writeFileSync(
  'bench/results/latest.json',
  `${JSON.stringify({ at: new Date().toISOString(), machine, rows }, null, 2)}\n`,
);
const broken = rows.filter((row) => !kept(row));
if (broken.length > 0) {
  console.log(`\n${broken.length} bound(s) not kept: ${broken.map(({ what }) => what).join('; ')}`);
  process.exitCode = 1;
}

function kept({ value, bound, atLeast }: Row): boolean {
  return !(bound !== undefined && value > bound) && !(atLeast !== undefined && value < atLeast);
}

function line(row: Row): string {
  const { what, value, unit, bound, atLeast } = row;
  const shown = `${Number.isInteger(value) ? value : value.toFixed(2)} ${unit}`.trimEnd();
  const limit =
    bound !== undefined ? `at most ${bound}` : atLeast !== undefined ? `at least ${atLeast}` : '';
  return `${what.padEnd(72)} ${shown.padStart(12)}  ${limit}${kept(row) ? '' : '  NOT KEPT'}`.trimEnd();
}
