/** Calls and the routes that take them: what one request asked for, and which handler may answer it. */
import { type Answer, Refusal } from './answer.ts';
import type { Bucket } from './buckets.ts';

/** One request, read completely. */
export interface Call {
  /** Counts from 1, every request of this sandbox. */
  readonly n: number;
  /** Where the caller found the sandbox: `http://127.0.0.1:<port>`. */
  readonly origin: string;
  readonly method: string;
  readonly path: string;
  /** As sent, without the question mark. */
  readonly search: string;
  readonly query: URLSearchParams;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Params = ReadonlyMap<string, string>;

/** What a token must have for a call: any one of these. */
export interface Need {
  readonly kind: 'scope' | 'permission';
  readonly anyOf: readonly string[];
}

export interface Route {
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** Segments in braces take anything: `/users/{userId}/skills`. */
  readonly path: string;
  /** Which of a token's buckets pays for it; `open` calls need no token and are not limited. */
  readonly access: Bucket | 'open';
  readonly needs: readonly Need[];
  handle(call: Call, params: Params): Answer;
}

export type Match =
  | { readonly found: true; readonly route: Route; readonly params: Params }
  | { readonly found: false; readonly allowed: readonly string[] };

/** The first route that takes the call; without one, the methods that its path knows. */
export function match(routes: readonly Route[], call: Call): Match {
  const allowed: string[] = [];
  for (const route of routes) {
    const params = bind(route.path, call.path);
    if (params === undefined) continue;
    if (route.method === call.method) return { found: true, route, params };
    allowed.push(route.method);
  }
  return { found: false, allowed };
}

function bind(pattern: string, path: string): Params | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params = new Map<string, string>();
  for (const [n, segment] of wanted.entries()) {
    const text = given[n] ?? '';
    if (!segment.startsWith('{')) {
      if (segment !== text) return undefined;
    } else if (text === '') {
      return undefined;
    } else {
      params.set(segment.slice(1, -1), decode(text));
    }
  }
  return params;
}

/** What is not properly encoded stands for itself: nobody has such an id. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The body as JSON. Throws a Refusal for another content type and for what is no JSON. */
export function anyJson(call: Call): unknown {
  requireType(call, ['application/json']);
  try {
    return JSON.parse(call.body);
  } catch {
    throw new Refusal(400, 'bad.request', 'The body is not valid JSON');
  }
}

/** The same, where the body has to be an object. */
export function jsonBody(call: Call): Readonly<Record<string, unknown>> {
  const body = anyJson(call);
  if (!isRecord(body)) throw new Refusal(400, 'bad.request', 'The body must be a JSON object');
  return body;
}

/** The media type of the body, lower-cased. Throws a Refusal for one that is not among `types`. */
export function requireType(call: Call, types: readonly string[]): string {
  const [type = ''] = (call.headers['content-type'] ?? '').split(';');
  const name = type.trim().toLowerCase();
  if (types.includes(name)) return name;
  const wanted = types.join(' or ');
  throw new Refusal(415, 'unsupported.media.type', `The Content-Type must be ${wanted}`);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
