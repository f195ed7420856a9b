/** What the button of a forge does to the branches, in a repository of its own beside everybody's. */
import type { Scene } from './scene.ts';

interface Own {
  readonly sha: string;
  readonly message: string;
}

/** The branch's own commits, the oldest first. */
export async function ownCommits({ desk }: Scene, head: string): Promise<Own[]> {
  await desk.git('fetch', '-q', 'origin');
  const listed = await desk.git(
    'log',
    '--reverse',
    '--format=%H%x1f%B%x1e',
    `origin/main..${head}`,
  );
  return listed
    .split('\x1e')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => {
      const [sha = '', message = ''] = one.split('\x1f');
      return { sha, message };
    });
}

/** Moves main on by what `work` does with it checked out; the commits it was moved to, the newest first. */
export async function ontoMain(
  { desk }: Scene,
  work: (git: Scene['desk']['git']) => Promise<unknown>,
): Promise<string[]> {
  await desk.git('fetch', '-q', 'origin');
  await desk.git('checkout', '-q', '-B', 'main', 'origin/main');
  const before = await desk.git('rev-parse', 'HEAD');
  await work(desk.git);
  await desk.git('push', '-q', 'origin', 'main');
  const moves = await desk.git('rev-list', '--first-parent', `${before}..HEAD`);
  return moves.split('\n');
}
