/** One file while it is being read: where its places are, which orgs read it, and what was found in it. */
import type { Org } from '../model/config.ts';
import type { Place } from '../model/finding.ts';
import type { Code } from './codes.ts';
import type { Locate, Problem } from './problem.ts';

export interface Sheet {
  /** The orgs that read the file. */
  readonly served: readonly Org[];
  /** Every org of muster.yaml. */
  readonly orgNames: readonly string[];
  readonly place: Locate;
  readonly problems: Problem[];
}

export type Remark = Omit<Problem, 'code' | 'at'>;

export function report(sheet: Sheet, code: Code, at: number, remark: Remark): void {
  sheet.problems.push({ code, at, ...remark });
}

/** A place with a chain, as values carry it. */
export function sourceAt(
  sheet: Sheet,
  at: number,
  chain: readonly string[],
): Place & { chain: readonly string[] } {
  const { file, line, col } = sheet.place(at);
  return { file, line, col, chain };
}
