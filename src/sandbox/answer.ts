/** Answers as values on their way to the wire, and what goes wrong before a platform's dialect has put it into its words. */

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export type Headers = Readonly<Record<string, string>>;

/** An answer of JSON that is text already. */
export function jsonText(body: string, status = 200, headers: Headers = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}

export function json(body: unknown, status = 200, headers: Headers = {}): Answer {
  return jsonText(JSON.stringify(body), status, headers);
}

/** What is wrong, in no platform's shape yet. */
export interface Trouble {
  readonly status: number;
  /** Words joined by dots. */
  readonly code: string;
  readonly message: string;
  readonly headers?: Headers;
}

/** Thrown by a handler to answer with an error. */
export class Refusal extends Error {
  readonly trouble: Trouble;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.trouble = { status, code, message };
  }
}
