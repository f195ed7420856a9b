/** `muster sandbox`: serves the embedded platforms until it is interrupted, and says how to point muster at them. */
import { Command } from 'commander';
import { PLATFORMS, type Platform } from '../../model/platform.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { formatOf } from '../flags.ts';
import { addSandboxFlags, type SandboxFlags, sandboxOptions } from '../sandbox-flags.ts';

interface SandboxIo {
  stdout(text: string): void;
  stderr(text: string): void;
  readonly signal: AbortSignal;
}

export function sandboxCommand(io: SandboxIo): Command {
  const command = new Command('sandbox').description(
    'serve an embedded platform on this machine, with made-up people (formats: text, json)',
  );
  return addSandboxFlags(command).action((_flags: unknown, called: Command) => run(called, io));
}

async function run(command: Command, io: SandboxIo): Promise<void> {
  const flags: SandboxFlags = command.optsWithGlobals();
  const print = PRINTERS[formatOf(flags, ['text', 'json'])];
  const { startSandbox } = await import('../../sandbox/sandbox.ts');
  const sandbox = await startSandbox(sandboxOptions(flags));
  try {
    io.stdout(print(sandbox, flags));
    await aborted(io.signal);
  } finally {
    await sandbox.close();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function asText(sandbox: Sandbox, { seed, platform }: SandboxFlags): string {
  const { url, token, org } = sandbox;
  const orgs = orgsOf(platform);
  const what = platform === 'all' ? 'every platform' : `platform ${platform}`;
  const exports = orgs.map(({ variable }) => `export ${variable}=${token}\n`).join('');
  return `Serving ${what} with ${org.users.length} users (seed ${seed}) at ${url}; Ctrl-C ends it.

${exports}
# muster.yaml
${config(url, orgs)}`;
}

function asJson(sandbox: Sandbox, { seed, platform }: SandboxFlags): string {
  const { url, token, client, accessKey, org } = sandbox;
  const credentials = { token, client, accessKey };
  const served = { platform, users: org.users.length, seed };
  const told = { url, ...credentials, ...served, config: config(url, orgsOf(platform)) };
  return `${JSON.stringify(told)}\n`;
}

const PRINTERS = { text: asText, json: asJson };

interface SandboxOrg {
  readonly name: string;
  readonly platform: Platform;
  /** Where muster looks for its token. */
  readonly variable: string;
}

function orgsOf(platform: Platform | 'all'): readonly SandboxOrg[] {
  if (platform !== 'all') return [{ name: 'sandbox', platform, variable: 'MUSTER_TOKEN' }];
  return PLATFORMS.map((served) => {
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
