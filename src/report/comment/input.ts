/** What a comment is made of: values alone, so that the same pull request always gives the same bytes. */
import type { DesiredState } from '../../model/desired.ts';
import type { Finding } from '../../model/finding.ts';
import type { Override } from '../../model/guard.ts';
import type { Plan } from '../../model/plan.ts';
import type { Naming } from '../../model/report-settings.ts';
import type { Labels } from '../people/labels.ts';

/** One org whose desired state the pull request changes, with its plan. */
export interface PlannedOrg {
  readonly plan: Plan;
  /** What the files say today at the pull request's head. */
  readonly head: DesiredState;
  /** The same at the commit it branched off; undefined where those files say nothing of the org. */
  readonly base: DesiredState | undefined;
  /** Guards that commits of the pull request allow. */
  readonly overrides: readonly Override[];
  /** Names of the org's settings that the pull request changes. */
  readonly settings: readonly string[];
}

/** An org that cannot be shown, and why: a sentence. */
interface UnplannedOrg {
  readonly org: string;
  readonly why: string;
}

/** Addresses of the files on the forge, each to be followed by a path; the base's serve what has left the files. */
interface FileLinks {
  readonly head: string;
  readonly base: string;
}

export interface CommentInput {
  /** The pull request's newest commit. */
  readonly head: string;
  /** What the forge calls it. */
  readonly request: 'pull request' | 'merge request';
  /** In the order of their names, as `unplanned` is. */
  readonly planned: readonly PlannedOrg[];
  readonly unplanned: readonly UnplannedOrg[];
  /** Of the files, where no plan carries them. */
  readonly findings: readonly Finding[];
  readonly naming: Naming;
  readonly proficiency: boolean;
  readonly links?: FileLinks;
  /** Where the full plans are kept. */
  readonly planUrl?: string;
  /** How long the text may become, and how that is counted. */
  readonly limit: number;
  readonly unit: 'characters' | 'bytes';
}

/** One org, and how its people and values are told. */
export interface Sight {
  readonly org: PlannedOrg;
  readonly labels: Labels;
  readonly input: CommentInput;
}
