/** Everything the shell touches of the world: streams, environment, clock, randomness, terminal. Tests hand in their own. */

export interface Io {
  stdout(text: string): void;
  stderr(text: string): void;
  readonly terminal: {
    readonly stdin: boolean;
    readonly stdout: boolean;
    readonly stderr: boolean;
    /** Characters a line. */
    readonly columns: number;
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
}
