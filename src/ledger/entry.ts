/**
 * An entry of the chain as a commit. Its tree: ledger.json; run.json, and run/ when it is large; people.json; and under
 * files/ every tree of files that the ledger still speaks of, so that git keeps and sends them.
 */
import type { KnownIds, LedgerEntry, LedgerStep } from '../model/ledger.ts';
import { problem } from './codes.ts';
import type { Git } from './git.ts';
import { readLedger, readPeople, treesOf, writeLedger, writePeople } from './ledger-file.ts';
import type { Objects } from './objects.ts';
import { readRecord, writeRecord } from './record-file.ts';
import { writeBlob } from './snapshot.ts';
import {
  FILE,
  FOLDER,
  needed,
  readTree,
  type Tree,
  type TreeEntry,
  treeOf,
  writeEntries,
} from './tree.ts';

/** Throws `ledger-invalid`, `ledger-version`, `ledger-incomplete`. */
export async function readEntry(objects: Objects, commit: string): Promise<LedgerEntry> {
  const tree = await treeOf(objects, commit);
  const bytes = await contentOf(objects, tree.get('ledger.json'));
  if (bytes === null) throw notOurs(commit);
  const ledger = readLedger(bytes);
  const run = await contentOf(objects, tree.get('run.json'));
  const record = run && readRecord([run, ...(await shardsOf(objects, tree.get('run')))]);
  return { commit, ledger, record };
}

export async function readPeopleAt(objects: Objects, commit: string): Promise<KnownIds> {
  const tree = await treeOf(objects, commit);
  const bytes = await contentOf(objects, tree.get('people.json'));
  return bytes === null ? new Map() : readPeople(bytes);
}

async function contentOf(objects: Objects, entry: TreeEntry | undefined): Promise<Buffer | null> {
  if (entry === undefined) return null;
  const { type, bytes } = await needed(objects, entry.id);
  return type === 'blob' ? bytes : null;
}

async function shardsOf(objects: Objects, entry: TreeEntry | undefined): Promise<Buffer[]> {
  if (entry === undefined) return [];
  const tree = await readTree(objects, entry.id);
  const shards: Buffer[] = [];
  for (let number = 1; number <= tree.size; number++) {
    const bytes = await contentOf(objects, tree.get(`${number}.json`));
    if (bytes === null) throw problem('ledger-invalid', `run/${number}.json is not in the ledger.`);
    shards.push(bytes);
  }
  return shards;
}

function notOurs(commit: string) {
  return problem(
    'ledger-invalid',
    `The ref of the ledger leads to ${commit.slice(0, 12)}, a commit that muster did not make.`,
  );
}

/** The id of a tree that holds the step. `before` is the tree of the entry it comes after. */
export async function writeStep(git: Git, step: LedgerStep, before: Tree | null): Promise<string> {
  const tree = new Map<string, TreeEntry>();
  const put = async (name: string, content: string) => {
    tree.set(name, { mode: FILE, id: await writeBlob(git, content) });
  };
  await put('ledger.json', writeLedger(step.ledger));
  const people = before?.get('people.json');
  if (step.people) await put('people.json', writePeople(step.people));
  else if (people) tree.set('people.json', people);
  for (const [name, entry] of await recordEntries(git, step)) tree.set(name, entry);
  const trees = treesOf(step.ledger, step.record);
  if (trees.size > 0) {
    const files = new Map([...trees].map((id) => [id, { mode: FOLDER, id }] as const));
    tree.set('files', { mode: FOLDER, id: await writeEntries(git, files) });
  }
  return writeEntries(git, tree);
}

async function recordEntries(git: Git, { record }: LedgerStep): Promise<Tree> {
  const tree = new Map<string, TreeEntry>();
  const more = new Map<string, TreeEntry>();
  for (const content of record ? writeRecord(record) : []) {
    const entry = { mode: FILE, id: await writeBlob(git, content) };
    if (tree.size === 0) tree.set('run.json', entry);
    else more.set(`${more.size + 1}.json`, entry);
  }
  if (more.size > 0) tree.set('run', { mode: FOLDER, id: await writeEntries(git, more) });
  return tree;
}
