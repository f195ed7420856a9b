/** The flags of `muster sandbox`: what the platform can be told, and how it is read. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { PLATFORMS, type Platform } from '../model/platform.ts';
import { parseFault } from '../sandbox/fault-syntax.ts';
import type { FaultRule } from '../sandbox/faults.ts';
import type { SandboxOptions } from '../sandbox/options.ts';
import type { GlobalFlags } from './flags.ts';

export interface SandboxFlags extends GlobalFlags {
  readonly port: number;
  readonly platform: Platform | 'all';
  readonly users: number;
  readonly seed: number;
  readonly odd: boolean;
  readonly reads: number;
  readonly writes: number;
  readonly calls: number;
  readonly burst: number;
  readonly signIns: number;
  readonly latency: number;
  readonly jobDelay: number;
  readonly jobFailures: number;
  readonly lag: number;
  readonly fault: readonly FaultRule[];
  readonly listing: boolean;
  readonly catalogue: boolean;
  readonly pageMax: number;
  readonly omitEvery: number;
  readonly largestExpanded: number;
  readonly hideEvery: number;
  readonly putReplaces: boolean;
  readonly token?: string;
}

const CHOICES = [...PLATFORMS, 'all'];
const MOST_MS = 3_600_000;
const RATE = whole(0, 1_000_000);
const MS = whole(0, MOST_MS);
const SIZE = whole(1, 1_000_000);
const EVERY = whole(0, 1_000_000);

export function addSandboxFlags(command: Command): Command {
  command
    .option('--port <port>', 'port on 127.0.0.1; 0 takes any free one', whole(0, 65_535), 8787)
    .addOption(new Option('--platform <name>', 'platform').choices(CHOICES).default('admin'))
    .option('--users <n>', 'people in the org', SIZE, 300)
    .option('--seed <n>', 'the same seed gives the same org', whole(0, 4_294_967_295), 1)
    .option(
      '--odd',
      'with inactive people and rows, doubled addresses, a skill nobody lists',
      false,
    )
    .option('--token <token>', 'the token it accepts', token);
  return addTroubles(addLimits(command));
}

function addLimits(command: Command): Command {
  return command
    .option('--reads <n>', 'admin: reads a minute for each token; 0: no limit', RATE, 300)
    .option('--writes <n>', 'admin: writes a minute for each token; 0: no limit', RATE, 60)
    .option('--calls <n>', 'genesys, cxone: calls a minute for each token; 0: no limit', RATE, 300)
    .option('--burst <n>', 'requests at once after a rest', SIZE, 20)
    .option('--sign-ins <n>', 'genesys: sign-ins a minute for each client; 0: no limit', RATE, 0)
    .option('--page-max <n>', 'the largest page; larger ones are cut', whole(1, 100_000), 500)
    .option('--largest-expanded <n>', 'genesys: larger pages with lists are refused', EVERY, 0)
    .option('--latency <ms>', 'before every answer', MS, 0);
}

function addTroubles(command: Command): Command {
  return command
    .option('--job-delay <ms>', 'admin: from a bulk call to the end of its job', MS, 2000)
    .option('--job-failures <share>', 'admin: of the users in a job, from 0 to 1', share, 0)
    .option('--lag <ms>', 'how long reads go on showing what was before a write', MS, 0)
    .option('--no-listing', 'admin: answer 404 to the listing of users')
    .option('--no-catalogue', 'admin: answer 404 to the catalogue of skills')
    .option('--omit-every <n>', 'leave the lists out of every n-th listed user', EVERY, 0)
    .option('--hide-every <n>', 'hide every n-th person from the caller', EVERY, 0)
    .option('--put-replaces', 'cxone: a PUT drops the rows that it does not name', false)
    .option('--fault <rule>', 'what goes wrong; may be repeated (see below)', fault, [])
    .addHelpText('after', `\n${FAULT_HELP}`);
}

const FAULT_HELP = `Faults: a kind, then conditions, separated by commas.
  kinds       status=503 (with code=CODE, retry-after=SECONDS, html, after),
              reset-before, reset-after, truncated, slow=MS, empty,
              job-hang, job-vanish, job-fail, job-lie, job-mute, partial (with applied=SHARE)
  conditions  method=PUT  path=/api/v2/admin/users/*/skills  header=traceparent
              probability=0.1  times=3  skip=2
  example     --fault status=503,method=PUT,probability=0.1,retry-after=2`;

export function sandboxOptions(flags: SandboxFlags): SandboxOptions {
  const { port, platform, users, seed, odd, reads, writes, calls, burst, signIns } = flags;
  const { listing, catalogue, omitEvery, largestExpanded, hideEvery, putReplaces } = flags;
  return {
    port,
    platform,
    users,
    seed,
    odd,
    rates: { reads, writes, calls, burst },
    signIns,
    jobs: { delayMs: flags.jobDelay, failures: flags.jobFailures },
    latencyMs: flags.latency,
    lagMs: flags.lag,
    faults: flags.fault,
    listing,
    catalogue,
    pages: {
      max: flags.pageMax,
      omitSkillsEvery: omitEvery,
      omitLanguagesEvery: omitEvery,
      largestExpanded,
    },
    hideEvery,
    cxone: { putReplaces },
    ...(flags.token === undefined ? {} : { tokens: [{ token: flags.token, name: 'default' }] }),
  };
}

function whole(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}

function share(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value <= 1) return value;
  throw new InvalidArgumentError('It must be a number from 0 to 1.');
}

function token(text: string): string {
  if (/^[\w.~+/-]+=*$/.test(text)) return text;
  throw new InvalidArgumentError('A token has letters, digits and . _ ~ + / - alone.');
}

function fault(text: string, before: readonly FaultRule[]): readonly FaultRule[] {
  try {
    return [...before, parseFault(text)];
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}
