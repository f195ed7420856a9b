/** An examination for a terminal: a line or two for each thing that was looked at, and under it what to do. */
import type { Check, Examination, Health } from '../../model/checkup.ts';
import { blocks } from '../blocks.ts';
import { pad, widest } from '../columns.ts';
import { plain } from '../plain.ts';
import { type Page, page, type Style } from '../style.ts';
import { count } from '../words.ts';
import { wrap } from '../wrap.ts';

const WORDS: Readonly<Record<Health, string>> = {
  ok: 'ok',
  warning: 'warning',
  failed: 'failed',
  unknown: 'unknown',
  'not-tried': 'not tried',
};
const MOST_TITLE = 34;

/** Ends in a summary and a newline. */
export function examinationText({ org, platform, checks }: Examination, style: Style): string {
  const on = page(style);
  const title = Math.min(MOST_TITLE, widest(checks.map((check) => plain(check.title))));
  const what = org === null ? [] : [[on.paint.bold(plain(`${org} (${platform})`))]];
  return blocks([...what, checks.flatMap((check) => lines(check, title, on)), [summary(checks)]]);
}

function lines({ title, health, message, fix }: Check, width: number, on: Page): string[] {
  const word = pad(WORDS[health], 'not tried'.length);
  const head = `${painted(word, health, on)}  ${pad(plain(title), width)}`;
  const indent = ' '.repeat('not tried'.length + 2);
  const room = on.width - indent.length - width - 2;
  const words = plain(message);
  const beside =
    words.length <= room ? [`${head}  ${words}`] : [head, ...wrap(words, `${indent}  `, on)];
  const advice = fix === undefined ? [] : wrap(`fix: ${fix}`, `${indent}  `, on).map(on.paint.cyan);
  return [...beside.map((line) => line.trimEnd()), ...advice];
}

function painted(word: string, health: Health, { paint }: Page): string {
  switch (health) {
    case 'ok':
      return paint.green(word);
    case 'warning':
      return paint.yellow(word);
    case 'failed':
      return paint.red(word);
    case 'unknown':
    case 'not-tried':
      return paint.dim(word);
  }
}

function summary(checks: readonly Check[]): string {
  const of = (health: Health) => checks.filter((check) => check.health === health).length;
  const [failures, warnings] = [of('failed'), of('warning')];
  if (failures === 0 && warnings === 0) return 'Nothing is wrong.';
  const told = [
    ...(failures === 0 ? [] : [count(failures, 'thing fails', 'things fail')]),
    ...(warnings === 0 ? [] : [count(warnings, 'warning', 'warnings')]),
  ];
  return `${told.join(', ')}.`;
}
