/** A problem within one text, by offset: it becomes a finding once the file has a name and a place. */
import type { Finding, Place, Severity } from '../model/finding.ts';
import { type Code, finding } from './codes.ts';

export interface Problem {
  readonly code: Code;
  readonly at: number;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly severity?: Severity;
  readonly related?: readonly number[];
}

/** Offset in the text -> place in the file. */
export type Locate = (at: number) => Place;

/** Lines and columns of one text, both from 1. */
export function locator(file: string, text: string): Locate {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (at) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= at) low = middle;
      else high = middle;
    }
    return { file, line: low + 1, col: at - (starts[low] as number) + 1 };
  };
}

export function toFinding(problem: Problem, locate: Locate): Finding {
  return finding(problem.code, problem.message, {
    place: locate(problem.at),
    ...(problem.severity && { severity: problem.severity }),
    hint: problem.hint,
    ...(problem.related && { related: problem.related.map(locate) }),
  });
}
