/**
 * How CXone speaks: the text of an error stands in the header icStatusDescription, and for a wrong or unknown request
 * nowhere else. It never says how long to wait.
 */
import { type Answer, json, type Trouble } from '../answer.ts';
import type { Dialect, Unwelcome } from '../dialect.ts';

/** Where the services begin; what stands before is for signing in. */
export const SERVICES = '/incontactapi/services/';
const REASONS: Readonly<Record<Unwelcome, string>> = {
  missing: 'No token was sent',
  unknown: 'The token is not valid',
  expired: 'The token has expired',
};

export const cxoneDialect: Dialect = {
  problem({ status, code, message, headers = {} }: Trouble, call): Answer {
    const told = { ...headers, icstatusdescription: message };
    if (call.path.startsWith(SERVICES) && (status === 400 || status === 404)) {
      return { status, headers: told, body: '' };
    }
    return json({ error: code, error_description: message }, status, told);
  },
  unauthorized: (reason) => ({ status: 401, code: 'invalid_token', message: REASONS[reason] }),
  forbidden: () => ({
    status: 403,
    code: 'access_denied',
    message: 'The user does not have the permission that this call needs',
  }),
  slower: () => ({ status: 429, code: 'too_many_requests', message: 'Too many requests' }),
  noRoute: (allowed) =>
    allowed.length === 0
      ? { status: 404, code: 'not_found', message: 'There is no such call' }
      : {
          status: 405,
          code: 'method_not_allowed',
          message: 'The method is not allowed here',
          headers: { allow: allowed.join(', ') },
        },
  tooLarge: () => ({ status: 413, code: 'too_large', message: 'The body is too large' }),
  outage: (status, code = 'service_unavailable') => ({
    status,
    code,
    message: 'The service is not available at the moment',
  }),
  requestId: ({ n }) => `sandbox-${n}`,
  headers: () => ({}),
};
