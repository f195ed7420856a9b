/** A journal that is kept in memory, and fails when it is told to: for tests, and for looking at what a run would keep. */
import { MusterError } from '../model/error.ts';
import type { Journal, JournalLine } from '../model/journal.ts';

export interface MemoryJournalOptions {
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** The line, counted from 1, at which writing fails; it goes on failing from there. */
  readonly failAt?: number;
  /** Whether that line is kept all the same, as by a disk that has it when the power goes. */
  readonly kept?: boolean;
  /** What is thrown; default MusterError `journal-unwritable`. */
  readonly error?: unknown;
}

export interface MemoryJournal extends Journal {
  readonly lines: readonly JournalLine[];
}

export function memoryJournal(options: MemoryJournalOptions = {}): MemoryJournal {
  const { now = () => 0, failAt = Number.POSITIVE_INFINITY, kept = false } = options;
  const lines: JournalLine[] = [];
  let failed = false;
  return {
    lines,
    async write(...more) {
      for (const line of more) {
        if (lines.length + 1 >= failAt) {
          const at = new Date(now()).toISOString();
          if (kept && !failed) lines.push({ ...line, at });
          failed = true;
        }
        if (failed) throw options.error ?? full();
        lines.push({ ...line, at: new Date(now()).toISOString() });
      }
    },
    close: async () => undefined,
  };
}

function full(): MusterError {
  return new MusterError('journal-unwritable', 'The journal in memory was told to be full.', {
    hint: 'Give it another line to fail at.',
  });
}
