/** What the story needs of a forge: pull requests, the jobs that muster brings for them, and what people see there. */
import type { ReviewHeader } from '../../../src/model/review-header.ts';
import type { JobEnd } from './workflow.ts';

export type MergeWay = 'merge commit' | 'squash' | 'rebase';

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
  resume(run: string): Promise<JobEnd>;
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
