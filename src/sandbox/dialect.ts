/** How a platform speaks: what its errors look like, and what stands on every answer. */
import type { Answer, Headers, Trouble } from './answer.ts';
import type { Call, Need } from './call.ts';

/** Why a bearer token is worth nothing. */
export type Unwelcome = 'missing' | 'unknown' | 'expired';

export interface Dialect {
  problem(trouble: Trouble, call: Call): Answer;
  unauthorized(reason: Unwelcome): Trouble;
  forbidden(missing: readonly Need[]): Trouble;
  /** `seconds`: until there is a request to take. */
  slower(seconds: number): Trouble;
  /** `allowed`: the methods that the path knows. */
  noRoute(allowed: readonly string[]): Trouble;
  tooLarge(): Trouble;
  /** What is said at a status that a fault asks for, by a code where it names one. */
  outage(status: number, code: string | undefined): Trouble;
  /** What people quote a request by. */
  requestId(call: Call): string;
  headers(call: Call): Headers;
}
