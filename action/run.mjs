/**
 * What action.yml runs: one command of muster, with the credentials under the org's names, and its outcome as outputs.
 * Inputs come in the environment (INPUT_*), so that no text of a pull request is ever part of a script.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, createWriteStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const input = (name) => (process.env[`INPUT_${name}`] ?? '').trim();
const lines = (text) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const org = input('ORG');
const out = input('OUT') || join(process.env.RUNNER_TEMP ?? tmpdir(), 'muster');
const file = join(out, `${org || 'org'}.json`);
const onOrg = org === '' ? [] : ['--org', org];

/** Each command as muster has it; `saves`: where its JSON goes, standard output or the file named by a flag. */
const COMMANDS = {
  validate: () => ({ args: ['validate', '--format', 'github'], reads: true }),
  plan: () => ({
    args: ['plan', '--out', file, ...flag('--base', input('BASE'))],
    reads: true,
    saves: true,
  }),
  apply: () => ({ args: ['apply', '--yes', '--format', 'json'], prints: true }),
  schedule: () => ({
    args: ['apply', '--yes', '--format', 'json', '--at', 'base', '--cause', 'schedule'],
    prints: true,
  }),
  drift: () => ({ args: ['drift', '--format', 'json'], reads: true, prints: true }),
  status: () => ({ args: ['status'], reads: true }),
  resume: () => ({
    args: ['apply', '--yes', '--format', 'json', '--resume', needed('RUN')],
    prints: true,
  }),
  rollback: () => ({
    args: [
      ...['rollback', '--yes', '--format', 'json', input('RUN') || '--last'],
      ...flag('--reason', input('REASON')),
    ],
    prints: true,
  }),
  unpause: () => ({ args: ['unpause'] }),
  agree: () => ({ args: ['github', 'adopt', '--rolled-back'], reads: true }),
};

function flag(name, value) {
  return value === '' ? [] : [name, value];
}

function needed(name) {
  const value = input(name);
  if (value === '') fail(`The input ${name.toLowerCase()} is needed for this command.`);
  return value;
}

function fail(message) {
  process.stdout.write(`::error::${message}\n`);
  process.exit(64);
}

/** Under the org's own names: for reading, those that no command uses to write. */
function credentials(reads) {
  const own = org === '' ? 'MUSTER' : `MUSTER_${org.toUpperCase().replaceAll('-', '_')}`;
  const prefix = reads ? `${own}_READ` : own;
  const names = ['TOKEN', 'CLIENT_ID', 'CLIENT_SECRET', 'ACCESS_KEY_ID', 'ACCESS_KEY_SECRET'];
  const given = names.filter((name) => input(name) !== '');
  return Object.fromEntries(given.map((name) => [`${prefix}_${name}`, input(name)]));
}

function environment(reads) {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('INPUT_'));
  const hosts = input('ALLOWED_HOSTS');
  return {
    ...Object.fromEntries(kept),
    ...credentials(reads),
    ...(hosts === '' ? {} : { MUSTER_ALLOWED_HOSTS: hosts }),
  };
}

/** The built program of this checkout where there is one, otherwise the published package. */
function program() {
  const built = new URL('../dist/cli/main.js', import.meta.url).pathname;
  if (input('VERSION') === '' && existsSync(built)) return [process.execPath, built];
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return ['npx', '--yes', `musterctl@${input('VERSION') || version}`];
}

function run({ args, reads = false, prints = false }) {
  const [command, ...before] = program();
  const all = [...before, ...args, ...onOrg, '--dir', input('DIR') || '.', ...lines(input('ARGS'))];
  const child = spawn(command, all, {
    env: environment(reads),
    stdio: ['ignore', prints ? 'pipe' : 'inherit', 'inherit'],
  });
  if (prints) child.stdout.pipe(createWriteStream(file));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 130));
  });
}

const REASONS = { 1: 'error', 4: 'incomplete', 64: 'usage', 130: 'interrupted' };

function failureReason(code, made) {
  if (code === 0 || code === 2) return '';
  if (code !== 3) return REASONS[code] ?? 'error';
  const refusing = (made?.guards ?? []).filter(({ passed }) => !passed).map(({ guard }) => guard);
  return ['refused', refusing.join(', ')].filter((word) => word !== '').join(': ');
}

/** Of a plan, a result or a drift: what it comes to. */
function totalsOf(made) {
  const totals = made?.totals ?? made?.planned ?? {};
  return {
    changes: String((totals.people ?? 0) > 0),
    'to-add': String(totals.add ?? totals.added ?? 0),
    'to-change': String(totals.change ?? totals.changed ?? 0),
    'to-destroy': String(totals.remove ?? totals.removed ?? 0),
    'review-digest': made?.reviewDigest ?? '',
  };
}

function made() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

const chosen = COMMANDS[input('COMMAND')];
if (chosen === undefined) fail(`There is no command "${input('COMMAND')}".`);
mkdirSync(out, { recursive: true });
const how = chosen();
const code = await run(how);
const json = how.prints || how.saves ? made() : undefined;
const outputs = {
  ...totalsOf(json),
  'plan-path': json === undefined ? '' : file,
  'failure-reason': failureReason(code, json),
  'exit-code': String(code),
};
const text = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
if (process.env.GITHUB_OUTPUT) appendFileSync(process.env.GITHUB_OUTPUT, text.join(''));
else process.stdout.write(text.join(''));
process.exitCode = code === 2 ? 0 : code;
