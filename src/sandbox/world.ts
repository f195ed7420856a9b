/** What the calls of every platform are made of. */
import type { Faults } from './faults.ts';
import type { Settings } from './options.ts';
import type { OrgState } from './org/state.ts';
import type { Tokens } from './tokens.ts';

export interface World {
  readonly settings: Settings;
  readonly state: OrgState;
  readonly faults: Faults;
  readonly tokens: Tokens;
  /** The instant, with everything done that was due until then. */
  now(): number;
}
