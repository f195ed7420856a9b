/**
 * The ledger in git: a chain of commits under one ref. With a remote the chain there is the ledger and the local ref
 * follows it: a step is pushed with a lease before anything moves here. Without one the local ref is the lock.
 */
import type { LedgerEntry, LedgerStep, LedgerStore } from '../model/ledger.ts';
import { problem } from './codes.ts';
import { writeCommit } from './commit.ts';
import { readEntry, readPeopleAt, writeStep } from './entry.ts';
import { type Located, type Locator, locator } from './locate.ts';
import { localRefs, moveRef, moveRefAsLock } from './refs.ts';
import type { Repository } from './repository.ts';
import { checkedPlace, type GitStoreOptions, type Place } from './settings.ts';
import { treeOf } from './tree.ts';

export interface GitStore extends LedgerStore {
  /** Other orgs that have a ledger under refs/muster/ here or on the remote, sorted: one may be this one's old name. */
  otherLedgers(): Promise<readonly string[]>;
}

const PREFIX = 'refs/muster/';

/**
 * Every method throws `ledger-remote-unknown`, `ledger-branch-invalid`, `ledger-unreachable`, `ledger-diverged`,
 * `ledger-incomplete`, `ledger-invalid`, `ledger-version` and `ledger-other-org`; `append` besides `ledger-moved` and
 * `ledger-push-refused`. `otherLedgers` leaves out what it cannot look at.
 */
export function gitStore(options: GitStoreOptions): GitStore {
  const { repository } = options;
  const { git, objects } = repository;
  let place: Promise<Place> | undefined;
  const placed = () => {
    place ??= checkedPlace(options);
    return place;
  };
  const where = locator(options, placed);

  return {
    async read() {
      const { entry } = await where.look();
      return entry;
    },
    async people() {
      const { tip } = await where.last();
      return tip === null ? new Map() : readPeopleAt(objects, tip);
    },
    async *history() {
      const { tip } = await where.last();
      if (tip === null) return;
      for (const commit of await chain(repository, tip)) yield await readEntry(objects, commit);
    },
    append: (on, step) => append({ options, place: placed, where }, on, step),
    async otherLedgers() {
      const { remote } = await placed();
      const theirs = await remote?.tips(`${PREFIX}*`).catch(() => undefined);
      const refs = [
        ...(await localRefs(git, PREFIX.slice(0, -1))).keys(),
        ...(theirs?.keys() ?? []),
      ];
      const names = refs
        .filter((ref) => ref.startsWith(PREFIX))
        .map((ref) => ref.slice(PREFIX.length));
      const own = options.branch === undefined ? [options.org] : [];
      const known = new Set([...own, options.formerly]);
      return [...new Set(names)].filter((name) => !known.has(name)).sort();
    },
  };
}

interface Appending {
  readonly options: GitStoreOptions;
  readonly place: () => Promise<Place>;
  readonly where: Locator;
}

async function append(
  { options, place, where }: Appending,
  on: string | null,
  step: LedgerStep,
): Promise<LedgerEntry> {
  const { git, objects } = options.repository;
  let at: Located = await where.last();
  if (at.tip !== on) at = await where.look();
  if (at.tip !== on) {
    throw problem('ledger-moved', 'The ledger has gone on since it was looked at.');
  }
  const tree = await writeStep(git, step, on === null ? null : await treeOf(objects, on));
  const commit = await writeCommit(git, { tree, parent: on, message: step.message }, options);
  const { ref, remote } = await place();
  // Whatever comes of it, where things stand is to be looked at anew.
  where.forget();
  if (remote === null) await moveRefAsLock(git, { ref, from: at.local, to: commit });
  else {
    await remote.push({ ref, from: at.remote, to: commit });
    // The remote has it, so it is done; a local ref that cannot be moved now follows at the next look.
    await moveRef(git, { ref, from: at.local, to: commit }).catch(() => undefined);
  }
  const entry: LedgerEntry = { commit, ledger: step.ledger, record: step.record };
  where.remember(commit);
  return entry;
}

async function chain({ git }: Repository, tip: string): Promise<readonly string[]> {
  try {
    return (await git.text(['rev-list', '--first-parent', tip])).split('\n');
  } catch (cause) {
    throw problem('ledger-incomplete', 'Earlier commits of the ledger are not in this clone.', {
      cause,
    });
  }
}
