/**
 * How Genesys Cloud speaks: one shape for every error, with codes that are its own, and a correlation id on every
 * answer. It tells nothing of the rate but how long to wait.
 */
import { type Answer, json, type Trouble } from '../answer.ts';
import type { Call, Need } from '../call.ts';
import type { Dialect } from '../dialect.ts';
import { mix, stableId } from '../org/random.ts';
import { oauthProblem, SIGN_IN } from './oauth.ts';

const CONTEXT = 31;

const DENIED = 'Unable to perform the requested action.';

/** What it says at a status when nothing more is known. */
const USUAL: ReadonlyMap<number, Omit<Trouble, 'status'>> = new Map(
  Object.entries({
    400: [
      'bad.request',
      'The request could not be understood by the server due to malformed syntax.',
    ],
    401: ['bad.credentials', 'Invalid login credentials.'],
    403: ['not.authorized', 'You are not authorized to perform the requested action.'],
    404: ['not.found', 'The requested resource was not found.'],
    408: [
      'client.timeout',
      'The client did not produce a request within the server timeout limit.',
    ],
    409: [
      'request.conflict',
      'The request conflicts with the current state of the target resource.',
    ],
    429: [
      'too.many.requests',
      'Rate limit exceeded the maximum [300] requests within [60] seconds',
    ],
    500: [
      'internal.server.error',
      'The server encountered an unexpected condition which prevented it from fulfilling the request.',
    ],
    503: ['service.unavailable', 'Service Unavailable - The server is currently unavailable.'],
    504: ['request.timeout', 'The request timed out.'],
  }).map(([status, [code = '', message = '']]) => [Number(status), { code, message }]),
);

/** What it says by a code that a fault may name besides. */
const BY_CODE: ReadonlyMap<string, string> = new Map([
  ['general.conflict', 'Conflicts found replacing routing skills for user'],
  [
    'response.entity.too.large',
    'The response is over the size limit. Reduce pageSize or expand list to reduce response size if applicable',
  ],
  ['general.resource.not.found', 'Resource not found'],
]);

export function genesysDialect(seed: number): Dialect {
  const contextId = ({ n }: Call) => stableId(mix(seed, CONTEXT), n);
  return {
    problem(trouble, call): Answer {
      const { status, code, message, headers = {} } = trouble;
      if (call.path === SIGN_IN) return oauthProblem(trouble);
      const body = { message, code, status, contextId: contextId(call), details: [], errors: [] };
      return json(body, status, headers);
    },
    unauthorized: (reason) =>
      reason === 'missing'
        ? {
            status: 401,
            code: 'authentication.required',
            message: 'No authentication bearer token specified in authorization header.',
          }
        : usual(401),
    forbidden,
    slower: (seconds) => ({
      status: 429,
      code: 'too.many.requests.retry.after',
      message: `Rate limit exceeded the maximum. Retry the request in [${seconds}] seconds`,
      headers: { 'retry-after': String(seconds) },
    }),
    noRoute: (allowed) =>
      allowed.length === 0
        ? usual(404)
        : {
            status: 405,
            code: 'method.not.allowed',
            message: 'The method is not allowed here.',
            headers: { allow: allowed.join(', ') },
          },
    tooLarge: () => ({
      status: 413,
      code: 'request.entity.too.large',
      message: 'The request is over the size limit.',
    }),
    outage(status, code) {
      const said = usual(status);
      if (code === undefined) return said;
      return { status, code, message: BY_CODE.get(code) ?? said.message };
    },
    requestId: contextId,
    headers: (call) => ({ 'inin-correlation-id': contextId(call) }),
  };
}

function usual(status: number): Trouble {
  return { status, ...(USUAL.get(status) ?? { code: 'error', message: 'An error occurred.' }) };
}

/** A scope is told before a permission, as the app is looked at before its roles. */
function forbidden(missing: readonly Need[]): Trouble {
  const [first] = [...missing].sort(
    (a, b) => Number(b.kind === 'scope') - Number(a.kind === 'scope'),
  );
  const names = first?.anyOf ?? [];
  if (first?.kind === 'scope') {
    const message = `App not authorized to use scope ${names[0]}`;
    return { status: 403, code: 'app.not.authorized.for.scope', message };
  }
  if (names.length === 1) {
    const message = `${DENIED} You are missing the following permission(s): ${names[0]}`;
    return { status: 403, code: 'missing.permissions', message };
  }
  const message = `${DENIED} You must have at least one of the following permissions assigned: ${names.join(', ')}`;
  return { status: 403, code: 'missing.any.permissions', message };
}
