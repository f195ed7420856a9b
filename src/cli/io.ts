/** Everything the shell touches of the world: streams, environment, clock, randomness, terminal. Tests hand in their own. */
import type { Listener } from '../model/event.ts';
import type { Trace } from '../telemetry/trace.ts';

/** What belongs to one run of the command. */
export interface Session {
  /** Of all its requests. */
  readonly trace: Trace;
  /** Told everything; when the flags say `--quiet`, nothing of it is shown. */
  listener(flags: { readonly quiet?: boolean }): Listener;
  /** People may be told by their keys from here on, to telemetry alone. */
  introduce(keys: ReadonlyMap<string, string>): void;
}

export interface Io {
  stdout(text: string): void;
  stderr(text: string): void;
  readonly terminal: {
    readonly stdin: boolean;
    readonly stdout: boolean;
    readonly stderr: boolean;
    /** Characters a line. */
    readonly columns: number;
    readonly rows?: number;
  };
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: {
    now(): number;
    /** Resolves after `ms`, or early when the signal aborts. */
    sleep(ms: number, signal?: AbortSignal): Promise<void>;
  };
  random(): number;
  newId(): string;
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  /** Asks on the terminal; an ended input answers the empty text. */
  ask(question: string): Promise<string>;
  /** Of the run that this is the world of; left out before there is one. */
  readonly session?: Session;
}
