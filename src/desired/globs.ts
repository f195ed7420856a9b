/** Which org reads which roster files. A glob that matches nothing is an error: a typo must not empty an org. */
import picomatch from 'picomatch';
import type { Org } from '../model/config.ts';
import type { Finding } from '../model/finding.ts';
import { finding } from './codes.ts';
import { listed } from './suggest.ts';

export const CONFIG_FILE = 'muster.yaml';

export interface Served {
  /** The orgs that read each file, in the order of the files. */
  readonly byFile: ReadonlyMap<string, readonly Org[]>;
  readonly findings: readonly Finding[];
}

/** `explicit` has the orgs whose globs stand in muster.yaml; of the defaults it is enough that one matches. */
export function serve(
  paths: readonly string[],
  orgs: readonly Org[],
  explicit: ReadonlySet<string>,
): Served {
  const files = paths.filter((path) => /\.ya?ml$/.test(path) && path !== CONFIG_FILE);
  const byFile = new Map<string, Org[]>(files.map((file) => [file, []]));
  const findings: Finding[] = [];
  for (const org of orgs) {
    const matches = org.rosters.map((glob) => matching(files, glob));
    for (const file of new Set(matches.flat())) byFile.get(file)?.push(org);
    const empty = org.rosters.filter((_glob, index) => matches[index]?.length === 0);
    const tolerable = !explicit.has(org.name) && empty.length < org.rosters.length;
    if (empty.length > 0 && !tolerable) findings.push(noMatch(org, empty));
  }
  for (const [file, readers] of byFile) {
    if (readers.length > 0) continue;
    byFile.delete(file);
    if (file.startsWith('rosters/')) findings.push(unread(file));
  }
  return { byFile, findings };
}

function matching(files: readonly string[], glob: string): readonly string[] {
  const matches = picomatch(glob.replace(/^\.\//, ''), { nonegate: true });
  return files.filter((file) => matches(file));
}

/** Linked folders that may hold rosters of these orgs: a team behind one would be missing without a word. */
export function unfollowed(linked: readonly string[], orgs: readonly Org[]): readonly Finding[] {
  const bases = orgs.flatMap((org) => org.rosters.map((glob) => picomatch.scan(glob).base));
  const hides = linked.filter((link) => bases.some((base) => meet(base, link)));
  return hides.map((link) =>
    finding('roster-link', `${link} is a symbolic link to a folder, and links are not followed.`, {
      hint: 'Put the folder itself in its place, or let `rosters` in muster.yaml name only others.',
    }),
  );
}

/** Whether one of two folders is the other, or holds it; the empty one is the root. */
function meet(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short === '' || long === short || long.startsWith(`${short}/`);
}

function noMatch(org: Org, globs: readonly string[]): Finding {
  return finding('glob-no-match', `No file of \`${org.name}\` matches ${listed(globs)}.`, {
    place: org.place,
    hint: 'Write a roster there, or correct `rosters` in muster.yaml.',
  });
}

function unread(file: string): Finding {
  return finding('roster-unread', `No org reads ${file}.`, {
    severity: 'warning',
    place: { file, line: 1, col: 1 },
    hint: 'Move it to the folder of an org, or name it in `rosters` in muster.yaml.',
  });
}
