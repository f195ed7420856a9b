/**
 * One issue an org: opened when drift is found, brought up to date every night, closed when the drift is gone. What the
 * last nights found is kept in it, so that a night that was missed is told by the next.
 */
import type { Forge, ForgeIssue } from '../model/forge.ts';
import type { Naming } from '../model/report-settings.ts';
import type { Drift } from '../report/drift/drift.ts';
import { driftIssue } from '../report/drift/issue.ts';
import { failedLook, type Look, lookOf, readLooks, remembered } from '../report/drift/looks.ts';
import { findThing, labelOf } from './things.ts';

export interface Telling {
  readonly org: string;
  /** Undefined where looking failed. */
  readonly drift: Drift | undefined;
  /** ISO instant. */
  readonly at: string;
  readonly naming: Naming;
  readonly proficiency: boolean;
  /** Where everything is kept in full. */
  readonly url?: string;
}

export interface Told {
  /** What became of the issue; `none`: there is none, and nothing to open one for. */
  readonly done: 'opened' | 'updated' | 'reopened' | 'closed' | 'none';
  readonly issue: ForgeIssue | undefined;
  /** With tonight's at the end. */
  readonly looks: readonly Look[];
}

/** Throws MusterError for what the forge answers. */
export async function tellDrift(forge: Forge, telling: Telling): Promise<Told> {
  const { drift, at } = telling;
  const thing = { about: 'drift', org: telling.org };
  const known = await findThing(forge, thing);
  const look = drift === undefined ? failedLook(at) : lookOf(drift);
  const looks = remembered(readLooks(known?.body ?? ''), look);
  const text = driftIssue({ ...telling, looks });
  if (known === undefined) {
    if (look.found !== 'drift') return { done: 'none', issue: undefined, looks };
    const issue = await forge.openIssue({ ...text, label: labelOf(thing) });
    return { done: 'opened', issue, looks };
  }
  // A look that failed says nothing of whether there is drift: the issue stays as open as it was.
  const open = look.found === 'failed' ? known.open : look.found === 'drift';
  const issue = await forge.editIssue(known.number, open === known.open ? text : { ...text, open });
  const done = open === known.open ? 'updated' : open ? 'reopened' : 'closed';
  return { done, issue, looks };
}
