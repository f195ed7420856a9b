/** What the Admin API's calls are made of. */
import type { Faults } from '../faults.ts';
import type { Settings } from '../options.ts';
import type { OrgState } from '../org/state.ts';
import type { Tokens } from '../tokens.ts';
import type { Jobs } from './jobs.ts';

export interface AdminWorld {
  readonly settings: Settings;
  readonly state: OrgState;
  readonly jobs: Jobs;
  readonly faults: Faults;
  readonly tokens: Tokens;
  /** The instant, with everything done that jobs had to do until then. */
  now(): number;
}
