/** Exit codes, as scripts rely on them. */
export const EXIT = {
  done: 0,
  error: 1,
  changes: 2,
  refused: 3,
  incomplete: 4,
  usage: 64,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The code of wrong usage, whatever it is. */
export const WRONG_USAGE = 'wrong-usage';

/** Wrong usage: a flag, a value or a combination that no run could serve. Ends with 64. */
export class UsageError extends Error {
  readonly hint?: string;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'UsageError';
    if (hint !== undefined) this.hint = hint;
  }
}
