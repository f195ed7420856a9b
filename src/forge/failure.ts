/** What went wrong between muster and a forge, as an error a person can act on. Never with a token or a body in it. */

import { oneLine, redactor } from '../http/secret.ts';
import { MusterError } from '../model/error.ts';
import { type ForgeCode, problem } from './codes.ts';

/** What is known of a request that failed. */
export interface Failed {
  /** What was asked for, as the end of "could not". */
  readonly what: string;
  /** Left out when no answer came. */
  readonly status?: number | undefined;
  /** The forge's own words. */
  readonly said?: string | undefined;
  readonly cause: unknown;
}

const clean = redactor(() => []);

export function forgeFailure({ what, status, said, cause }: Failed): MusterError {
  if (cause instanceof MusterError) return cause;
  if (status === undefined) {
    return problem('forge-unreachable', `The forge could not be reached to ${what}.`, { cause });
  }
  const words = said === undefined || said === '' ? '' : `: ${oneLine(clean(said))}`;
  return problem(codeOf(status), `The forge could not ${what} (${status})${words}.`, { cause });
}

function codeOf(status: number): ForgeCode {
  if (status === 401 || status === 403) return 'forge-refused';
  if (status === 404 || status === 410) return 'forge-not-found';
  return status >= 300 && status < 400 ? 'forge-redirected' : 'forge-failed';
}
