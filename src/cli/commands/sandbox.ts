/** `muster sandbox`: serves the embedded platform until it is interrupted, and says how to point muster at it. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { parseFault } from '../../sandbox/fault-syntax.ts';
import type { FaultRule } from '../../sandbox/faults.ts';
import type { SandboxOptions } from '../../sandbox/options.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { SERVED, type Served } from '../../sandbox/served.ts';
import { formatOf, type GlobalFlags } from '../flags.ts';

interface SandboxIo {
  stdout(text: string): void;
  stderr(text: string): void;
  readonly signal: AbortSignal;
}

interface Flags extends GlobalFlags {
  readonly port: number;
  readonly users: number;
  readonly seed: number;
  readonly reads: number;
  readonly writes: number;
  readonly calls: number;
  readonly burst: number;
  readonly latency: number;
  readonly jobDelay: number;
  readonly jobFailures: number;
  readonly lag: number;
  readonly fault: readonly FaultRule[];
  readonly listing: boolean;
  readonly catalogue: boolean;
  readonly pageMax: number;
  readonly token?: string;
  readonly platform: Served | 'all';
  readonly omitEvery: number;
  readonly largestExpanded: number;
}

const PLATFORMS = [...SERVED, 'all'];
const MOST_MS = 3_600_000;
const RATE = whole(0, 1_000_000);
const MS = whole(0, MOST_MS);

export function sandboxCommand(io: SandboxIo): Command {
  return new Command('sandbox')
    .description(
      'serve an embedded platform on this machine, with made-up people (formats: text, json)',
    )
    .option('--port <port>', 'port on 127.0.0.1; 0 takes any free one', whole(0, 65_535), 8787)
    .addOption(new Option('--platform <name>', 'platform').choices(PLATFORMS).default('admin'))
    .option('--users <n>', 'people in the org', whole(1, 1_000_000), 300)
    .option('--seed <n>', 'the same seed gives the same org', whole(0, 4_294_967_295), 1)
    .option('--reads <n>', 'reads a minute for each token; 0: no limit', RATE, 300)
    .option('--writes <n>', 'writes a minute for each token; 0: no limit', RATE, 60)
    .option('--calls <n>', 'where one limit is for all (genesys): a minute; 0: none', RATE, 300)
    .option('--burst <n>', 'requests at once after a rest', whole(1, 1_000_000), 20)
    .option('--latency <ms>', 'before every answer', MS, 0)
    .option('--job-delay <ms>', 'from a bulk call to the end of its job', MS, 2000)
    .option('--job-failures <share>', 'of the users in a job, from 0 to 1', share, 0)
    .option('--lag <ms>', 'how long reads go on showing what was before a write', MS, 0)
    .option('--fault <rule>', 'what goes wrong; may be repeated (see below)', fault, [])
    .option('--no-listing', 'answer 404 to the listing of users')
    .option('--no-catalogue', 'answer 404 to the catalogue of skills')
    .option('--page-max <n>', 'the largest page; larger ones are cut', whole(1, 100_000), 500)
    .option('--omit-every <n>', 'leave lists out of every n-th listed user', whole(0, 1_000_000), 0)
    .option(
      '--largest-expanded <n>',
      'genesys: refuse larger pages with lists in them; 0: none',
      whole(0, 100_000),
      0,
    )
    .option('--token <token>', 'the token it accepts', token)
    .addHelpText('after', `\n${FAULT_HELP}`)
    .action((_flags: unknown, command: Command) => run(command, io));
}

const FAULT_HELP = `Faults: a kind, then conditions, separated by commas.
  kinds       status=503 (with code=CODE, retry-after=SECONDS, html, after), reset-before, reset-after,
              truncated, slow=MS, empty,
              job-hang, job-vanish, job-fail, job-lie, job-mute (with applied=SHARE)
  conditions  method=PUT  path=/api/v2/admin/users/*/skills  header=traceparent
              probability=0.1  times=3  skip=2
  example     --fault status=503,method=PUT,probability=0.1,retry-after=2`;

async function run(command: Command, io: SandboxIo): Promise<void> {
  const flags: Flags = command.optsWithGlobals();
  const print = PRINTERS[formatOf(flags, ['text', 'json'])];
  const { startSandbox } = await import('../../sandbox/sandbox.ts');
  const sandbox = await startSandbox(options(flags));
  try {
    io.stdout(print(sandbox, flags));
    await aborted(io.signal);
  } finally {
    await sandbox.close();
  }
}

function options(flags: Flags): SandboxOptions {
  const { port, platform, users, seed, reads, writes, calls, burst, listing, catalogue } = flags;
  const { omitEvery, largestExpanded } = flags;
  return {
    port,
    platform,
    users,
    seed,
    rates: { reads, writes, calls, burst },
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
    ...(flags.token === undefined ? {} : { tokens: [{ token: flags.token, name: 'default' }] }),
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function asText(sandbox: Sandbox, { seed, platform }: Flags): string {
  const { url, token, org } = sandbox;
  const orgs = orgsOf(platform);
  const what = platform === 'all' ? 'every platform' : `platform ${platform}`;
  const exports = orgs.map(({ variable }) => `export ${variable}=${token}\n`).join('');
  return `Serving ${what} with ${org.users.length} users (seed ${seed}) at ${url}; Ctrl-C ends it.

${exports}
# muster.yaml
${config(url, orgs)}`;
}

function asJson({ url, token, client, org }: Sandbox, { seed, platform }: Flags): string {
  const users = org.users.length;
  const told = { url, token, client, platform, users, seed, config: config(url, orgsOf(platform)) };
  return `${JSON.stringify(told)}\n`;
}

const PRINTERS = { text: asText, json: asJson };

interface SandboxOrg {
  readonly name: string;
  readonly platform: Served;
  /** Where muster looks for its token. */
  readonly variable: string;
}

function orgsOf(platform: Served | 'all'): readonly SandboxOrg[] {
  if (platform !== 'all') return [{ name: 'sandbox', platform, variable: 'MUSTER_TOKEN' }];
  return SERVED.map((served) => {
    const variable = `MUSTER_SANDBOX_${served.toUpperCase()}_TOKEN`;
    return { name: `sandbox-${served}`, platform: served, variable };
  });
}

function config(url: string, orgs: readonly SandboxOrg[]): string {
  const lines = orgs.map(
    ({ name, platform }) =>
      `  ${name}:\n    platform: ${platform}\n    baseUrl: ${url}\n    loginUrl: ${url}\n`,
  );
  return `version: 1\norgs:\n${lines.join('')}`;
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
