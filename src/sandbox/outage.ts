/** The answer that a fault puts in the place of the platform's own. */
import type { Answer, Headers } from './answer.ts';
import type { Call } from './call.ts';
import type { Dialect } from './dialect.ts';
import type { AnswerFault } from './faults.ts';

export type StatusFault = Extract<AnswerFault, { readonly kind: 'status' }>;

export function outage(dialect: Dialect, call: Call, fault: StatusFault): Answer {
  const { status, code, retryAfter, html } = fault;
  const trouble = dialect.outage(status, code);
  const wait: Headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  const headers = { ...trouble.headers, ...wait };
  if (!html) return dialect.problem({ ...trouble, headers }, call);
  const body = `<html><head><title>${status}</title></head><body><h1>${trouble.message}</h1></body></html>`;
  return { status, headers: { ...headers, 'content-type': 'text/html' }, body };
}
