/**
 * One file as it was read. A roster's reading is a function of its path, its bytes, and of what it says of itself in
 * `given`: where those are the same, the reading of another revision is taken over as it is.
 */
import { createHash } from 'node:crypto';
import type { Finding } from '../model/finding.ts';
import type { FileSource } from '../model/source.ts';
import { type Parsed, parse } from './parse.ts';
import { locator, type Problem, toFinding } from './problem.ts';
import { readRoster } from './read-roster.ts';
import type { Roster } from './roster.ts';
import { checkSchema } from './schema.ts';
import type { Reader, Sheet } from './sheet.ts';
import { valuesHint } from './values.ts';

/** What a file came to; no parse tree is kept. */
interface FileRead<T> {
  readonly result: T;
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** `result` is left undefined when the file cannot be made sense of. */
export interface Reading extends FileRead<Roster | undefined> {
  /** The git object id of its bytes. */
  readonly oid: string;
  /** Who reads the file, and every org there is. */
  readonly given: string;
}

interface Circumstances {
  /** The orgs that read the file. */
  readonly readers: readonly Reader[];
  readonly orgNames: readonly string[];
}

interface Opened {
  readonly sheet: Sheet;
  readonly parsed: Parsed;
}

/** The roster at `path`; `before` itself where nothing differs. */
export async function readingOf(
  files: FileSource,
  path: string,
  { readers, orgNames, before }: Circumstances & { readonly before: Reading | undefined },
): Promise<Reading> {
  const given = JSON.stringify([readers.map(asGiven), orgNames]);
  const same = (oid: string) => before?.oid === oid && before.given === given;
  const known = files.oid?.(path);
  if (before && known !== undefined && same(known)) return before;
  const bytes = await files.read(path);
  const oid = known ?? blobId(bytes);
  if (before && same(oid)) return before;
  const read = readFile(path, bytes, ({ sheet, parsed }) => {
    if (!parsed.root) return undefined;
    const served = { ...sheet, served: readers, orgNames };
    served.problems.push(...checkSchema(parsed.root, 'roster', valuesHint(readers)));
    return readRoster(served, parsed.root);
  });
  return { oid, given, ...read };
}

export function readFile<T>(
  path: string,
  bytes: Uint8Array,
  read: (opened: Opened) => T,
): FileRead<T> {
  const parsed = parse(bytes);
  const place = locator(path, parsed.text);
  const problems: Problem[] = [...parsed.problems];
  const result = read({ sheet: { served: [], orgNames: [], place, problems }, parsed });
  const findings = problems.map((problem) => toFinding(problem, place));
  return { result, text: parsed.text, findings };
}

/** The order of levels counts too: hints list them. */
function asGiven({ name, platform, levels }: Reader) {
  return [name, platform, Object.entries(levels)];
}

/** What git calls a file of these bytes. */
function blobId(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
