/** What the files of a point in history say of an org, by that point's own muster.yaml and on its own day. */

import type { BaseState } from '../model/base.ts';
import type { Org } from '../model/config.ts';
import type { Day } from '../model/day.ts';
import { type Finding, hasErrors } from '../model/finding.ts';
import type { Point } from '../model/point.ts';
import type { FileSource } from '../model/source.ts';
import { type Loaded, load } from './load.ts';
import { resolve } from './resolve.ts';
import type { Roster } from './roster.ts';

export interface Moment {
  readonly point: Point;
  /** What the org may be called there, the likeliest first. */
  readonly orgs: readonly string[];
  readonly today: Day;
  /** Files that were read before: what is the same in both is not parsed again. */
  readonly reuse?: Loaded;
}

export type StateAt =
  | { readonly state: BaseState; readonly org: Org }
  /** Why the files cannot say it: a sentence. */
  | { readonly state: undefined; readonly why: string };

/** Throws MusterError when `files` cannot be read at all; files that cannot be made sense of are a `why`. */
export async function stateAt(files: FileSource, moment: Moment): Promise<StateAt> {
  const { point, orgs, reuse } = moment;
  const where = point.tree === undefined ? point.commit.slice(0, 12) : 'an earlier working folder';
  for (const name of orgs) {
    const loaded = await load(files, { org: name, ...(reuse === undefined ? {} : { reuse }) });
    if (loaded.config === undefined) {
      return { state: undefined, why: cannot(where, loaded.findings) };
    }
    const org = loaded.config.orgs[name];
    if (org === undefined) continue;
    return resolved({ loaded, org, where }, moment);
  }
  return { state: undefined, why: `The files of ${where} have no org ${orgs.join(' or ')}.` };
}

interface Found {
  readonly loaded: Loaded;
  readonly org: Org;
  readonly where: string;
}

function resolved({ loaded, org, where }: Found, { point, today }: Moment): StateAt {
  // An org that load() was asked for has its rosters, be there an error in them or not.
  const rosters = loaded.rosters.get(org.name) as readonly Roster[];
  const onDay = resolve(org, rosters, point.day);
  const findings = [...loaded.findings, ...onDay.findings];
  if (hasErrors(findings)) return { state: undefined, why: cannot(where, findings) };
  const { validUntil } = onDay.desired;
  const still = today >= point.day && (validUntil === undefined || today < validUntil);
  // Until its next edge it is the same state, and shares what was resolved.
  const now = still ? onDay.desired : resolve(org, rosters, today).desired;
  return { state: { point, onDay: onDay.desired, now, guards: org.guards }, org };
}

function cannot(where: string, findings: readonly Finding[]): string {
  const first = findings.find(({ severity }) => severity === 'error');
  const place = first?.place === undefined ? '' : `${first.place.file}:${first.place.line}: `;
  return `The files of ${where} cannot be read today: ${place}${String(first?.message)}`;
}
