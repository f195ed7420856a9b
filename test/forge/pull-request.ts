/** A repository with a pull request in it, a sandbox to plan against, and a forge that stands in for the real one. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ground, ground } from '../support/repo.ts';
import { type Folder, muster, musterProcess, type Ran, tempFolder } from '../support/shell.ts';

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

export interface Ways {
  /** Beside `version` and `orgs` in muster.yaml. */
  readonly config?: string;
  readonly orgs?: readonly string[];
  readonly users?: number;
}

export type Skills = Readonly<Record<string, string>>;

const rosterOf = (skills: Skills) =>
  `version: 1\nusers:\n${Object.entries(skills)
    .map(
      ([key, text]) =>
        `  ${key}:${text === 'released' ? ' released' : `\n    skills: { ${text} }`}\n`,
    )
    .join('')}`;

export type PullRequest = Awaited<ReturnType<typeof pullRequest>>;

/** The first commit is on main; what follows is on the branch `pr`. */
export async function pullRequest(skills: (people: readonly Person[]) => Skills, ways: Ways = {}) {
  const { orgs = ['eu'], config = '', users = 60 } = ways;
  let people: readonly Person[] = [];
  const g: Ground = await ground({
    sandbox: { users },
    files: (url) => ({
      'muster.yaml': `version: 1\norgs:\n${orgs.map((name) => orgOf(name, url)).join('')}${config}`,
      'rosters/shared/a.yaml': 'version: 1\nskills: {}\n',
    }),
  });
  people = g.sandbox.org.users.map(({ id, email, name }) => ({
    id,
    email: email ?? '',
    name: name ?? '',
  }));
  const files: Folder = await tempFolder({ summary: '', output: '' });
  const base = await g.main.commit({ 'rosters/shared/a.yaml': rosterOf(skills(people)) });
  await g.main.git('checkout', '-q', '-b', 'pr');
  const path = (name: string) => join(files.path, name);
  const event = { number: 1, base };
  const world = {
    ...{ g, people, base, path, files },
    head: () => g.main.git('rev-parse', 'HEAD'),
    async commit(next: Skills, message = 'A change'): Promise<string> {
      await g.main.write('rosters/shared/a.yaml', rosterOf(next));
      await g.main.git('add', '-A');
      await g.main.git('commit', '-q', '--allow-empty', '-m', message);
      return world.head();
    },
    /** In this process. */
    run: (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
      muster(args, { cwd: g.main.path, speed: 20, env: { ...environment(g), ...env } }),
    /** A whole run of the built command. */
    built: (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
      musterProcess(args, { cwd: g.main.path, env: { ...environment(g), ...env } }),
    async plans(): Promise<string[]> {
      const made: string[] = [];
      for (const org of orgs) {
        const file = path(`${org}.json`);
        const ran = await world.run(['plan', '--org', org, '--out', file]);
        if (ran.code !== 0 && ran.code !== 3) throw new Error(ran.stderr);
        made.push(file);
      }
      return made;
    },
    /** What GitHub tells a job of the pull request. */
    async event(head: string): Promise<Record<string, string>> {
      const file = path('event.json');
      const pull_request = { number: event.number, head: { sha: head }, base: { sha: base } };
      await writeFile(file, JSON.stringify({ pull_request }));
      return {
        GITHUB_EVENT_PATH: file,
        GITHUB_STEP_SUMMARY: path('summary'),
        GITHUB_OUTPUT: path('output'),
      };
    },
    async close() {
      await g.close();
      await files.remove();
    },
  };
  return world;
}

function environment({ sandbox }: Ground): Record<string, string> {
  return {
    ...{ PATH: process.env.PATH ?? '', USER: 'tester', GIT_CONFIG_GLOBAL: '/dev/null' },
    ...{ MUSTER_EU_TOKEN: sandbox.token, MUSTER_US_TOKEN: sandbox.token },
    ...{ GIT_COMMITTER_NAME: 'T', GIT_COMMITTER_EMAIL: 't@example.com' },
    ...{ GIT_AUTHOR_NAME: 'T', GIT_AUTHOR_EMAIL: 't@example.com' },
  };
}

function orgOf(name: string, url: string): string {
  return `  ${name}:\n    platform: admin\n    baseUrl: ${url}\n    loginUrl: ${url}\n    pace: { reads: 100000, writes: 100000 }\n`;
}
