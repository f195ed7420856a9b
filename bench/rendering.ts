/** What people read: a comment and a page of 5,000 changed people, and the name nearest to a mistyped one. In process. */
import { distance } from 'fastest-levenshtein';
import { nearestOf } from '../src/providers/nearest.ts';
import { comment } from '../src/report/comment/comment.ts';
import { planHtml } from '../src/report/plan/html.ts';
import { crowd, input } from '../test/report/comment/world.ts';
import type { Row } from './main.ts';
import { median } from './measure.ts';

const RUNS = 5;

export async function rendering(): Promise<Row[]> {
  const planned = crowd(5_000);
  const written = secondsOf(() => comment(input([planned])));
  const page = secondsOf(() => planHtml(planned.plan));
  return [
    { what: 'comment on 5,000 changed people', value: written, unit: 's', bound: 2 },
    { what: 'page of 5,000 changed people', value: page, unit: 's', bound: 2 },
    nearest(),
  ];
}

/** Beside what it costs to work out every distance. */
function nearest(): Row {
  const all = Array.from({ length: 100_000 }, (_, n) => `first${n}.last${n % 977}@example.com`);
  const near = nearestOf(() => all);
  const typed = Array.from({ length: 5 }, (_, n) => `frist${n}.lastt${n}@example.com`);
  near('');
  const ours = secondsOf(() => typed.map(near));
  const whole = secondsOf(() => typed.map((text) => all.map((each) => distance(each, text))));
  const what = 'nearest of 100,000 names over working out every distance';
  return { what, value: ours / whole, unit: 'x', bound: 0.2 };
}

function secondsOf(work: () => unknown): number {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const begin = performance.now();
    work();
    times.push((performance.now() - begin) / 1_000);
  }
  return median(times);
}
