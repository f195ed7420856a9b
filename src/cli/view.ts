/** What a person, or a program, sees of the events while a command works. One of these for each run. */
import type { MusterEvent } from '../model/event.ts';
import type { EventRecord } from './event-record.ts';

export type Print = (text: string) => void;

export interface View {
  hear(event: MusterEvent, record: () => EventRecord): void;
  /** Prints what a command has to say, beside what is shown. */
  stdout(text: string, print: Print): void;
  stderr(text: string, print: Print): void;
  /** While somebody is asked, nothing moves. */
  ask<T>(asking: () => Promise<T>): Promise<T>;
  /** Nothing is shown any more; what was is gone, or stays as lines. */
  close(): void;
}

export const PLAIN = {
  stdout: (text: string, print: Print) => print(text),
  stderr: (text: string, print: Print) => print(text),
  ask: <T>(asking: () => Promise<T>) => asking(),
  close: () => undefined,
};

/** Shows nothing of the events. */
export const SILENT: View = { ...PLAIN, hear: () => undefined };
