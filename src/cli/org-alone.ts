/** The org a command is about, where only muster.yaml has to be sound: what is wrong with rosters does not stop it. */
import { MusterError } from '../model/error.ts';
import { UsageError } from './exit.ts';
import type { GlobalFlags } from './flags.ts';
import type { Io } from './io.ts';
import { type Book, openBook } from './past.ts';
import { loadFolder, openOrg, type Workspace } from './workspace.ts';

export type OrgAlone = Pick<Workspace, 'org' | 'orgs'>;

/** Undefined when muster.yaml has errors, which have been told. Throws UsageError for an org that has to be named. */
export async function openOrgAlone(io: Io, flags: GlobalFlags): Promise<OrgAlone | undefined> {
  if (flags.org !== undefined) return openOrg(io, flags, flags.org);
  const { config } = await loadFolder(io, flags);
  const names = Object.keys(config?.orgs ?? {});
  const [only = ''] = names;
  if (names.length <= 1) return openOrg(io, flags, only);
  throw new UsageError('muster.yaml has several orgs.', `Say --org ${names.join(' or --org ')}.`);
}

/** The org and its ledger's book; throws MusterError `no-ledger` outside git. */
export async function openBookAlone(
  io: Io,
  flags: GlobalFlags,
): Promise<(OrgAlone & { readonly book: Book }) | undefined> {
  const opened = await openOrgAlone(io, flags);
  if (opened === undefined) return undefined;
  const book = await openBook(io, flags, opened.org);
  if (book === undefined) throw noLedger();
  return { ...opened, book };
}

export function noLedger(): MusterError {
  return new MusterError(
    'no-ledger',
    'There is no ledger here: this folder is not in a git repository with a commit.',
    {
      hint: 'Put the files under git and commit them; from then on muster keeps its ledger there.',
    },
  );
}
