/** Files -> config and rosters, with everything that is wrong with them. A user's mistake is a finding, never a throw. */
import { byCodeUnit } from '../model/assignment.ts';
import type { Config, Org } from '../model/config.ts';
import type { Finding, Place } from '../model/finding.ts';
import type { FileSource } from '../model/source.ts';
import { checkById } from './by-id.ts';
import { finding } from './codes.ts';
import { CONFIG_FILE, serve, unfollowed } from './globs.ts';
import { checkOrg } from './org-rules.ts';
import { type ReadConfig, readConfig } from './read-config.ts';
import { type Reading, readFile, readingOf } from './reading.ts';
import type { Roster } from './roster.ts';
import { checkSchema } from './schema.ts';
import { didYouMean, listed } from './suggest.ts';

export interface Loaded {
  /** Left undefined when muster.yaml is missing or cannot be made sense of. */
  readonly config: Config | undefined;
  /** By org, in the order of files. Complete only if no finding is an error. */
  readonly rosters: ReadonlyMap<string, readonly Roster[]>;
  /** In the order of file, line and column. */
  readonly findings: readonly Finding[];
  /** The text of every file read, for code frames. */
  readonly texts: ReadonlyMap<string, string>;
  /** Every roster file as it was read, for the next load to take over what has not changed. */
  readonly readings: ReadonlyMap<string, Reading>;
}

export interface LoadOptions {
  /** Reads the rosters of this org alone. */
  readonly org?: string;
  /** Another revision: what its rosters came to is taken over where bytes, readers and orgs are the same. */
  readonly reuse?: Loaded;
}

/** Throws MusterError when `files` cannot be read. */
export async function load(files: FileSource, options: LoadOptions = {}): Promise<Loaded> {
  const { org: only, reuse } = options;
  const loading: Loading = { files, texts: new Map(), findings: [], readings: new Map(), reuse };
  const paths = await files.list();
  const read = await loadConfig(loading, paths);
  const rosters = read ? await loadRosters(loading, paths, { ...read, only }) : NONE;
  const { texts, findings, readings } = loading;
  return { config: read?.config, rosters, texts, findings: inOrder(findings), readings };
}

/** muster.yaml alone; undefined when it is missing or cannot be made sense of. */
export async function configOf(files: FileSource): Promise<Config | undefined> {
  const bytes = await files.read(CONFIG_FILE);
  const { result } = readFile(CONFIG_FILE, bytes, ({ sheet, parsed }) =>
    parsed.root ? readConfig(sheet, parsed.root) : undefined,
  );
  return result?.config;
}

const NONE: ReadonlyMap<string, readonly Roster[]> = new Map();

interface Loading {
  readonly files: FileSource;
  readonly texts: Map<string, string>;
  readonly findings: Finding[];
  readonly readings: Map<string, Reading>;
  readonly reuse: Loaded | undefined;
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
  const bytes = await loading.files.read(CONFIG_FILE);
  const { result, text, findings } = readFile(CONFIG_FILE, bytes, ({ sheet, parsed }) => {
    if (!parsed.root) return undefined;
    sheet.problems.push(...checkSchema(parsed.root, 'config'));
    return readConfig(sheet, parsed.root);
  });
  loading.texts.set(CONFIG_FILE, text);
  loading.findings.push(...findings);
  return result;
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
  loading.findings.push(...unfollowed(loading.files.linkedFolders?.() ?? [], wanted));
  for (const [file, readers] of served.byFile) {
    if (!readers.some((org) => names.has(org.name))) continue;
    const before = loading.reuse?.readings.get(file);
    const reading = await readingOf(loading.files, file, { readers, orgNames, before });
    const roster = note(loading, file, reading);
    if (roster) for (const org of readers) rosters.get(org.name)?.push(roster);
  }
  for (const org of wanted) {
    const list = rosters.get(org.name) as readonly Roster[];
    loading.findings.push(...checkOrg(org.name, list), ...checkById(org, list));
  }
  return rosters;
}

function note(loading: Loading, file: string, reading: Reading): Roster | undefined {
  loading.texts.set(file, reading.text);
  for (const found of reading.findings) loading.findings.push(found);
  loading.readings.set(file, reading);
  return reading.result;
}

/** Files nobody reads are told of when every org is there to read them; empty globs, to whom they concern. */
function concerns(found: Finding, wanted: readonly Org[], whole: boolean): boolean {
  if (found.code === 'roster-unread') return whole;
  return wanted.some((org) => org.place === found.place);
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
