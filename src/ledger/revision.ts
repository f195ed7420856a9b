/** The files of a folder at a git revision, without a checkout. What is not a regular file is listed, and refused when read. */
import { byCodeUnit } from '../model/assignment.ts';
import { MusterError } from '../model/error.ts';
import type { FileSource } from '../model/source.ts';
import { problem } from './codes.ts';
import type { Git } from './git.ts';
import type { Objects } from './objects.ts';

interface Entry {
  readonly mode: string;
  readonly oid: string;
}

/** `treeish` a commit or tree; `folder` '/'-separated, empty for its root. */
export interface RevisionPlace {
  readonly treeish: string;
  readonly folder: string;
}

const REGULAR = /^100/;
// As in a folder on disk.
const SKIPPED = /(?:^|\/)(?:\.git|node_modules|\.muster)(?:\/|$)/;

export function revision(git: Git, objects: Objects, place: RevisionPlace): FileSource {
  let listed: ReadonlyMap<string, Entry> = new Map();
  let listing: Promise<ReadonlyMap<string, Entry>> | undefined;
  const entries = async () => {
    listing ??= listEntries(git, place);
    listed = await listing;
    return listed;
  };
  return {
    async list() {
      return [...(await entries()).keys()].sort(byCodeUnit);
    },
    async read(path) {
      const entry = (await entries()).get(path);
      if (entry !== undefined && !REGULAR.test(entry.mode)) throw notAFile(path, entry.mode);
      const object = entry && (await objects.read(entry.oid));
      if (object) return object.bytes;
      throw new MusterError('file-unreadable', `The file ${path} cannot be read.`, {
        hint: `See that it is in the revision ${short(place.treeish)} and that this clone has its content.`,
      });
    },
    oid: (path) => listed.get(path)?.oid,
  };
}

async function listEntries(git: Git, place: RevisionPlace): Promise<ReadonlyMap<string, Entry>> {
  const output = await lsTree(git, place);
  const entries = new Map<string, Entry>();
  for (const line of output.toString().split('\0')) {
    const [about = '', path] = splitOnce(line, '\t');
    const [mode = '', , oid = ''] = about.split(' ');
    if (path !== undefined && !SKIPPED.test(path)) entries.set(path, { mode, oid });
  }
  return entries;
}

async function lsTree(git: Git, { treeish, folder }: RevisionPlace): Promise<Buffer> {
  // A revision is never an option: no name of a commit begins with a dash.
  if (treeish.startsWith('-')) throw missing(treeish);
  try {
    return await git.run(['ls-tree', '-r', '-z', `${treeish}:${folder}`]);
  } catch (error) {
    const there = await git.run(['cat-file', '-e', `${treeish}^{tree}`]).catch(() => null);
    if (there === null) throw missing(treeish, error);
    throw new MusterError(
      'folder-unreadable',
      `The folder ${folder} is not in the revision ${short(treeish)}.`,
      { hint: 'If it was moved, say where it was under `formerly` in muster.yaml.', cause: error },
    );
  }
}

function missing(treeish: string, cause?: unknown) {
  return problem('commit-missing', `The revision ${short(treeish)} is not in this clone.`, {
    cause,
  });
}

function notAFile(path: string, mode: string): MusterError {
  const what = mode === '120000' ? 'a symbolic link' : 'a submodule';
  return new MusterError('file-link', `The file ${path} is ${what}.`, {
    hint: 'Put a regular file in its place: links are not followed.',
  });
}

function short(treeish: string): string {
  return treeish.slice(0, 12);
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
