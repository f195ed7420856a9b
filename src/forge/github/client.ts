/** Octokit, with what GitHub asks of its users: one write after another, patience with limits, and all pages of a list. */

import type { Octokit } from '@octokit/core';
import { isLoopback } from '../../http/hosts.ts';
import { type LibraryFetch, libraryFetch } from '../../http/library-fetch.ts';
import type { ProxySettings } from '../../http/transport.ts';
import { MusterError } from '../../model/error.ts';
import { fileUrl } from '../address.ts';
import { forgeFailure } from '../failure.ts';

interface GithubPlace {
  readonly api: URL;
  readonly owner: string;
  readonly repo: string;
}

export interface GithubOptions extends GithubPlace {
  readonly token: string;
  readonly agent: string;
  readonly proxy?: ProxySettings;
}

type Parameters = Readonly<Record<string, unknown>>;

/** Routes are those of the REST API's reference, relative to the repository. `what` is the end of "could not". */
export interface GithubClient extends GithubPlace {
  ask<T>(what: string, route: string, parameters?: Parameters): Promise<T>;
  /** Every page. */
  list<T>(what: string, route: string, parameters?: Parameters): Promise<T[]>;
  graphql<T>(what: string, query: string, variables: Parameters): Promise<T>;
  /** A file; where the forge sends elsewhere for it, it is fetched there, without the token. */
  download(what: string, route: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Loaded when a forge is talked to: half of the program's weight, and most commands never need it. */
async function load() {
  const [core, rest, { retry }, { throttling }] = await Promise.all([
    import('@octokit/core'),
    import('@octokit/plugin-paginate-rest'),
    import('@octokit/plugin-retry'),
    import('@octokit/plugin-throttling'),
  ]);
  return core.Octokit.plugin(rest.paginateRest, retry, throttling);
}

const MOST_RETRIES = 2;
const AT_ONCE = { key: () => ({ schedule: async (_: unknown, run: () => unknown) => run() }) };
/** Nothing is held back for a forge on this machine, which has no limits. */
const UNHURRIED: object = { write: AT_ONCE, notifications: AT_ONCE, retryAfterBaseValue: 1 };

export async function githubClient(options: GithubOptions): Promise<GithubClient> {
  const { api, owner, repo, token, agent, proxy } = options;
  const Client = await load();
  const http = libraryFetch(proxy);
  const local = isLoopback(api);
  const again = (_after: number, _options: object, _octokit: unknown, tries: number) =>
    tries < MOST_RETRIES;
  const octokit = new Client({
    auth: token,
    baseUrl: api.href.replace(/\/$/, ''),
    userAgent: agent,
    request: { fetch: unredirected(http.fetch) },
    retry: local ? { retryAfterBaseValue: 1 } : {},
    throttle: {
      onRateLimit: again,
      onSecondaryRateLimit: again,
      ...(local ? UNHURRIED : {}),
    },
    log: SILENT,
  });
  const at = { owner, repo };
  const place = (route: string) =>
    route.replace(' /', ' /repos/{owner}/{repo}/').replace(/\/$/, '');
  return {
    api,
    ...at,
    async ask<T>(what: string, route: string, parameters: Parameters = {}) {
      const answer = await told(what, octokit.request(place(route), { ...at, ...parameters }));
      return answer.data as T;
    },
    list: <T>(what: string, route: string, parameters: Parameters = {}) =>
      told(
        what,
        octokit.paginate(place(route), { ...at, per_page: 100, ...parameters }),
      ) as Promise<T[]>,
    graphql: <T>(what: string, query: string, variables: Parameters) =>
      told(what, octokit.graphql<T>(query, { ...at, ...variables })),
    download: (what, route) =>
      downloaded(http, what, {
        url: `${octokit.request.endpoint(place(route), at).url}`,
        headers: { authorization: `token ${token}`, 'user-agent': agent },
      }),
    close: () => http.close(),
  };
}

async function downloaded(
  { download }: LibraryFetch,
  what: string,
  from: { readonly url: string; readonly headers: Record<string, string> },
): Promise<Uint8Array> {
  const first = await download(from.url, from.headers);
  const { location } = first;
  const moved = first.status >= 300 && first.status < 400 && location !== null;
  // The address is signed, and for this file alone: whoever has it needs no token, and gets none.
  const last = moved ? await download(fileUrl(location).href, {}) : first;
  if (last.status === 200) return last.bytes;
  throw forgeFailure({ what, status: last.status, cause: undefined });
}

const SILENT: Octokit['log'] = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** What Octokit cannot be told by throwing: it would try again. */
const REDIRECTED = 'x-muster-redirected';

function unredirected(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (url, init) => {
    const answer = await fetch(url, init);
    const { status } = answer;
    if (status < 300 || status >= 400 || status === 304) return answer;
    return new Response('{}', {
      status: 422,
      headers: { 'content-type': 'application/json', [REDIRECTED]: String(status) },
    });
  };
}

async function told<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw forgeFailure({ what, ...understood(cause), cause: musterErrorIn(cause) ?? cause });
  }
}

interface Understood {
  readonly status?: number | undefined;
  readonly said?: string | undefined;
}

/** Octokit wraps what its `fetch` throws, and says 500 of it. */
function musterErrorIn(error: unknown): MusterError | undefined {
  const inner = (Object(error) as { cause?: unknown }).cause;
  if (inner instanceof MusterError) return inner;
  return error instanceof MusterError ? error : undefined;
}

function understood(error: unknown): Understood {
  const { status, response, errors } = Object(error) as {
    readonly status?: number;
    readonly response?: {
      readonly data?: { readonly message?: unknown };
      readonly headers?: Readonly<Record<string, string>>;
    };
    readonly errors?: readonly { readonly message?: string; readonly type?: string }[];
  };
  if (Array.isArray(errors)) {
    const [first] = errors;
    return { status: GRAPHQL[first?.type ?? ''] ?? 422, said: first?.message };
  }
  const message = response?.data?.message;
  if (response === undefined) return {};
  const redirected = response.headers?.[REDIRECTED];
  if (redirected !== undefined) return { status: Number(redirected) };
  return { status, said: typeof message === 'string' ? message : undefined };
}

const GRAPHQL: Readonly<Record<string, number>> = { NOT_FOUND: 404, FORBIDDEN: 403 };
