/** How the Admin API speaks: every error is JSON with `message`, `code` and `status`, and the request's id comes back. */
import { type Headers, json, type Trouble } from '../answer.ts';
import type { Call } from '../call.ts';
import type { Dialect, Unwelcome } from '../dialect.ts';

const REASONS: Readonly<Record<Unwelcome, string>> = {
  missing: 'A bearer token is required',
  unknown: 'The token is not valid',
  expired: 'The token has expired',
};

export const adminDialect: Dialect = {
  problem({ status, code, message, headers }: Trouble) {
    return json({ message, code, status }, status, headers);
  },
  unauthorized(reason) {
    const headers = { 'www-authenticate': 'Bearer' };
    return { status: 401, code: 'bad.credentials', message: REASONS[reason], headers };
  },
  forbidden(missing) {
    const scopes = missing.map(({ anyOf }) => anyOf.join(' or ')).join(' and ');
    const message = `The token is missing the scope ${scopes}`;
    return { status: 403, code: 'missing.scope', message };
  },
  slower(seconds) {
    const message = `Too many requests; come back in ${seconds} s`;
    const headers = { 'retry-after': String(seconds) };
    return { status: 429, code: 'too.many.requests', message, headers };
  },
  noRoute(allowed) {
    if (allowed.length === 0) {
      return { status: 404, code: 'not.found', message: 'There is no such call' };
    }
    const headers = { allow: allowed.join(', ') };
    const message = 'The method is not allowed here';
    return { status: 405, code: 'method.not.allowed', message, headers };
  },
  tooLarge: () => ({ status: 413, code: 'body.too.large', message: 'The body is too large' }),
  outage: (status, code = 'service.unavailable') => ({
    status,
    code,
    message: 'The service is not available at the moment',
  }),
  requestId,
  headers: (call) => ({ 'x-request-id': requestId(call), ...traceResponse(call) }),
};

function requestId({ headers, n }: Call): string {
  return headers['x-request-id'] ?? `sandbox-${n}`;
}

/** The trace as it arrived, with a span of the sandbox's own (W3C Trace Context, level 2). */
function traceResponse({ headers, n }: Call): Headers {
  const came = /^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/.exec(headers.traceparent ?? '');
  if (came === null) return {};
  const [, trace, flags] = came;
  return { traceresponse: `00-${trace}-${n.toString(16).padStart(16, '0')}-${flags}` };
}
