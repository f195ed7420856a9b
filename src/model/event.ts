/** Events: what the core tells of its work. Progress bars, logs and spans listen; the core prints nothing. */
import type { Totals } from './plan.ts';
import type { Outcome } from './result.ts';

export type MusterEvent =
  | {
      readonly type: 'reading';
      readonly what: 'catalogue' | 'users' | 'lists';
      readonly done: number;
      /** Left out while unknown. */
      readonly total?: number;
    }
  | { readonly type: 'planned'; readonly totals: Totals }
  | { readonly type: 'gating'; readonly users: number }
  | { readonly type: 'writing'; readonly users: number; readonly by: 'single' | 'bulk' }
  | {
      readonly type: 'job';
      readonly jobId: string;
      readonly status: string;
      readonly processed?: number;
      readonly total?: number;
    }
  | { readonly type: 'verifying'; readonly users: number }
  | {
      readonly type: 'decided';
      readonly userId: string;
      readonly outcome: Outcome;
      readonly done: number;
      readonly total: number;
      /** The platform's id of the deciding request. */
      readonly requestId?: string;
    }
  | { readonly type: 'throttled'; readonly waitMs: number; readonly kind: 'reads' | 'writes' }
  | {
      readonly type: 'retrying';
      readonly attempt: number;
      readonly waitMs: number;
      readonly why: string;
    }
  | {
      readonly type: 'notice';
      readonly code: string;
      readonly message: string;
      readonly hint?: string;
    };

export type Listener = (event: MusterEvent) => void;
