/** The roster that people go to whom no roster names: the one that is said, the only one, or the first of all. */
import { basename, extname } from 'node:path';
import { folder } from '../desired/folder.ts';
import { serve } from '../desired/globs.ts';
import type { Org } from '../model/config.ts';
import type { TableChange } from '../model/table.ts';
import { UsageError } from './exit.ts';
import type { GlobalFlags } from './flags.ts';
import type { Io } from './io.ts';
import { dirOf } from './running.ts';

interface Rosters {
  readonly org: Org;
  /** Those there are. */
  readonly paths: readonly string[];
  /** The name of the table. */
  readonly table: string;
  /** What was said. */
  readonly into: string | undefined;
}

/** A path that the org reads; undefined where nobody is new. */
export async function placeForNew(
  changes: readonly TableChange[],
  about: Rosters,
  where: { readonly io: Io; readonly flags: GlobalFlags },
): Promise<string | undefined> {
  const { org, paths, table } = about;
  const into = about.into?.replace(/^\.\//, '');
  if (into === undefined) {
    if (!changes.some(({ newUser }) => newUser)) return undefined;
    if (paths.length === 1) return paths[0];
    if (paths.length > 1)
      throw new UsageError(
        'The table has people whom no roster names, and there are several rosters.',
        `Say where they go: --into ${paths[0]}, or a new file beside it.`,
      );
  }
  const wanted = into ?? newRoster(org, table);
  const all = [...(await folder(dirOf(where)).list()), wanted];
  if (serve(all, [org], new Set()).byFile.get(wanted)) return wanted;
  throw new UsageError(
    `The org ${org.name} would not read ${wanted}.`,
    `Say --into with a path that fits ${org.rosters.join(' or ')}.`,
  );
}

/** Named after the table: `Skills Q4.xlsx` becomes `rosters/skills-q4.yaml`. An org that reads one file alone gets that. */
function newRoster({ rosters: [first = ''] }: Org, table: string): string {
  const wild = first.search(/[*?[{]/);
  if (wild === -1) return first;
  const stem = basename(table, extname(table)).normalize('NFD').toLowerCase();
  const plain = stem.replace(/\p{M}/gu, '').replace(/[^a-z0-9]+/g, '-');
  const name = plain.replace(/^-|-$/g, '') || 'people';
  return `${first.slice(0, first.lastIndexOf('/', wild) + 1)}${name}.yaml`;
}
