/** What goes wrong in the in-memory platform, and when; the state that reads and writes share. */
import type { Assignments } from '../../model/assignment.ts';
import type { World } from './world.ts';

/** A moment at which somebody else may change the world: just before the call does anything. */
interface Moment {
  readonly call: 'fetch' | 'fetchOwn' | 'turn' | 'write';
  readonly userIds: readonly string[];
}

/** lost: the answer does not come, nothing was done. took-effect: the answer does not come, everything was done. */
type Fault = 'refuse' | 'lost' | 'took-effect' | 'not-sent';

export interface Means {
  readonly world: World;
  /** What becomes of the user's next write; asked once a write. */
  readonly fault: (userId: string) => Fault | undefined;
  /** How many reads go on showing what was before a write. */
  readonly lagReads: number;
  readonly at: (moment: Moment, world: World) => void;
  /** By user id: what the next reads still show. */
  readonly shadows: Map<string, { reads: number; readonly list: Assignments }>;
}
