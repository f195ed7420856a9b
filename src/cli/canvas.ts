/** Lines on standard error that are drawn again in place, by log-update: the only one who moves a cursor. */
import { createLogUpdate } from 'log-update';
import type { Io } from './io.ts';

export interface Canvas {
  draw(text: string): void;
  /** Takes away what was drawn. */
  clear(): void;
  /** Gives the cursor back. */
  done(): void;
}

export function openCanvas({ stderr, terminal }: Io): Canvas {
  const stream = {
    write(text: string) {
      stderr(text);
      return true;
    },
    get columns() {
      return terminal.columns;
    },
    get rows() {
      return terminal.rows;
    },
  };
  const update = createLogUpdate(stream as unknown as NodeJS.WritableStream);
  return { draw: (text) => update(text), clear: () => update.clear(), done: () => update.done() };
}
