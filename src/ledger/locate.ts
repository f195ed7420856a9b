/** Where the chain ends: on the remote, where there is one, and here; brought together, or refused. */
import type { LedgerEntry } from '../model/ledger.ts';
import { problem } from './codes.ts';
import { readEntry } from './entry.ts';
import { brokenRefHint, localRef, moveRef } from './refs.ts';
import type { Remote } from './remote.ts';
import type { GitStoreOptions, Place } from './settings.ts';

export interface Located {
  /** The newest entry's commit; null when it is certain that there is none. */
  readonly tip: string | null;
  /** Where the ledger's own ref stands here and on the remote: what a step must find there still. */
  readonly local: string | null;
  readonly remote: string | null;
}

export interface Locator {
  /** Looks here and on the remote. */
  look(): Promise<Located & { readonly entry: LedgerEntry | null }>;
  /** As last looked at. */
  last(): Promise<Located>;
  forget(): void;
  remember(commit: string): void;
}

export function locator(options: GitStoreOptions, place: () => Promise<Place>): Locator {
  let known: Located | undefined;
  const look = async () => {
    const found = await find(options, await place());
    known = found;
    return found;
  };
  return {
    look,
    last: async () => known ?? look(),
    forget: () => {
      known = undefined;
    },
    remember: (commit) => {
      known = { tip: commit, local: commit, remote: commit };
    },
  };
}

async function find(options: GitStoreOptions, place: Place) {
  const refs = place.formerRef === null ? [place.ref] : [place.ref, place.formerRef];
  const theirs = await place.remote?.tips(...refs);
  for (const ref of refs) {
    const remote = theirs?.get(ref) ?? null;
    const local = await localRef(options.repository.git, ref);
    const tip = remote ?? local;
    if (tip === null) continue;
    const both = { ref, local, remote };
    if (place.remote !== null && remote !== null) await fetchNew(options, place.remote, both);
    const entry = await checkedEntry(options, tip);
    const at = remote === null ? local : await follow(options, both);
    const own = ref === place.ref;
    return { tip, local: own ? at : null, remote: own ? remote : null, entry };
  }
  return { tip: null, local: null, remote: null, entry: null };
}

interface Both {
  readonly ref: string;
  readonly local: string | null;
  readonly remote: string | null;
}

/** Fetches what the remote is ahead, and refuses when this clone has something the remote has not. */
async function fetchNew({ repository }: GitStoreOptions, from: Remote, both: Both): Promise<void> {
  const { ref, local, remote } = both;
  if (remote === null || local === remote) return;
  // Git fetches nothing into a clone whose refs lead nowhere, and does not say why.
  if (local !== null && !(await repository.has(local))) throw broken(ref, local);
  await from.fetch(ref);
  if (local === null || (await repository.ancestry(local, remote)) === 'ancestor') return;
  const ahead = (await repository.ancestry(remote, local)) === 'ancestor';
  throw problem(
    'ledger-diverged',
    ahead
      ? `The ledger of this clone is ahead of the one on ${from.name}: somebody moved one of them by hand.`
      : `The ledgers of this clone and of ${from.name} have gone different ways: somebody moved one of them by hand.`,
    {
      hint: `Look at both with "git log ${ref}" and "git log ${remote}"; to take the one of ${from.name}: git update-ref -d ${ref}`,
    },
  );
}

function broken(ref: string, commit: string) {
  return problem(
    'ledger-incomplete',
    `The commit ${commit.slice(0, 12)} of the ledger is not in this clone.`,
    { hint: brokenRefHint(ref) },
  );
}

/** The local ref as it stands afterwards. The remote is what counts: a clone that cannot be written to can still be read. */
async function follow({ repository }: GitStoreOptions, { ref, local, remote }: Both) {
  if (remote === null || local === remote) return local;
  try {
    await moveRef(repository.git, { ref, from: local, to: remote });
    return remote;
  } catch {
    return localRef(repository.git, ref);
  }
}

async function checkedEntry(options: GitStoreOptions, tip: string): Promise<LedgerEntry> {
  const entry = await readEntry(options.repository.objects, tip);
  const { org } = entry.ledger;
  if (org === options.org || org === options.formerly) return entry;
  throw problem('ledger-other-org', `The ledger is that of the org ${org}, not ${options.org}.`);
}
