/** An org as people have it: the quick start's files in a git repository with a remote, and a sandbox behind it. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { recordOf } from '../../src/ledger/record.ts';
import { openRepository } from '../../src/ledger/repository.ts';
import { begin, emptyLedger } from '../../src/ledger/steps.ts';
import { gitStore } from '../../src/ledger/store.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { muster, quickStart, type Ran, tempFolder, type World } from '../support/shell.ts';

const GIT = {
  PATH: process.env.PATH ?? '',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Ana',
  GIT_AUTHOR_EMAIL: 'ana@example.com',
  GIT_COMMITTER_NAME: 'Ana',
  GIT_COMMITTER_EMAIL: 'ana@example.com',
};

const BEGIN = Date.parse('2026-11-23T10:00:00Z');
const MINUTE = 60_000;
export const ROSTER = 'rosters/emea-billing.yaml';

/** Each command begins a minute after the one before it, and `more` is added to the org in muster.yaml. */
export async function orgInGit(options: SandboxOptions = {}, more = '') {
  const sandbox = await startSandbox({
    rates: { reads: 0, writes: 0 },
    jobs: { delayMs: 5 },
    ...options,
  });
  const pace = '    pace: { reads: 100000, writes: 100000 }\n';
  const folder = await quickStart(sandbox.url, pace + more);
  const remote = await tempFolder();
  const git = (...args: readonly string[]) =>
    execFileSync('git', [...args], { cwd: folder.path, env: GIT, encoding: 'utf8' }).trim();
  git('init', '-q', '-b', 'main');
  git('init', '-q', '--bare', join(remote.path, 'origin.git'));
  git('remote', 'add', 'origin', join(remote.path, 'origin.git'));
  let commands = 0;
  const env = { ...GIT, MUSTER_TOKEN: sandbox.token, USER: 'ana' };
  const at = () => BEGIN + commands * MINUTE;

  const org = {
    sandbox,
    folder,
    git,
    env,
    run(args: readonly string[], world: Partial<World> = {}): Promise<Ran> {
      commands += 1;
      return muster(args, { cwd: folder.path, env, at: at(), speed: 20, ...world });
    },
    commit(message = 'change'): string {
      git('add', '-A');
      git('commit', '-q', '-m', message);
      return git('rev-parse', 'HEAD');
    },
    async change(file: string, from: string | RegExp, to: string): Promise<string> {
      const text = await folder.read(file);
      const changed = text.replace(from, to);
      if (changed === text) throw new Error(`${file} has no ${from}.`);
      await folder.write(file, changed);
      return org.commit();
    },
    id: (email: string) => sandbox.org.users.find((one) => one.email === email)?.id ?? '',
    skillId: (name: string) => sandbox.org.skills.find((one) => one.name === name)?.id ?? '',
    skills(email: string): Record<string, number> {
      const names = new Map(sandbox.org.skills.map(({ id, name }) => [id, name]));
      const entries = sandbox.skillsOf(org.id(email));
      return Object.fromEntries(
        entries.map(({ skillId, proficiency }) => [names.get(skillId) ?? '', Number(proficiency)]),
      );
    },
    /** Everybody's skills. */
    everybody: () =>
      Object.fromEntries(
        sandbox.org.users.map(({ email = '', id }) => [email || id, sandbox.skillsOf(id)]),
      ),
    /** An edit by hand: undefined takes the skill away. */
    edit(email: string, name: string, proficiency: number | undefined): void {
      const skillId = org.skillId(name);
      const others = sandbox.skillsOf(org.id(email)).filter((each) => each.skillId !== skillId);
      const now = proficiency === undefined ? others : [...others, { skillId, proficiency }];
      sandbox.edit(org.id(email), now);
    },
    /** What a killed run leaves in the ledger: its begin step, and nothing after it. */
    async begun(plan: Plan, id = 'killed-run'): Promise<void> {
      const repository = await openRepository({ dir: folder.path, env });
      if ('none' in repository || plan.settles.point === null) throw new Error('Not in git.');
      const store = gitStore({
        ...{ repository, org: plan.org, remote: 'origin', by: 'ci@runner', now: at },
      });
      const entry = await store.read();
      const identity = { org: plan.org, orgId: null, platform: plan.platform, folder: '' };
      const record = recordOf(plan, {
        ...{ id, kind: 'apply', by: 'ci@runner', overrides: [], point: plan.settles.point },
        begun: new Date(at()).toISOString(),
      });
      await store.append(entry?.commit ?? null, {
        ledger: begin(entry?.ledger ?? emptyLedger(identity), identity, record),
        record,
        message: 'begins',
      });
      await repository.close();
    },
    async plan(): Promise<Plan> {
      return JSON.parse((await org.run(['plan', '--format', 'json'])).stdout);
    },
    async close(): Promise<void> {
      await sandbox.close();
      await folder.remove();
      await remote.remove();
    },
  };
  org.commit('first');
  return org;
}

export type OrgInGit = Awaited<ReturnType<typeof orgInGit>>;
