/** Where the story plays: rosters in a repository that everybody shares, and a platform whose every list is accounted for. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Ground, ground } from '../../support/repo.ts';
import { musterProcess, type Ran } from '../../support/shell.ts';
import type { Running } from './script.ts';

export const TOKENS = { read: 'can-only-read', write: 'can-write' } as const;
const PEOPLE = 20;
const ROSTER = 'rosters/a.yaml';

/** By place in the list of people: their entries in the roster. Who is not there is in no file. */
export type Entries = ReadonlyMap<number, string>;

export type Scene = Awaited<ReturnType<typeof openScene>>;

export async function openScene() {
  let running: Running | undefined;
  let writesLeft = Number.POSITIVE_INFINITY;
  const g: Ground = await ground({
    sandbox: {
      users: 40,
      tokens: [
        { token: TOKENS.write, name: 'write' },
        { token: TOKENS.read, name: 'read', scopes: ['admin:users:read'] },
      ],
      latencyMs: 5,
      watch: ({ call }) => {
        if (call.method === 'GET' || call.path.startsWith('/oauth')) return;
        writesLeft -= 1;
        if (writesLeft === 0) running?.kill();
      },
    },
    files: (url) => ({
      'muster.yaml': `version: 1\norgs:\n  eu:\n    platform: admin\n    baseUrl: ${url}\n    loginUrl: ${url}\n    bulk: never\n    pace: { reads: 100000, writes: 100000 }\n`,
    }),
  });
  const { sandbox, main: desk } = g;
  const people = sandbox.org.users.slice(0, PEOPLE).map(({ id, email = '' }) => ({ id, email }));
  const names = new Map(sandbox.org.skills.map(({ id, name }) => [id, name]));
  const idOf = (name: string) => sandbox.org.skills.find((one) => one.name === name)?.id ?? '';
  const clones = new Set<string>();
  let made = 0;

  const live = () =>
    Object.fromEntries(
      sandbox.org.users.map(({ id }) => [
        id,
        Object.fromEntries(
          sandbox.skillsOf(id).map(({ skillId, proficiency }) => [names.get(skillId), proficiency]),
        ),
      ]),
    );
  const expected = live();

  const scene = {
    ...{ g, sandbox, desk, people, remote: join(desk.path, '../remote.git') },
    /** The roster of the branch that the desk is on, committed and pushed; the new commit. */
    async push(entries: Entries, message = 'A change'): Promise<string> {
      await desk.write(ROSTER, rosterOf(people, entries));
      await desk.git('add', '-A');
      await desk.git('commit', '-q', '--allow-empty', '-m', message);
      await desk.git('push', '-q', '-f', 'origin', 'HEAD');
      return desk.git('rev-parse', 'HEAD');
    },
    async branch(name: string): Promise<void> {
      await desk.git('checkout', '-q', '-B', name, 'origin/main');
    },
    /** The built command at the desk, with the key that can write. */
    atDesk: (...args: readonly string[]): Promise<Ran> =>
      musterProcess(args, {
        cwd: desk.path,
        env: { GIT_CONFIG_GLOBAL: '/dev/null', USER: 'ana', MUSTER_EU_TOKEN: TOKENS.write },
      }),
    /** As a runner checks it out: at a branch, or detached at a commit. */
    async clone(revision: string): Promise<string> {
      made += 1;
      const { path, git } = await g.clone(`runner-${made}`);
      clones.add(path);
      // Not on a branch is what a forge tries out, and what was merged by squash.
      if (/^[0-9a-f]{40}$/.test(revision)) await git('fetch', '-q', 'origin', revision);
      if (revision !== 'HEAD') await git('checkout', '-q', revision);
      return path;
    },
    async dropClones(): Promise<void> {
      for (const path of clones) await rm(path, { recursive: true, force: true });
      clones.clear();
    },
    started(script: Running): void {
      running = script;
    },
    /** From now on, the script that is running is killed when the platform has answered so many writes. */
    killAfter(writes: number): void {
      writesLeft = writes;
    },
    /** Somebody does it in the admin page. */
    byHand(at: number, name: string, proficiency: number): void {
      const { id } = scene.person(at);
      const others = sandbox.skillsOf(id).filter(({ skillId }) => skillId !== idOf(name));
      sandbox.edit(id, [...others, { skillId: idOf(name), proficiency }]);
      scene.shall(at, name, proficiency);
    },
    person: (at: number) => people[at] ?? { id: '', email: '' },
    /** What is to be live from now on; undefined: nothing. */
    shall(at: number, name: string, proficiency: number | undefined): void {
      const list = expected[scene.person(at).id] ?? {};
      if (proficiency === undefined) delete list[name];
      else list[name] = proficiency;
    },
    /** Nothing else was written, nothing was lost, and no write was asked for by a key that may not. */
    expectLive(): void {
      expect(live()).toEqual(expected);
      const refused = sandbox.requests.filter(({ status }) => status === 401 || status === 403);
      expect(refused).toEqual([]);
    },
    writes: () =>
      sandbox.requests.filter(({ method, path }) => method !== 'GET' && !path.startsWith('/oauth'))
        .length,
    ledger: desk.ledger,
    async fetchLedger(): Promise<void> {
      await desk.git('fetch', '-q', '-f', 'origin', '+refs/muster/*:refs/muster/*');
    },
    close: () => g.close(),
  };
  return scene;
}

function rosterOf(people: readonly { readonly email: string }[], entries: Entries): string {
  const users = [...entries].map(
    ([at, text]) => `  ${people[at]?.email ?? 'nobody@example.com'}:\n    skills: { ${text} }\n`,
  );
  return `version: 1\nusers:\n${users.join('')}`;
}
