/** What stands before every handler: is there such a call, whose token is it, is it within its rate, may it do this. */
import { type Answer, Refusal, type Trouble } from './answer.ts';
import type { Buckets } from './buckets.ts';
import type { Call, Route } from './call.ts';
import { match } from './call.ts';
import type { Dialect } from './dialect.ts';
import type { Grant, Tokens } from './tokens.ts';

export interface Service {
  /** Where its paths begin; whatever no service claims is the first one's to refuse. */
  readonly claims: readonly string[];
  readonly routes: readonly Route[];
  readonly tokens: Tokens;
  readonly buckets: Buckets;
  readonly dialect: Dialect;
}

export interface Response {
  readonly answer: Answer;
  /** The token's name, when it was good. */
  readonly tokenName: string | null;
}

/** Answers a call at the instant `now`. All of its effect happens in here. */
export function respond(service: Service, call: Call, now: number): Response {
  const { dialect } = service;
  const refused = (trouble: Trouble) => dialect.problem(trouble, call);
  const matched = match(service.routes, call);
  if (!matched.found) return { answer: refused(dialect.noRoute(matched.allowed)), tokenName: null };
  const { route } = matched;
  const handle = () => orRefusal(() => route.handle(call, matched.params), refused);
  if (route.access === 'open') return { answer: handle(), tokenName: null };
  const grant = service.tokens.check(call.headers.authorization, now);
  if (typeof grant === 'string') {
    return { answer: refused(dialect.unauthorized(grant)), tokenName: null };
  }
  const wait = service.buckets.take(grant.token, route.access, now);
  if (wait !== undefined) return { answer: refused(dialect.slower(wait)), tokenName: grant.name };
  const missing = route.needs.filter(({ kind, anyOf }) => !anyOf.some(has(grant, kind)));
  const answer = missing.length > 0 ? refused(dialect.forbidden(missing)) : handle();
  return { answer, tokenName: grant.name };
}

function orRefusal(handle: () => Answer, refused: (trouble: Trouble) => Answer): Answer {
  try {
    return handle();
  } catch (error) {
    if (error instanceof Refusal) return refused(error.trouble);
    throw error;
  }
}

function has({ scopes, permissions }: Grant, kind: 'scope' | 'permission') {
  const held = kind === 'scope' ? scopes : permissions;
  return (name: string) => held?.has(name) ?? true;
}
