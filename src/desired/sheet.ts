/** One file while it is being read: where its places are, which orgs read it, and what was found in it. */
import type { Org } from '../model/config.ts';
import type { Place } from '../model/finding.ts';
import type { Code } from './codes.ts';
import type { Locate, Problem } from './problem.ts';

/** What the reading of a file depends on, of the orgs that read it: all else must not change what a file says. */
export type Reader = Pick<Org, 'name' | 'platform' | 'levels'>;

export interface Sheet {
  /** The orgs that read the file. */
  readonly served: readonly Reader[];
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

const ID_KEY = /^id\s*:(.*)$/is;

/** Whatever looks like a key by id is one, or an error: taken for a user name it would be nobody. */
export function checkKey(sheet: Sheet, written: string, at: number): void {
  const key = written.trim();
  const id = ID_KEY.exec(key)?.[1]?.trim();
  if (id === undefined || (id !== '' && key === `id:${id}`)) return;
  report(sheet, 'user-key', at, {
    message: `\`${key}\` is not how a user is named by id.`,
    hint: id === '' ? 'Write `id:<platform id>`.' : `Write \`id:${id}\`.`,
  });
}
