/** Holders of each skill and language as a table: all of them, then those at each level or better. */
import { blocks } from '../blocks.ts';
import { columns, pad, widest } from '../columns.ts';
import { plain } from '../plain.ts';
import { type Page, page, type Style } from '../style.ts';
import { count, thing } from '../words.ts';
import { wrap } from '../wrap.ts';
import type { CoverageReport, CoveredSkill, Tally } from './coverage.ts';

/** Ends in a newline. */
export function coverageText(report: CoverageReport, style: Style): string {
  const on = page(style);
  return blocks([table(report, on), notes(report, on)]);
}

interface Cell {
  readonly text: string;
  readonly paint: (text: string) => string;
}

const same = (text: string) => text;

function table({ skills }: CoverageReport, on: Page): string[] {
  const [first] = skills;
  if (first === undefined) return ['Nobody holds anything.'];
  const levels = first.atLeast.map(({ level }) => `${plain(level)} or better`);
  const head = ['Skill', 'Holders', ...levels].map((text) => ({ text, paint: on.paint.bold }));
  const rows = [head, ...skills.map((skill) => cellsOf(skill, on))];
  const widths = head.map((_, n) => widest(rows.map((row) => (row[n] as Cell).text)));
  return rows.map((row) => lineOf(row, widths));
}

function cellsOf(skill: CoveredSkill, on: Page): Cell[] {
  const name = { text: plain(thing(skill)), paint: same };
  return [name, ...[skill, ...skill.atLeast].map((tally) => tallyCell(tally, on))];
}

/** `12`, or `12 -> 11` where the plan changes it. */
function tallyCell({ now, after }: Tally, on: Page): Cell {
  if (now === after) return { text: String(now), paint: same };
  return { text: `${now} -> ${after}`, paint: after < now ? on.paint.red : on.paint.green };
}

/** Names to the left, numbers to the right. */
function lineOf(row: readonly Cell[], widths: readonly number[]): string {
  const cells = row.map(({ text, paint }, n) => {
    const width = widths[n] as number;
    if (n === 0) return pad(paint(text), width + paint(text).length - text.length);
    return ' '.repeat(width - columns(text)) + paint(text);
  });
  return cells.join('  ').trimEnd();
}

function notes(report: CoverageReport, on: Page): string[] {
  const { org, platform, day, people, uncounted, guard } = report;
  const counted = `${count(people, 'active person', 'active people')} of ${org} (${platform}) counted, now and after the plan of ${day}.`;
  const unknown = `Not counted: ${count(uncounted, 'active person', 'active people')} whose list is not known.`;
  return [
    ...wrap(counted, '', on),
    ...(uncounted > 0 ? wrap(unknown, '', on).map(on.paint.yellow) : []),
    ...(guard === null ? [] : wrap(guard.message, '', on).map(guard.passed ? same : on.paint.red)),
  ];
}
