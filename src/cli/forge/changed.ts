/** Which orgs two commits differ in: found from git alone, by what their files come to and not by which files they are. */
import { type Loaded, load } from '../../desired/load.ts';
import { resolve } from '../../desired/resolve.ts';
import { sameUser } from '../../diff/same.ts';
import type { Repository } from '../../ledger/repository.ts';
import { canonical } from '../../model/assignment.ts';
import type { Org } from '../../model/config.ts';
import { type Day, dayAt } from '../../model/day.ts';
import type { DesiredState } from '../../model/desired.ts';
import { MusterError } from '../../model/error.ts';
import { type Finding, hasErrors } from '../../model/finding.ts';
import { DEFAULT_REPORT, type ReportSettings } from '../../model/report-settings.ts';

interface ChangedOrg {
  readonly org: Org;
  readonly head: DesiredState;
  readonly base: DesiredState | undefined;
  /** Whether anybody's desired state differs. */
  readonly changes: boolean;
  /** Names of settings that differ. */
  readonly settings: readonly string[];
}

export interface Compared {
  /** By name; none where the head's files have errors. */
  readonly orgs: readonly ChangedOrg[];
  /** Orgs of the base that the head no longer has. */
  readonly gone: readonly string[];
  /** Of the head's files. */
  readonly findings: readonly Finding[];
  /** As the base says; the head has no say in it. */
  readonly report: ReportSettings;
}

export interface Comparing {
  readonly repository: Repository;
  readonly head: string;
  /** The commit the head branched off. */
  readonly base: string;
  /** The newest of the branch it goes to. */
  readonly into: string;
  /** Days by org, where a plan says them. */
  readonly days: ReadonlyMap<string, Day>;
  readonly now: number;
}

export async function compareCommits(comparing: Comparing): Promise<Compared> {
  const { repository, head, base, into } = comparing;
  const { folder } = repository;
  const at = async (commit: string, reuse?: Loaded) =>
    load(repository.filesAt(commit, folder), reuse === undefined ? {} : { reuse });
  const now = await at(head);
  const before = await orNone(at(base, now));
  const target = into === base ? before : await orNone(at(into, now));
  const report = target?.config?.report ?? DEFAULT_REPORT;
  const names = Object.keys(now.config?.orgs ?? {}).sort();
  const resolved = names.map((name) => comparedOrg(name, { now, before }, comparing));
  const findings = [...now.findings, ...resolved.flatMap((one) => one.findings)];
  const gone = Object.keys(before?.config?.orgs ?? {}).filter((name) => !names.includes(name));
  const orgs = hasErrors(findings) ? [] : resolved.flatMap(({ changed }) => changed ?? []);
  return { orgs, gone: gone.sort(), findings: unique(findings), report };
}

/** Where the files cannot be read there (muster.yaml may be new, or its folder), there is nothing to compare with. */
async function orNone(loading: Promise<Loaded>): Promise<Loaded | undefined> {
  try {
    const loaded = await loading;
    return hasErrors(loaded.findings) && loaded.config === undefined ? undefined : loaded;
  } catch (error) {
    if (error instanceof MusterError && error.code === 'folder-unreadable') return undefined;
    throw error;
  }
}

interface Sides {
  readonly now: Loaded;
  readonly before: Loaded | undefined;
}

function comparedOrg(name: string, { now, before }: Sides, { days, now: instant }: Comparing) {
  const org = now.config?.orgs[name] as Org;
  const day = days.get(name) ?? dayAt(instant, org.timeZone);
  const { desired: head, findings } = resolve(org, now.rosters.get(name) ?? [], day);
  const former = before?.config?.orgs[name];
  const base = former && resolve(former, before?.rosters.get(name) ?? [], day).desired;
  const changed: ChangedOrg = {
    ...{ org, head, base },
    changes: base === undefined || !sameUsers(base, head) || !samePins(base, head),
    settings: former === undefined ? [] : differing(former, org),
  };
  return { changed, findings };
}

function sameUsers({ users: a }: DesiredState, { users: b }: DesiredState): boolean {
  return a.size === b.size && [...b].every(([key, user]) => sameUser(a.get(key), user));
}

/** A name that is pinned to another id is another skill, whatever the entries say. */
function samePins({ catalogue: a }: DesiredState, { catalogue: b }: DesiredState): boolean {
  const pins = (all: DesiredState['catalogue']) =>
    canonical(
      [...all.values()].flatMap(({ name, id }) => (id === undefined ? [] : [[name, id]])).sort(),
    );
  return pins(a) === pins(b);
}

/** `place` moves with every line above it, and says nothing. */
function differing(a: Org, b: Org): string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)] as (keyof Org)[]);
  return [...names]
    .filter((name) => name !== 'place' && canonical(a[name]) !== canonical(b[name]))
    .sort();
}

function unique(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
