/** A plan or a result as one line of NDJSON: the last one, after the events that led to it. */
import { canonicalPieces } from '../model/assignment.ts';
import type { Plan } from '../model/plan.ts';
import type { Result } from '../model/result.ts';
import { shown } from './pretty.ts';

/** In pieces, because the plan of a large org is longer than any one text can be. */
export function planLine(plan: Plan): Iterable<string> {
  return line('plan', plan);
}

export function resultLine(result: Result): Iterable<string> {
  return line('result', result);
}

function* line(type: 'plan' | 'result', value: Plan | Result): Generator<string> {
  yield `{"type":"${type}","${type}":`;
  for (const piece of canonicalPieces(value, 2)) yield shown(piece);
  yield '}\n';
}
