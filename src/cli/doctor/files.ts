/** The files: muster.yaml, the rosters, and the org that the rest is about. */
import type { Loaded } from '../../desired/load.ts';
import { resolve } from '../../desired/resolve.ts';
import type { Check } from '../../model/checkup.ts';
import type { Org } from '../../model/config.ts';
import { dayAt } from '../../model/day.ts';
import type { Finding } from '../../model/finding.ts';
import type { GlobalFlags } from '../flags.ts';
import type { Io } from '../io.ts';
import { chooseOrg, loadFolder, soundConfig } from '../workspace.ts';
import { failed, failedBy, ok, type Subject, warning } from './check.ts';

const CONFIG: Subject = { check: 'config', title: 'muster.yaml' };
const ROSTERS: Subject = { check: 'rosters', title: 'Rosters' };
const FIX = 'muster validate shows each finding with its place.';

export interface Files {
  readonly checks: readonly Check[];
  /** Undefined where muster.yaml cannot be gone by. */
  readonly org?: Org;
  readonly orgs: number;
}

/** Throws UsageError for an org that has to be named, or is not there. */
export async function checkFiles(io: Io, flags: GlobalFlags): Promise<Files> {
  const loaded = await loadFolder(io, flags).catch((error: unknown) => failedBy(CONFIG, error));
  if ('check' in loaded) return { checks: [loaded], orgs: 0 };
  const config = soundConfig(loaded);
  if (config === undefined) return { checks: [unsound(loaded)], orgs: 0 };
  const org = chooseOrg(config, flags.org);
  const orgs = Object.keys(config.orgs).length;
  const told = `${count(orgs, 'org')}; this is ${org.name}, on platform ${org.platform}.`;
  const today = dayAt(io.clock.now(), org.timeZone);
  const resolved = resolve(org, loaded.rosters.get(org.name) ?? [], today);
  const findings = [...loaded.findings, ...resolved.findings];
  const rosters = checkRosters(findings, resolved.desired.users.size);
  return { checks: [ok(CONFIG, told), rosters], org, orgs };
}

function unsound({ findings }: Loaded): Check {
  const [first, ...more] = errorsAmong(findings);
  return failed(CONFIG, `${first?.message ?? 'It says nothing.'}${andMore(more.length)}`, FIX);
}

function checkRosters(findings: readonly Finding[], people: number): Check {
  const [error, ...more] = errorsAmong(findings);
  if (error !== undefined) return failed(ROSTERS, `${error.message}${andMore(more.length)}`, FIX);
  const told = `They name ${people} ${people === 1 ? 'person' : 'people'} today`;
  if (findings.length === 0) return ok(ROSTERS, `${told}.`);
  return warning(ROSTERS, `${told}, with ${count(findings.length, 'warning')}.`, FIX);
}

function errorsAmong(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity }) => severity === 'error');
}

function andMore(more: number): string {
  return more > 0 ? ` And ${count(more, 'more finding')}.` : '';
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
