/**
 * What git knows of an org: the commit the files are on, the ledger, and what the files said at its points. Outside git
 * there is none of it, and that is told apart from not being able to look.
 */

import { resolve as resolvePath } from 'node:path';
import type { Loaded } from '../desired/load.ts';
import { stateAt } from '../desired/state.ts';
import { sameUser } from '../diff/same.ts';
import { openRepository, type Repository } from '../ledger/repository.ts';
import { effective, emptyLedger, type Identity } from '../ledger/steps.ts';
import { type GitStore, gitStore } from '../ledger/store.ts';
import type { BaseState, Bases } from '../model/base.ts';
import type { Org } from '../model/config.ts';
import type { Day } from '../model/day.ts';
import type { DesiredState } from '../model/desired.ts';
import { MusterError } from '../model/error.ts';
import type { KnownIds, Ledger, LedgerEntry } from '../model/ledger.ts';
import { type Point, pointKey } from '../model/point.ts';
import type { FileSource } from '../model/source.ts';
import type { GlobalFlags } from './flags.ts';
import type { Io } from './io.ts';
import { whoAndWhere } from './who.ts';

/** The repository and the ledger in it. */
export interface Book {
  readonly repository: Repository;
  readonly store: GitStore;
  readonly identity: Identity;
  /** The commit that is checked out. */
  readonly head: string;
  /** The newest entry; null when there is none yet. */
  readonly entry: LedgerEntry | null;
  readonly ids: KnownIds;
  /** The ledger of another org in the same repository; null when there is none. */
  other(org: string): Promise<Ledger | null>;
  close(): Promise<void>;
}

/** The ledger's book of an org; undefined outside git, and before the first commit. */
export async function openBook(io: Io, flags: GlobalFlags, org: Org): Promise<Book | undefined> {
  const dir = resolvePath(io.cwd, flags.dir ?? '.');
  const repository = await openRepository({ dir, env: io.env });
  if ('none' in repository) return undefined;
  const head = await repository.head();
  if (head === null) {
    await repository.close();
    return undefined;
  }
  const { branch } = org.ledger;
  const remote = await remoteOf(org, repository);
  const keeping = { repository, remote, now: () => io.clock.now(), by: whoAndWhere(io.env) };
  const store = gitStore({
    ...keeping,
    org: org.name,
    ...(org.formerly.org === undefined ? {} : { formerly: org.formerly.org }),
    ...(branch === undefined ? {} : { branch }),
  });
  const entry = await store.read();
  const identity: Identity = {
    org: org.name,
    orgId: org.orgId ?? null,
    platform: org.platform,
    folder: repository.folder,
  };
  if (entry !== null) checkIdentity(entry.ledger, identity, org);
  const ids = await store.people();
  return {
    ...{ repository, store, identity, head, entry, ids },
    other: async (name) => (await gitStore({ ...keeping, org: name }).read())?.ledger ?? null,
    close: () => repository.close(),
  };
}

async function remoteOf({ ledger }: Org, repository: Repository): Promise<string | null> {
  if (ledger.remote !== undefined) return ledger.remote;
  return (await repository.remotes()).includes('origin') ? 'origin' : null;
}

function checkIdentity(ledger: Ledger, now: Identity, org: Org): void {
  const tenants = ledger.orgId !== null && now.orgId !== null && ledger.orgId !== now.orgId;
  if (tenants || ledger.platform !== now.platform) {
    throw new MusterError(
      'ledger-other-tenant',
      `The ledger of ${org.name} is of another tenant or platform than muster.yaml names.`,
      {
        hint: 'Correct orgId and platform in muster.yaml, or give the new tenant an org name of its own.',
        place: org.place,
      },
    );
  }
  if (ledger.folder === now.folder || ledger.folder === org.formerly.folder) return;
  throw new MusterError(
    'ledger-other-folder',
    `The ledger of ${org.name} was written from the folder "${ledger.folder || '.'}" of this repository, and this is "${now.folder || '.'}".`,
    {
      hint: `If the folder was moved, say \`formerly: { folder: ${ledger.folder || '.'} }\` of the org; if these are two orgs, give each a name of its own.`,
      place: org.place,
    },
  );
}

/** The ledger as it is to be gone by: whatever a run under way may have written is in doubt. */
export function ledgerOf({ entry, identity }: Book): Ledger {
  return entry === null ? emptyLedger(identity) : effective(entry);
}

export interface Reading {
  readonly io: Io;
  readonly org: Org;
  readonly loaded: Loaded;
  readonly today: Day;
}

/** What the files said at every point of the ledger; undefined when there is no ledger. */
export async function readBases(
  book: Book,
  reading: Reading,
  base?: string,
): Promise<Bases | undefined> {
  const { entry, head, repository } = book;
  const recorded = ledgerOf(book);
  const ledger =
    base === undefined
      ? recorded
      : { ...recorded, applied: { commit: base, day: reading.today }, open: {} };
  if (entry === null && base === undefined) return undefined;
  const states = new Map<string, BaseState>();
  const doubts: string[] = [];
  for (const point of pointsIn(ledger, entry)) {
    const found = await readPoint(point, { book, reading }).catch((error) => gone(error, book));
    if (found.state === undefined) doubts.push(found.why);
    else states.set(pointKey(point), found.state);
  }
  if (ledger.applied !== null) {
    const { commit } = ledger.applied;
    const ancestry = await repository.ancestry(commit, head);
    if (ancestry === 'unknown' && (await repository.isShallow())) throw tooShallow(commit);
    if (ancestry === 'not-ancestor') {
      doubts.push(
        `The commit last applied, ${commit.slice(0, 12)}, is not among the ancestors of the commit at hand.`,
      );
    }
  }
  // Compared with another base than the ledger's, a plan is for looking at: apply refuses it.
  return { commit: base ?? entry?.commit ?? '', ledger, states, doubts };
}

/** Of a clone that has all there is no more can be fetched: what is not in it must not stop everybody for ever. */
async function gone(error: unknown, { repository }: Book) {
  const missing = error instanceof MusterError && error.code === 'commit-missing';
  if (!missing || (await repository.isShallow())) throw error;
  return { state: undefined, why: error.message } as const;
}

function tooShallow(commit: string): MusterError {
  return new MusterError(
    'commit-missing',
    `This clone is too shallow to look at ${commit.slice(0, 12)}, the commit last applied.`,
    { hint: 'Fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` in CI.' },
  );
}

function pointsIn({ applied, open }: Ledger, entry: LedgerEntry | null): Iterable<Point> {
  const points = new Map<string, Point>();
  const enter = (point: Point | null | undefined) => {
    if (point) points.set(pointKey(point), point);
  };
  enter(applied);
  if (entry?.ledger.run) enter(entry.record?.point);
  for (const { base, written, rolledBack } of Object.values(open)) {
    enter(base);
    for (const point of written) enter(point);
    enter(rolledBack?.at);
  }
  return points.values();
}

async function readPoint(
  point: Point,
  { book, reading }: { readonly book: Book; readonly reading: Reading },
) {
  const { repository, entry, identity } = book;
  const { org, loaded, today } = reading;
  const orgs = new Set([org.name, entry?.ledger.org ?? org.name, org.formerly.org ?? org.name]);
  const moment = { point, orgs: [...orgs], today, reuse: loaded };
  if (point.tree !== undefined) return stateAt(repository.filesAt(point.tree, ''), moment);
  const folders = new Set([
    entry?.ledger.folder ?? identity.folder,
    identity.folder,
    org.formerly.folder ?? identity.folder,
  ]);
  return stateAt(await firstWithConfig(repository, point.commit, folders), moment);
}

/** Of the folders the files may have been in, the first that has a muster.yaml. */
async function firstWithConfig(
  repository: Repository,
  commit: string,
  folders: Iterable<string>,
): Promise<FileSource> {
  const sources: FileSource[] = [];
  for (const folder of folders) sources.push(await committedFiles(repository, commit, folder));
  for (const source of sources) if ((await source.list()).includes('muster.yaml')) return source;
  return sources[0] as FileSource;
}

/** The files of a folder at a commit: none where the commit is here and does not have the folder. */
async function committedFiles(
  repository: Repository,
  commit: string,
  folder: string,
): Promise<FileSource> {
  const isThere = (await repository.treeOf(commit, folder)) !== undefined;
  if (isThere || !(await repository.has(commit))) return repository.filesAt(commit, folder);
  return { list: async () => [], read: async (path) => Promise.reject(new Error(path)) };
}

export interface AtHead {
  /** The files at hand as a point: the commit, and a tree of them where they differ from it. */
  readonly point: Point;
  /** Keys of the people of whom the files say something else than the commit. */
  readonly uncommitted: ReadonlySet<string>;
}

/** Compares the files at hand with the commit they are on, person by person. */
export async function compareWithHead(
  book: Book,
  reading: Reading,
  desired: DesiredState,
): Promise<AtHead> {
  const { repository, head, identity } = book;
  const committed: Point = { commit: head, day: reading.today };
  const { org, loaded } = reading;
  const today = desired.day;
  const moment = { point: committed, orgs: [org.name], today, reuse: loaded };
  const files = await committedFiles(repository, head, identity.folder);
  const users = (await stateAt(files, moment)).state?.onDay.users;
  const keys = new Set([...desired.users.keys(), ...(users?.keys() ?? [])]);
  const uncommitted = new Set(
    [...keys].filter((key) => !sameUser(users?.get(key), desired.users.get(key))),
  );
  if (uncommitted.size === 0) return { point: { commit: head, day: desired.day }, uncommitted };
  const tree = await repository.snapshot(bytesOf(loaded));
  return { point: { commit: head, day: desired.day, tree }, uncommitted };
}

function bytesOf({ texts }: Loaded): Map<string, Uint8Array> {
  return new Map([...texts].map(([path, text]) => [path, new TextEncoder().encode(text)]));
}
