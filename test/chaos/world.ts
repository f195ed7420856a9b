/** A world to do violence to: an org on a sandbox behind a tap, and the files that were applied to it once, in git. */
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { muster } from '../support/shell.ts';
import { type Books, GIT_ENV, ORG, openBooks } from './books.ts';
import { type Dice, diceOf } from './dice.ts';
import { lawOfWrites } from './laws.ts';
import { type List, sameList, shown } from './list.ts';
import { type Story, storyOf } from './people.ts';
import { type Call, openTap, type Tap } from './tap.ts';
import type { Wire } from './wire.ts';
import { adminWire } from './wire-admin.ts';
import { cxoneWire } from './wire-cxone.ts';
import { genesysWire } from './wire-genesys.ts';

export const WIRES = { admin: adminWire, genesys: genesysWire, cxone: cxoneWire };

const ALLOWED = ['users', 'removals', 'skill', 'leavers'].flatMap((guard) => ['--allow', guard]);
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
  /** What the list would be now if nobody had written but people, by hand. */
  untouched(userId: string): List;
  /** What went over the wire since the files that are now were committed. */
  calls(): readonly Call[];
  /** Whoever is not as the files want him, with all that was his besides or came by hand. */
  wrongLists(): ReadonlyMap<string, string>;
  /** What breaks the laws at the end: lists that are not as they must be, writes that should not have been. */
  wrongs(): string[];
  close(): Promise<void>;
}

export interface WorldWords {
  readonly seed: number;
  /** Default: the Admin API. */
  readonly wire?: Wire;
  readonly size?: readonly [number, number];
  /** Lines of the org's settings in muster.yaml. */
  readonly settings: readonly string[];
  readonly platform?: SandboxOptions;
}

export async function openWorld(words: WorldWords): Promise<World> {
  const { seed, size, settings, platform, wire = WIRES.admin } = words;
  const story = storyOf({ seed, wire, ...(size && { size }) });
  const dice = diceOf(seed + 1_000_003);
  const sandbox = await startSandbox({ seed, org: story.org, ...wire.sandbox, ...platform });
  const tap = await openTap(sandbox.url, wire);
  const books = await openBooks();
  const env = { ...GIT_ENV, MUSTER_TOKEN: sandbox.token, USER: 'ana' };
  const config = ['version: 1', 'orgs:', `  ${ORG}:`, `    platform: ${wire.platform}`];
  const pace = 'pace: { reads: 1000000, writes: 1000000 }';
  const lines = [`baseUrl: ${tap.url}`, pace, ...settings].map((line) => `    ${line}`);
  const yaml = `${[...config, ...lines].join('\n')}\n`;
  const clone = await books.clone();
  await books.commit(clone, { 'muster.yaml': yaml, 'rosters/all.yaml': story.first });
  await applyFirst(clone, env);
  await books.commit(clone, { 'rosters/all.yaml': story.next });
  tap.note({ type: 'process' });
  const began = tap.calls.length;

  const list = (userId: string) => wire.truth(sandbox, userId);
  const due = new Map(story.org.users.map(({ id }) => [id, list(id)]));
  const calls = () => tap.calls.slice(began);
  const untouched = (userId: string) => due.get(userId) ?? new Map<string, number>();
  const wrongLists = () => wrong({ story, list, due });
  return {
    ...{ story, dice, sandbox, tap, books, clone, env, list, calls, untouched, wrongLists },
    editByHand(userId, skills = story.foreign) {
      const change = someChange(list(userId), skills, { dice, wire, story });
      wire.edit(sandbox, userId, change(list(userId)));
      due.set(userId, change(untouched(userId)));
      tap.note({ type: 'edit', userId, at: Date.now() });
    },
    wrongs: () => [...wrongLists().values(), ...lawOfWrites(story, calls())],
    async close() {
      await tap.close();
      await sandbox.close();
      await books.remove();
    },
  };
}

interface Chances {
  readonly dice: Dice;
  readonly wire: Wire;
  readonly story: Story;
}

function someChange(list: List, skills: readonly string[], { dice, wire, story }: Chances) {
  const held = skills.filter((id) => list.has(id));
  const id = held.length > 0 && dice.chance(0.5) ? dice.pick(held) : dice.pick(skills);
  const spoken = story.within('languages', new Map([[id, 0]])).size > 0;
  const value = wire.scaled(dice.int(0, 100), spoken ? 'language' : 'skill');
  const drops = list.has(id) && dice.chance(0.6);
  return (before: List): List => {
    const after = new Map(before);
    if (drops) after.delete(id);
    else after.set(id, value);
    return after;
  };
}

/** More than once, where the platform refuses some by chance. */
async function applyFirst(cwd: string, env: World['env']): Promise<void> {
  for (let left = 8; left > 0; left--) {
    const { code, stdout, stderr } = await muster(APPLY, { cwd, env, speed: 20 });
    if (code === 0) return;
    if (code !== 4 || left === 1) throw new Error(`The first apply failed: ${stdout}${stderr}`);
  }
}

interface Lists extends Pick<World, 'story' | 'list'> {
  readonly due: ReadonlyMap<string, List>;
}

function wrong({ story, list, due }: Lists): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [userId, before] of due) {
    const wanted = story.wanted(userId, before) ?? before;
    if (sameList(wanted, list(userId))) continue;
    found.set(userId, `${userId} has ${shown(list(userId))} where ${shown(wanted)} is due`);
  }
  return found;
}
