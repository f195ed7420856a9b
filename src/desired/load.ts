/** Files -> config and rosters, with everything that is wrong with them. A user's mistake is a finding, never a throw. */
import { byCodeUnit } from '../model/assignment.ts';
import type { Config, Org } from '../model/config.ts';
import type { Finding, Place } from '../model/finding.ts';
import { finding } from './codes.ts';
import { CONFIG_FILE, serve } from './globs.ts';
import { checkOrg } from './org-rules.ts';
import { type Parsed, parse } from './parse.ts';
import { locator, type Problem, toFinding } from './problem.ts';
import { type ReadConfig, readConfig } from './read-config.ts';
import { readRoster } from './read-roster.ts';
import type { Roster } from './roster.ts';
import { checkSchema } from './schema.ts';
import type { Sheet } from './sheet.ts';
import type { FileSource } from '../model/source.ts';
import { didYouMean, listed } from './suggest.ts';
import { valuesHint } from './values.ts';

export interface Loaded {
  /** Left undefined when muster.yaml is missing or cannot be made sense of. */
  readonly config: Config | undefined;
  /** By org, in the order of files. Complete only if no finding is an error. */
  readonly rosters: ReadonlyMap<string, readonly Roster[]>;
  /** In the order of file, line and column. */
  readonly findings: readonly Finding[];
  /** The text of every file read, for code frames. */
  readonly texts: ReadonlyMap<string, string>;
}

export interface LoadOptions {
  /** Reads the rosters of this org alone. */
  readonly org?: string;
}

/** Throws MusterError when `files` cannot be read. */
export async function load(files: FileSource, options: LoadOptions = {}): Promise<Loaded> {
  const loading: Loading = { files, texts: new Map(), findings: [] };
  const paths = await files.list();
  const read = await loadConfig(loading, paths);
  const rosters = read ? await loadRosters(loading, paths, { ...read, only: options.org }) : NONE;
  const { texts, findings } = loading;
  return { config: read?.config, rosters, texts, findings: inOrder(findings) };
}

const NONE: ReadonlyMap<string, readonly Roster[]> = new Map();

interface Loading {
  readonly files: FileSource;
  readonly texts: Map<string, string>;
  readonly findings: Finding[];
}

async function loadConfig(
  loading: Loading,
  paths: readonly string[],
): Promise<ReadConfig | undefined> {
  if (!paths.includes(CONFIG_FILE)) {
    loading.findings.push(
      finding('config-missing', `There is no ${CONFIG_FILE} here.`, {
        hint: 'Go to the folder that holds it, or name that folder with --dir.',
      }),
    );
    return undefined;
  }
  return loadFile(loading, CONFIG_FILE, ({ sheet, parsed }) => {
    if (!parsed.root) return undefined;
    sheet.problems.push(...checkSchema(parsed.root, 'config'));
    return readConfig(sheet, parsed.root);
  });
}

interface Selection extends ReadConfig {
  readonly only: string | undefined;
}

async function loadRosters(
  loading: Loading,
  paths: readonly string[],
  { config, names: orgNames, explicit, only }: Selection,
): Promise<ReadonlyMap<string, readonly Roster[]>> {
  const orgs = Object.values(config.orgs);
  const wanted = only === undefined ? orgs : orgs.filter((org) => org.name === only);
  const rosters = new Map<string, Roster[]>(wanted.map((org) => [org.name, []]));
  if (only !== undefined && wanted.length === 0) loading.findings.push(unknownOrg(only, orgNames));
  const served = serve(paths, orgs, explicit);
  const names = new Set(wanted.map((org) => org.name));
  const whole = orgNames.length === orgs.length && only === undefined;
  loading.findings.push(...served.findings.filter((found) => concerns(found, wanted, whole)));
  for (const [file, readers] of served.byFile) {
    if (!readers.some((org) => names.has(org.name))) continue;
    const roster = await loadRoster(loading, file, { readers, orgNames });
    if (roster) for (const org of readers) rosters.get(org.name)?.push(roster);
  }
  for (const [org, list] of rosters) loading.findings.push(...checkOrg(org, list));
  return rosters;
}

/** Files nobody reads are told of when every org is there to read them; empty globs, to whom they concern. */
function concerns(found: Finding, wanted: readonly Org[], whole: boolean): boolean {
  if (found.code === 'roster-unread') return whole;
  return wanted.some((org) => org.place === found.place);
}

interface Readers {
  readonly readers: readonly Org[];
  readonly orgNames: readonly string[];
}

function loadRoster(
  loading: Loading,
  file: string,
  { readers, orgNames }: Readers,
): Promise<Roster | undefined> {
  return loadFile(loading, file, ({ sheet, parsed }) => {
    if (!parsed.root) return undefined;
    const full = { ...sheet, served: readers, orgNames };
    full.problems.push(...checkSchema(parsed.root, 'roster', valuesHint(readers)));
    return readRoster(full, parsed.root);
  });
}

interface Opened {
  readonly sheet: Sheet;
  readonly parsed: Parsed;
}

async function loadFile<T>(
  loading: Loading,
  file: string,
  read: (opened: Opened) => T,
): Promise<T> {
  const parsed = parse(await loading.files.read(file));
  loading.texts.set(file, parsed.text);
  const place = locator(file, parsed.text);
  const problems: Problem[] = [...parsed.problems];
  const result = read({ sheet: { served: [], orgNames: [], place, problems }, parsed });
  for (const problem of problems) loading.findings.push(toFinding(problem, place));
  return result;
}

function unknownOrg(org: string, names: readonly string[]): Finding {
  return finding('org-unknown', `There is no org \`${org}\` in ${CONFIG_FILE}.`, {
    hint: didYouMean(org, names, `There are: ${listed(names)}.`),
  });
}

/** By place, and each once: orgs that share a file would tell the same of it. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const once = new Map(findings.map((found) => [JSON.stringify(found), found]));
  return [...once.values()]
    .map((found) => ({ found, place: found.place ?? NOWHERE }))
    .sort(byPlace)
    .map(({ found }) => found);
}

const NOWHERE: Place = { file: '', line: 0, col: 0 };

interface Placed {
  readonly found: Finding;
  readonly place: Place;
}

function byPlace(a: Placed, b: Placed): number {
  return (
    byCodeUnit(a.place.file, b.place.file) ||
    a.place.line - b.place.line ||
    a.place.col - b.place.col ||
    byCodeUnit(a.found.code, b.found.code)
  );
}
