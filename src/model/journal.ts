/** The journal: what a run is about to do and has done, durable line by line, so that it can be killed at any instant. */
import type { Assignments } from './assignment.ts';
import type { Outcome, Result } from './result.ts';

/** `at` is an ISO instant. */
export type JournalLine =
  | {
      readonly type: 'begun';
      readonly run: string;
      readonly org: string;
      readonly plan: string;
      readonly at: string;
    }
  | {
      /** Just before a write: whom it is for, what his list was, and the complete list that is sent. */
      readonly type: 'sending';
      readonly users: readonly {
        readonly userId: string;
        readonly before: Assignments;
        readonly after: Assignments;
      }[];
      readonly at: string;
    }
  | {
      /** What the platform answered; `requestId` is its own. */
      readonly type: 'answered';
      readonly userId: string;
      readonly sent: 'accepted' | 'refused' | 'unknown' | 'not-sent';
      readonly code?: string;
      readonly requestId?: string;
      readonly at: string;
    }
  | {
      readonly type: 'decided';
      readonly userId: string;
      readonly outcome: Outcome;
      readonly message?: string;
      readonly requestId?: string;
      readonly at: string;
    }
  | {
      readonly type: 'ended';
      readonly stopped?: NonNullable<Result['stopped']>;
      readonly at: string;
    };

type Untimed<L> = L extends JournalLine ? Omit<L, 'at'> : never;

export interface Journal {
  /** Resolves when the lines are on the disk. Throws MusterError `journal-unwritable`. */
  write(...lines: readonly Untimed<JournalLine>[]): Promise<void>;
  close(): Promise<void>;
}
