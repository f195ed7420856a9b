/** What stands before every handler: is there such a call, whose token is it, is it within its rate, has it the scope. */
import type { Answer } from './answer.ts';
import { problem, Refusal } from './answer.ts';
import type { Buckets } from './buckets.ts';
import type { Call, Route } from './call.ts';
import { match } from './call.ts';
import type { Grant, Tokens, Verdict } from './tokens.ts';

export interface Service {
  readonly routes: readonly Route[];
  readonly tokens: Tokens;
  readonly buckets: Buckets;
}

export interface Response {
  readonly answer: Answer;
  /** The token's name, when it was good. */
  readonly tokenName: string | null;
}

/** Answers a call at the instant `now`. All of its effect happens in here. */
export function respond(service: Service, call: Call, now: number): Response {
  const matched = match(service.routes, call);
  if (!matched.found) return { answer: noRoute(matched.allowed), tokenName: null };
  const { route } = matched;
  const handle = () => orRefusal(() => route.handle(call, matched.params));
  if (route.access === 'open') return { answer: handle(), tokenName: null };
  const grant = service.tokens.check(call.headers.authorization, now);
  if (typeof grant === 'string') return { answer: unauthorized(grant), tokenName: null };
  const wait = service.buckets.take(grant.token, route.access, now);
  const answer = wait === undefined ? (lacksScope(route, grant) ?? handle()) : slower(wait);
  return { answer, tokenName: grant.name };
}

function orRefusal(handle: () => Answer): Answer {
  try {
    return handle();
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

function lacksScope(route: Route, { scopes }: Grant): Answer | undefined {
  const missing = scopes === undefined ? [] : route.scopes.filter((scope) => !scopes.has(scope));
  if (missing.length === 0) return undefined;
  const message = `The token is missing the scope ${missing.join(' and ')}`;
  return problem({ status: 403, code: 'missing.scope', message });
}

const REASONS: Readonly<Record<Exclude<Verdict, Grant>, string>> = {
  missing: 'A bearer token is required',
  unknown: 'The token is not valid',
  expired: 'The token has expired',
};

function unauthorized(reason: Exclude<Verdict, Grant>): Answer {
  const headers = { 'www-authenticate': 'Bearer' };
  return problem({ status: 401, code: 'bad.credentials', message: REASONS[reason], headers });
}

function slower(seconds: number): Answer {
  const message = `Too many requests; come back in ${seconds} s`;
  const headers = { 'retry-after': String(seconds) };
  return problem({ status: 429, code: 'too.many.requests', message, headers });
}

function noRoute(allowed: readonly string[]): Answer {
  if (allowed.length === 0) {
    return problem({ status: 404, code: 'not.found', message: 'There is no such call' });
  }
  const headers = { allow: allowed.join(', ') };
  const message = 'The method is not allowed here';
  return problem({ status: 405, code: 'method.not.allowed', message, headers });
}
