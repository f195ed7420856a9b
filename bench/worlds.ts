/** What is measured on: rosters written out, and sandboxes in processes of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateOrg } from '../src/sandbox/org/generate.ts';
import { MUSTER } from './measure.ts';

export interface Served {
  readonly url: string;
  readonly token: string;
  readonly users: number;
  counters(): Promise<Record<string, number>>;
  reset(): Promise<void>;
  stop(): void;
}

/** Starts `muster sandbox FLAGS` and waits until it serves. */
export async function serve(flags: readonly string[]): Promise<Served> {
  const args = [MUSTER, 'sandbox', '--port', '0', '--format', 'json', ...flags];
  const child: ChildProcess = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((done, failed) => {
    child.stdout?.once('data', (chunk) => done(String(chunk)));
    child.once('exit', (code) => failed(new Error(`The sandbox ended with ${code}.`)));
  });
  const { url, token, users } = JSON.parse(line) as { url: string; token: string; users: number };
  return {
    url,
    token,
    users,
    counters: async () =>
      (await (await fetch(`${url}/_sandbox/counters`)).json()) as Record<string, number>,
    reset: async () => void (await fetch(`${url}/_sandbox/requests`, { method: 'DELETE' })),
    stop: () => child.kill('SIGKILL'),
  };
}

export function folder(files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), 'muster-bench-'));
  mkdirSync(join(path, 'rosters'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

export interface OrgSettings {
  readonly baseUrl: string;
  readonly more?: string;
}

export function config({ baseUrl, more = '' }: OrgSettings): string {
  return `version: 1\norgs:\n  bench:\n    platform: admin\n    baseUrl: ${baseUrl}\n    levels: { expert: 90 }\n${more}`;
}

const SKILLS = generateOrg({ seed: 1, users: 0 }).skills.map(({ name }) => name);

function skillsOf(user: number, count: number): string[] {
  return Array.from({ length: count }, (_, n) => SKILLS[(user * 7 + n * 3) % SKILLS.length] ?? '');
}

/** `users` people with `skills` explicit entries each, in `files` files. */
export function explicitRosters(users: readonly string[], skills: number, files: number) {
  const perFile = Math.ceil(users.length / files);
  const made: Record<string, string> = {};
  for (let file = 0; file < files; file += 1) {
    const lines = ['version: 1', 'users:'];
    users.slice(file * perFile, (file + 1) * perFile).forEach((email, index) => {
      const user = file * perFile + index;
      lines.push(`  ${email}:`, '    skills:');
      for (const [n, skill] of [...new Set(skillsOf(user, skills))].entries()) {
        lines.push(`      ${skill}: ${(user + n * 5) % 101}`);
      }
    });
    made[`rosters/file-${file}.yaml`] = `${lines.join('\n')}\n`;
  }
  return made;
}

/** The same number of people and skills, written as teams that share profiles. */
export function teamRosters(users: readonly string[], skills: number, files: number) {
  const perFile = Math.ceil(users.length / files);
  const made: Record<string, string> = {};
  for (let file = 0; file < files; file += 1) {
    const entries = [...new Set(skillsOf(file, skills))].map(
      (skill, n) => `      ${skill}: ${(n * 5) % 101}`,
    );
    const members = users
      .slice(file * perFile, (file + 1) * perFile)
      .map((email) => `      - ${email}`);
    made[`rosters/team-${file}.yaml`] = [
      'version: 1',
      'profiles:',
      `  profile-${file}:`,
      '    skills:',
      ...entries,
      'teams:',
      `  team-${file}:`,
      `    profiles: [profile-${file}]`,
      '    members:',
      ...members,
      '',
    ].join('\n');
  }
  return made;
}

/** Everybody in teams of 100 who must not have a skill that few have: what an everyday plan looks like. */
export function calmRosters(users: readonly string[]) {
  const teams = Array.from({ length: Math.ceil(users.length / 100) }, (_, team) => [
    `  team-${team}:`,
    '    skills: { Fraud: absent }',
    '    members:',
    ...users.slice(team * 100, (team + 1) * 100).map((email) => `      - ${email}`),
  ]);
  return { 'rosters/all.yaml': ['version: 1', 'teams:', ...teams.flat(), ''].join('\n') };
}

/** The addresses of the sandbox's people. */
export function emails(users: number): string[] {
  return generateOrg({ seed: 1, users }).users.map(({ email }) => email);
}
