/** A world to do violence to: an org on a sandbox behind a tap, and the files that were applied to it once, in git. */
import { setTimeout as delay } from 'node:timers/promises';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { muster } from '../support/shell.ts';
import { type Books, GIT_ENV, ORG, openBooks } from './books.ts';
import { type Dice, diceOf } from './dice.ts';
import { lawOfWrites } from './laws.ts';
import { type Story, storyOf } from './people.ts';
import { openTap, type Tap } from './tap.ts';
import { type List, sameList, shown, toList } from './wire.ts';

export const ALLOWED = ['users', 'removals', 'skill', 'leavers'].flatMap((guard) => [
  '--allow',
  guard,
]);
export const APPLY = ['apply', '--yes', ...ALLOWED, '--reason', 'chaos'];

export interface World {
  readonly story: Story;
  readonly dice: Dice;
  readonly sandbox: Sandbox;
  readonly tap: Tap;
  readonly books: Books;
  /** Where the files as they are now are checked out and not yet applied. */
  readonly clone: string;
  readonly env: Readonly<Record<string, string>>;
  list(userId: string): List;
  /** Somebody adds, changes or removes a skill of a person by hand: one no file names, unless others are handed in. */
  editByHand(userId: string, skills?: readonly string[]): void;
  /** What breaks the laws at the end: lists that are not as they must be, writes that should not have been. */
  wrongs(): string[];
  close(): Promise<void>;
}

export interface WorldWords {
  readonly seed: number;
  readonly size?: readonly [number, number];
  /** Lines of the org's settings in muster.yaml. */
  readonly settings: readonly string[];
  readonly platform?: SandboxOptions;
}

const FAST = { reads: 0, writes: 0 };

export async function openWorld({ seed, size, settings, platform }: WorldWords): Promise<World> {
  const story = storyOf(seed, size);
  const dice = diceOf(seed + 1_000_003);
  const sandbox = await startSandbox({ seed, org: story.org, rates: FAST, ...platform });
  const tap = await openTap(sandbox.url);
  const books = await openBooks();
  const env = { ...GIT_ENV, MUSTER_TOKEN: sandbox.token, USER: 'ana' };
  const config = ['version: 1', 'orgs:', `  ${ORG}:`, '    platform: admin'];
  const pace = 'pace: { reads: 1000000, writes: 1000000 }';
  const lines = [`baseUrl: ${tap.url}`, pace, ...settings].map((line) => `    ${line}`);
  const yaml = `${[...config, ...lines].join('\n')}\n`;
  const clone = await books.clone();
  await books.commit(clone, { 'muster.yaml': yaml, 'rosters/all.yaml': story.first });
  const first = await muster(APPLY, { cwd: clone, env, speed: 20 });
  if (first.code !== 0) throw new Error(`The first apply failed: ${first.stdout}${first.stderr}`);
  await books.commit(clone, { 'rosters/all.yaml': story.next });
  tap.newProcess();
  const began = tap.calls.length;

  const list = (userId: string) => toList(sandbox.skillsOf(userId));
  const due = new Map(story.org.users.map(({ id }) => [id, list(id)]));
  return {
    ...{ story, dice, sandbox, tap, books, clone, env, list },
    editByHand(userId, skills = story.foreign) {
      const change = someChange(list(userId), skills, dice);
      set(sandbox, userId, change(list(userId)));
      due.set(userId, change(due.get(userId) ?? new Map()));
    },
    wrongs: () => [
      ...wrongLists({ story, list, due }),
      ...lawOfWrites(story, tap.calls.slice(began)),
    ],
    async close() {
      await tap.close();
      await sandbox.close();
      await books.remove();
    },
  };
}

function set(sandbox: Sandbox, userId: string, list: List): void {
  const entries = [...list].map(([skillId, proficiency]) => ({ skillId, proficiency }));
  sandbox.edit(userId, entries);
}

function someChange(list: List, skills: readonly string[], dice: Dice) {
  const held = skills.filter((id) => list.has(id));
  const id = held.length > 0 && dice.chance(0.5) ? dice.pick(held) : dice.pick(skills);
  const value = dice.int(0, 100);
  const drops = list.has(id) && dice.chance(0.6);
  return (before: List): List => {
    const after = new Map(before);
    if (drops) after.delete(id);
    else after.set(id, value);
    return after;
  };
}

/** Everybody as the files want him, with all that was his besides, or came by hand; others as they were. */
function wrongLists({
  story,
  list,
  due,
}: Pick<World, 'story' | 'list'> & { due: Map<string, List> }) {
  return [...due].flatMap(([userId, before]) => {
    const wanted = story.wanted(userId, before) ?? before;
    if (sameList(wanted, list(userId))) return [];
    return `${userId} has ${shown(list(userId))} where ${shown(wanted)} is due`;
  });
}

/** Until every job that was begun has ended, and every request has come through. */
export async function quiet(ms: number): Promise<void> {
  await delay(ms);
}
