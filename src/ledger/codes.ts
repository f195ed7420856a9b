/** Every error the ledger and the repository it is kept in can give: codes that never change their meaning, and their cures. */
import { type ErrorDetails, MusterError } from '../model/error.ts';

interface CodeText {
  /** One line. */
  readonly meaning: string;
  /** What to do next; one sentence. */
  readonly cure: string;
}

export const LEDGER_CODES = {
  'commit-missing': {
    meaning: 'A commit whose files are needed is not in this clone.',
    cure: 'Fetch the whole history (`git fetch --unshallow`, or `fetch-depth: 0` in the checkout step), then try again.',
  },
  'git-failed': {
    meaning: 'Git could not do what was asked of it.',
    cure: 'Read what git said, and try the same git command by hand in the folder of muster.yaml.',
  },
  'git-missing': {
    meaning: 'The files are in a git repository, but there is no git to read it with.',
    cure: 'Install git (2.31 or newer) and see that it is on the PATH.',
  },
  'ledger-branch-invalid': {
    meaning: 'The branch that the ledger is to be kept on has a name that git does not allow.',
    cure: 'Correct `ledger.branch` of the org in muster.yaml.',
  },
  'ledger-diverged': {
    meaning: 'The ledger of this clone and the one on the remote have gone different ways.',
    cure: 'Compare the two with git log; to take the one of the remote, delete the local one with git update-ref -d.',
  },
  'ledger-incomplete': {
    meaning: 'The ledger is there, but parts of it are not in this clone.',
    cure: 'Fetch it again with `git fetch --refetch`, or start from a fresh clone.',
  },
  'ledger-invalid': {
    meaning:
      'The ledger cannot be read: it was edited by hand, or its ref leads to something else.',
    cure: 'Look at it with git log, and move the ref back to the last commit that muster made.',
  },
  'ledger-moved': {
    meaning: 'Somebody else has added to the ledger meanwhile; nothing was changed here.',
    cure: 'Plan again; `muster status` says who is at it.',
  },
  'ledger-other-org': {
    meaning: 'The ledger is that of another org.',
    cure: 'If the org was renamed, say what it was called under `formerly` in muster.yaml; if not, give every org a branch of its own.',
  },
  'ledger-push-refused': {
    meaning: 'The ledger could not be pushed, so nothing was changed here.',
    cure: 'See that this account may push the ref the message names, or have the ledger kept on a branch that it may push (`ledger.branch`).',
  },
  'ledger-remote-unknown': {
    meaning: 'The remote that the ledger is to be kept on is not one of this clone.',
    cure: 'Name a remote that `git remote` lists as `ledger.remote` of the org, or null for a ledger of this clone alone.',
  },
  'ledger-unreachable': {
    meaning: 'The remote could not be asked for the ledger, so whether there is one is not known.',
    cure: 'Check the network and the credentials git uses for the remote; `ledger: { remote: null }` keeps a ledger in this clone alone.',
  },
  'ledger-version': {
    meaning: 'The ledger was written by another major version of muster.',
    cure: 'Use that version of muster, or a newer one.',
  },
} as const satisfies Readonly<Record<string, CodeText>>;

export type LedgerCode = keyof typeof LEDGER_CODES;

/** An error with the code's cure as its hint, where `details` has no better one. */
export function problem(
  code: LedgerCode,
  message: string,
  details: ErrorDetails = {},
): MusterError {
  return new MusterError(code, message, { hint: LEDGER_CODES[code].cure, ...details });
}
