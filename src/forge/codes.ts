/** Every error of a forge: codes that never change their meaning, and their cures. */
import { type ErrorDetails, MusterError } from '../model/error.ts';

interface CodeText {
  /** One line. */
  readonly meaning: string;
  /** What to do next; one sentence. */
  readonly cure: string;
}

export const FORGE_CODES = {
  'forge-context': {
    meaning: 'It is not known which repository, pull request or commit of the forge is meant.',
    cure: 'Run this in a job of the forge, or set the variables that docs/github.md and docs/gitlab.md name.',
  },
  'forge-failed': {
    meaning: 'The forge did not do what was asked of it.',
    cure: 'Try again later; if it persists, read what the forge said.',
  },
  'forge-not-found': {
    meaning:
      'The forge knows no such repository, pull request or issue, or does not show it to this token.',
    cure: 'See that the number is right, and that the token may read the repository.',
  },
  'forge-redirected': {
    meaning:
      'The forge sent the request elsewhere; it was not followed, because it carries a token.',
    cure: 'If the repository was renamed or moved, use its new name.',
  },
  'forge-refused': {
    meaning: 'The forge does not let this token do that.',
    cure: 'Give the job the permissions that docs/github.md and docs/gitlab.md list.',
  },
  'forge-token': {
    meaning: 'There is no token for the forge.',
    cure: 'Set GITHUB_TOKEN, or GITLAB_TOKEN, in the environment of the step.',
  },
  'forge-unreachable': {
    meaning: 'The forge could not be reached.',
    cure: 'Check the network, the proxy settings and the address of the API.',
  },
  'forge-url': {
    meaning: 'The address of the forge’s API is none that a token may be sent to.',
    cure: 'Use an https address without user name, query and fragment; plain http is for loopback only.',
  },
} as const satisfies Readonly<Record<string, CodeText>>;

export type ForgeCode = keyof typeof FORGE_CODES;

/** An error with the code's cure as its hint, where `details` has no better one. */
export function problem(code: ForgeCode, message: string, details: ErrorDetails = {}): MusterError {
  return new MusterError(code, message, { hint: FORGE_CODES[code].cure, ...details });
}
