/** Which file a new entry goes to: one a team, in the folder the org's globs name. */
import { createHash } from 'node:crypto';
import picomatch from 'picomatch';
import { serve } from '../desired/globs.ts';
import type { Config, Org } from '../model/config.ts';

export interface Places {
  /** The file for people of a team; of none, the one for everybody else. */
  team(team: string | undefined): string;
  /** The files for pins and for profiles that several teams share. */
  readonly skills: string;
  readonly profiles: string;
}

/** Undefined where no glob of the org names a file that it alone reads. */
export function placesOf(org: Org, readBy: ReadBy): Places | undefined {
  for (const glob of org.rosters) {
    const { base, isGlob } = picomatch.scan(glob);
    const ending = glob.endsWith('.yml') ? '.yml' : '.yaml';
    const at = (name: string) => (isGlob ? [base, name + ending].filter(Boolean).join('/') : base);
    const people = at('people');
    if (!readBy(people)) continue;
    const place = (name: string) => (readBy(at(name)) ? at(name) : people);
    return {
      team: (team) => (team === undefined ? people : place(fileName(team))),
      skills: place('skills'),
      profiles: place('profiles'),
    };
  }
  return undefined;
}

/** Whether the org, and no other, reads the file at a path. */
export type ReadBy = (path: string) => boolean;

export function readByAlone(org: Org, config: Config): ReadBy {
  const orgs = Object.values(config.orgs);
  const known = new Map<string, boolean>();
  return (path) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const readers = serve([path], orgs, new Set()).byFile.get(path) ?? [];
    const alone = readers.length === 1 && readers[0]?.name === org.name;
    known.set(path, alone);
    return alone;
  };
}

const LONGEST = 60;
/** Names that Windows keeps for itself. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** Letters a to z, digits and dashes: a name that every file system keeps as it is. */
function fileName(team: string): string {
  const words = slug(team);
  if (words !== '' && !RESERVED.test(words)) return words;
  return `team-${createHash('sha256').update(team).digest('hex').slice(0, 8)}`;
}

function slug(text: string): string {
  const letters = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return letters
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');
}
