/** Writes docs/mutation.md from the reports of a mutation run: `node scripts/mutation-page.mjs [REPORT...]`. */
import { readFileSync, writeFileSync } from 'node:fs';

const FOLDERS = ['src/diff/', 'src/plan/'];
const reports = process.argv.length > 2 ? process.argv.slice(2) : ['coverage/mutation.json'];

/** Stryker's own words: a mutant that is noticed is killed, or runs into the time limit. */
const NOTICED = ['Killed', 'Timeout'];
const COUNTED = [...NOTICED, 'Survived', 'NoCoverage'];

const files = Object.assign({}, ...reports.map((file) => JSON.parse(readFileSync(file)).files));
const counted = Object.entries(files)
  .map(([file, { mutants }]) => ({ file, ...countOf(mutants) }))
  .sort((a, b) => (a.file < b.file ? -1 : 1));
const missing = FOLDERS.filter((folder) => !counted.some(({ file }) => file.startsWith(folder)));
if (missing.length > 0) {
  process.stdout.write(
    `docs/mutation.md is left as it is: nothing of ${missing.join(' and ')} was tried.\n`,
  );
} else {
  writeFileSync('docs/mutation.md', page());
  process.stdout.write('docs/mutation.md is written.\n');
}

function countOf(mutants) {
  const of = (words) => mutants.filter(({ status }) => words.includes(status)).length;
  return { mutants: of(COUNTED), noticed: of(NOTICED) };
}

function page() {
  const day = new Date().toISOString().slice(0, 10);
  const totals = FOLDERS.map((folder) => row(`all of \`${folder}\``, inFolder(folder)));
  const each = counted.map((one) => row(`\`${one.file}\``, [one]));
  return `# Mutation score

Each mutant is a small change to the code of the differ or the planner: a condition turned round, a text emptied, a call left out.
It is noticed when a test fails. \`npm run mutation\` tries them all, fails below 90 %, and writes this page; it runs every night.
What lives on is mostly a mutant that changes nothing anybody could see: another order before a sort, a shortcut that is not taken, a
default that is never needed.

Measured on ${day}:

${table(totals)}

${table(each)}
`;
}

function inFolder(folder) {
  return counted.filter(({ file }) => file.startsWith(folder));
}

function row(name, some) {
  const sum = (field) => some.reduce((all, one) => all + one[field], 0);
  const [mutants, noticed] = [sum('mutants'), sum('noticed')];
  const score = mutants === 0 ? '' : `${((100 * noticed) / mutants).toFixed(2)} %`;
  return [name, `${mutants}`, `${noticed}`, score];
}

function table(rows) {
  const head = ['code', 'mutants', 'noticed', 'score'];
  const widths = head.map((word, nth) =>
    Math.max(word.length, ...rows.map((one) => one[nth].length)),
  );
  const line = (cells) =>
    `| ${cells.map((cell, nth) => (nth === 0 ? cell.padEnd(widths[nth]) : cell.padStart(widths[nth]))).join(' | ')} |`;
  const rule = widths.map((width, nth) =>
    nth === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
