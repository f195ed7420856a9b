/** Git and the ledger: what a plan would be compared with, and whether an apply could begin. */
import type { Check } from '../../model/checkup.ts';
import type { Org } from '../../model/config.ts';
import type { GlobalFlags } from '../flags.ts';
import type { Io } from '../io.ts';
import { type Book, openBook } from '../past.ts';
import { standsInTheWay } from '../running.ts';
import { failed, failedBy, ok, type Subject, warning } from './check.ts';

const LEDGER: Subject = { check: 'ledger', title: 'Git and ledger' };

export async function checkHistory(io: Io, flags: GlobalFlags, org: Org): Promise<Check> {
  try {
    const book = await openBook(io, flags, org);
    if (book === undefined) {
      return warning(
        LEDGER,
        'This folder is not in a git repository with a commit, so nothing is remembered.',
        'Put the files under git and commit them.',
      );
    }
    return await lookInto(book, { io, org }).finally(() => book.close());
  } catch (error) {
    return failedBy(LEDGER, error);
  }
}

async function lookInto(
  book: Book,
  { io, org }: { readonly io: Io; readonly org: Org },
): Promise<Check> {
  const why = standsInTheWay(book, org.name, io.clock.now());
  if (why !== undefined) return warning(LEDGER, why.message, why.hint ?? '');
  const head = `The files are on ${book.head.slice(0, 12)}`;
  const applied = book.entry?.ledger.applied;
  if (!applied) return ok(LEDGER, `${head}; nothing has been applied to the whole org yet.`);
  const base = applied.commit.slice(0, 12);
  switch (await book.repository.ancestry(applied.commit, book.head)) {
    case 'unknown':
      return failed(
        LEDGER,
        `${head}, and this clone is too shallow to look at ${base}, the commit last applied.`,
        'Fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` in CI.',
      );
    case 'not-ancestor':
      return warning(
        LEDGER,
        `${head}, which does not come after ${base}, the commit last applied.`,
        'Update this branch from the one that is applied; the guard `base` refuses it as it is.',
      );
    default:
      return ok(LEDGER, `${head}; ${base} was applied last, on ${applied.day}.`);
  }
}
