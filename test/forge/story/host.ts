/** What the story needs of a forge: pull requests, the jobs that muster brings for them, and what people see there. */
import type { ReviewHeader } from '../../../src/model/review-header.ts';
import type { JobEnd } from './workflow.ts';

export type MergeWay = 'merge commit' | 'squash' | 'rebase';

type Recovery = 'status' | 'resume' | 'rollback' | 'unpause';

interface Issue {
  readonly title: string;
  readonly open: boolean;
  readonly body: string;
}

interface Proposal {
  readonly branch: string;
  readonly into: string;
  /** What it puts into files, as the forge was sent it. */
  readonly sent: string;
}

export interface Host {
  /** Opens a pull request of the branch that the desk is on. */
  open(): Promise<number>;
  /** The job that comes first when somebody has pushed. */
  pushed(number: number): Promise<JobEnd>;
  /** The jobs of a pull request after that one, at the commit it is at now. */
  review(number: number): Promise<JobEnd>;
  /** As its button does it; the branch is gone after. */
  merge(number: number, way: MergeWay): Promise<void>;
  closeUnmerged(number: number): void;
  /** The jobs of the default branch. */
  apply(): Promise<JobEnd>;
  /** Somebody starts the job that recovers. */
  recover(command: Recovery, run?: string): Promise<JobEnd>;
  /** After midnight. */
  schedule(): Promise<JobEnd>;
  /** In the small hours; `adopt`: what is live is to be taken over. */
  drift(how?: { readonly adopt: boolean }): Promise<JobEnd>;
  issues(): readonly Issue[];
  /** What muster itself has proposed last. */
  proposal(): Proposal;
  /** The one comment of muster. */
  comment(number: number): string;
  header(number: number): ReviewHeader | undefined;
  labels(number: number): readonly string[];
  /** On the newest commit of a pull request. */
  verdict(number: number): string | undefined;
  /** What was asked or answered that does not fit the forge's own types. */
  violations(): readonly string[];
  close(): Promise<void>;
}
