/** What the calls under `/_sandbox/` are made of. */
import { Refusal } from './answer.ts';
import type { Numbers } from './cxone/numbers.ts';
import type { Faults } from './faults.ts';
import type { OrgState } from './org/state.ts';
import type { RequestLog } from './requests.ts';

export interface ControlWorld {
  readonly state: OrgState;
  readonly numbers: Numbers;
  readonly log: RequestLog;
  readonly faults: Faults;
  now(): number;
}

/** Nobody needs a token for them. */
export const OPEN = { access: 'open', needs: [] } as const;

export function asRefusal<T>(status: 400 | 404, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Refusal(status, 'bad.request', (error as Error).message);
  }
}
