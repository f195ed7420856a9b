/** Answers as values, on their way to the wire; every error is JSON with `message`, `code` and `status`. */

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Headers = Readonly<Record<string, string>>;

/** An answer of JSON that is text already. */
export function jsonText(body: string, status = 200, headers: Headers = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}

export function json(body: unknown, status = 200, headers: Headers = {}): Answer {
  return jsonText(JSON.stringify(body), status, headers);
}

export interface Problem {
  readonly status: number;
  /** Words joined by dots. */
  readonly code: string;
  readonly message: string;
  readonly headers?: Headers;
}

export function problem({ status, code, message, headers = {} }: Problem): Answer {
  return json({ message, code, status }, status, headers);
}

/** Thrown by a handler to answer with an error. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.answer = problem({ status, code, message });
  }
}
