/**
 * The ledger's side of a remote. A push carries a lease on what the ref is there; what became of a push that failed is
 * asked of the remote, never guessed.
 */
import type { MusterError } from '../model/error.ts';
import { problem } from './codes.ts';
import { type Git, GitError } from './git.ts';
import { asClause, cleaned, tellingLine } from './lines.ts';
import { type RefMove, refLines } from './refs.ts';

export interface Remote {
  readonly name: string;
  /** Where each of the refs stands there; those that do not exist are left out. A pattern may end in `/*`. Throws `ledger-unreachable`. */
  tips(...patterns: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Brings the objects of a ref here, and moves no ref. Throws `ledger-unreachable`. */
  fetch(ref: string): Promise<void>;
  /** Throws `ledger-moved`, and `ledger-push-refused`; nothing has changed there then, as far as it could be told. */
  push(move: RefMove): Promise<void>;
}

const ATTEMPTS = 4;
// What a remote says when somebody else holds the ref's lock, or has just let go of it.
const CONTENDED = /lock|failed to update ref|incorrect old value|already exists/;
// A line of the report, as `!<tab>from:to<tab>[remote rejected] (why)`.
const REFUSAL = /^!.*\[([a-z ]+)\] \((.*)\)$/m;

export function createRemote(git: Git, name: string): Remote {
  const remote: Remote = {
    name,
    async tips(...patterns) {
      try {
        return refLines(await git.text(['ls-remote', '-q', '--', name, ...patterns]));
      } catch (error) {
        throw unreachable(name, error);
      }
    },
    async fetch(ref) {
      const options = ['--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '-q'];
      try {
        // An empty refmap: only objects are wanted, whatever the clone is configured to follow.
        await git.run(['fetch', ...options, '--refmap=', '--', name, ref]);
      } catch (error) {
        throw unreachable(name, error);
      }
    },
    push: (move) => push(git, remote, move),
  };
  return remote;
}

async function push(git: Git, remote: Remote, move: RefMove): Promise<void> {
  let mayHaveArrived = false;
  for (let attempt = 1; ; attempt++) {
    const sent = await send(git, remote.name, move);
    if (sent.state === 'moved') return;
    const tip = await tipAfter(remote, move, sent);
    mayHaveArrived ||= sent.state === 'cut-off';
    if (tip === move.to && mayHaveArrived) return;
    if (tip !== move.from) throw moved(remote.name, sent);
    if (!sent.passing || attempt === ATTEMPTS) throw refused(remote.name, move, sent);
  }
}

interface Sent {
  /**
   * twin: the remote has the very commit already, of this run or of one that made the same. refused: the remote said
   * so. cut-off: it did not say.
   */
  readonly state: 'moved' | 'twin' | 'refused' | 'cut-off';
  /** May well succeed at the next attempt. */
  readonly passing: boolean;
  readonly why: string;
  readonly error?: GitError;
}

async function send(git: Git, name: string, { ref, from, to }: RefMove): Promise<Sent> {
  const options = ['--porcelain', '--no-verify', '--no-follow-tags', '--recurse-submodules=no'];
  const lease = `--force-with-lease=${ref}:${from ?? ''}`;
  try {
    const report = await git.text(['push', ...options, lease, '--', name, `${to}:${ref}`]);
    const twin = /^=/m.test(report);
    return { state: twin ? 'twin' : 'moved', passing: false, why: '' };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    const [, word, reason = ''] = REFUSAL.exec(error.stdout.toString()) ?? [];
    const killed = error.exitCode === null && error.code === 'git-failed';
    return {
      state: word === 'rejected' || word === 'remote rejected' ? 'refused' : 'cut-off',
      passing: killed || CONTENDED.test(reason),
      why: reasons(cleaned(reason), error.line),
      error,
    };
  }
}

function reasons(reason: string, line: string): string {
  const said = asClause(line);
  if (reason === '' || said.startsWith('failed to push')) return reason || said;
  return said === '' ? reason : `${reason} (${said})`;
}

async function tipAfter(remote: Remote, { ref }: RefMove, sent: Sent): Promise<string | null> {
  try {
    return (await remote.tips(ref)).get(ref) ?? null;
  } catch (cause) {
    const why = sent.why === '' ? '' : `: ${sent.why}`;
    throw problem(
      'ledger-push-refused',
      `The push of the ledger to ${remote.name} failed${why}, and whether it arrived cannot be told.`,
      {
        hint: 'When the remote can be reached again, `muster status` tells whether it arrived.',
        cause,
      },
    );
  }
}

function moved(name: string, { error }: Sent): MusterError {
  return problem('ledger-moved', `Another run has added to the ledger on ${name}.`, {
    cause: error,
  });
}

function refused(name: string, { ref }: RefMove, { why, error }: Sent): MusterError {
  return problem(
    'ledger-push-refused',
    `The remote ${name} did not take the ledger (${ref})${why === '' ? '' : `: ${why}`}.`,
    { cause: error },
  );
}

function unreachable(name: string, cause: unknown): unknown {
  if (!(cause instanceof GitError) || cause.code === 'git-missing') return cause;
  const why = asClause(cause.line || tellingLine(cause.message));
  return problem(
    'ledger-unreachable',
    `The remote ${name} could not be asked for the ledger: ${why}.`,
    { cause },
  );
}
