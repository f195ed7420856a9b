/** Gitbeaker over the one transport: no redirections, patience with limits, and errors that say what was asked for. */
import type { Gitlab } from '@gitbeaker/rest';
import { type LibraryFetch, libraryFetch } from '../../http/library-fetch.ts';
import type { ProxySettings } from '../../http/transport.ts';
import { fileUrl } from '../address.ts';
import { forgeFailure } from '../failure.ts';

export interface GitlabOptions {
  /** With `/api/v4` at its end. */
  readonly api: URL;
  /** The project's id, or its path. */
  readonly project: string;
  readonly token: string;
  /** A job's own token is another kind of token to GitLab, and may do less. */
  readonly tokenKind: 'private' | 'job';
  readonly proxy?: ProxySettings;
  sleep(ms: number): Promise<void>;
}

type Api = InstanceType<typeof Gitlab>;

export interface GitlabClient {
  readonly project: string;
  /** `what` is the end of "could not". */
  ask<T>(what: string, work: (api: Api) => Promise<unknown>): Promise<T>;
  graphql<T>(what: string, query: string, variables: Readonly<Record<string, unknown>>): Promise<T>;
  /** A file of the project by its path in the API, as the JSON it holds; undefined where it holds none. */
  file(what: string, path: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Thrown by the handler, and told of by `ask`. */
class Refused extends Error {
  readonly status: number;

  constructor(status: number, said: string) {
    super(said);
    this.status = status;
  }
}

const ATTEMPTS = 4;
const AGAIN = new Set([429, 502, 503]);
const LONGEST_WAIT_MS = 60_000;

export async function gitlabClient(options: GitlabOptions): Promise<GitlabClient> {
  const { api: url, project, token, tokenKind } = options;
  const [{ Gitlab: Client }, { createRequesterFn }] = await Promise.all([
    import('@gitbeaker/rest'),
    import('@gitbeaker/requester-utils'),
  ]);
  const http = libraryFetch(options.proxy);
  const root = url.href.replace(/\/api\/v4\/?$/, '');
  const api = new Client({
    host: root,
    ...(tokenKind === 'job' ? { jobToken: token } : { token }),
    requesterFn: createRequesterFn(
      async (_, given) => given,
      (path, given) => send(http, options, outgoing(path, given as unknown as Given)),
    ),
  });
  const told = async <T>(what: string, work: Promise<unknown>): Promise<T> => {
    try {
      return (await work) as T;
    } catch (cause) {
      const known = cause instanceof Refused ? { status: cause.status, said: cause.message } : {};
      throw forgeFailure({ what, ...known, cause });
    }
  };
  return {
    project,
    ask: (what, work) => told(what, work(api)),
    graphql: (what, query, variables) =>
      told(what, graphql({ http, options, root }, { query, variables })),
    file: (what, path) => told(what, fileAt({ http, options, root }, path)),
    close: () => http.close(),
  };
}

async function fileAt({ http, options, root }: Asking, path: string): Promise<unknown> {
  const { project, token, tokenKind } = options;
  const url = `${root}/api/v4/projects/${encodeURIComponent(project)}/${path}`;
  const first = await http.download(url, {
    [tokenKind === 'job' ? 'job-token' : 'private-token']: token,
  });
  const { location } = first;
  const moved = first.status >= 300 && first.status < 400 && location !== null;
  // The address is signed, and for this file alone: whoever has it needs no token, and gets none.
  const { status, bytes } = moved ? await http.download(fileUrl(location).href, {}) : first;
  if (status !== 200) throw new Refused(status, '');
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

interface Outgoing {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
}

/** What gitbeaker has made of a call. */
interface Given {
  readonly prefixUrl: string;
  readonly searchParams?: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

function outgoing(path: string, given: Given): Outgoing {
  const { prefixUrl, searchParams = '', method, headers, body } = given;
  const url = new URL(path, prefixUrl.replace(/\/?$/, '/'));
  url.search = searchParams;
  // The library sends an empty object with it, which is no part of such a call.
  return { url: url.href, method, headers, body: method === 'DELETE' ? undefined : body };
}

async function send(
  http: LibraryFetch,
  { sleep }: GitlabOptions,
  { url, body, ...init }: Outgoing,
) {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await http.fetch(url, { ...init, ...(body === undefined ? {} : { body }) });
    const { status } = answer;
    const text = await answer.text();
    if (AGAIN.has(status) && attempt < ATTEMPTS) {
      const seconds = Number(answer.headers.get('retry-after')) || 2 ** attempt;
      await sleep(Math.min(seconds * 1000, LONGEST_WAIT_MS));
      continue;
    }
    if (status >= 300) throw new Refused(status, saidIn(text));
    const parsed: unknown = text === '' ? null : JSON.parse(text);
    return { body: parsed as never, headers: Object.fromEntries(answer.headers.entries()), status };
  }
}

interface Asking {
  readonly http: LibraryFetch;
  readonly options: GitlabOptions;
  readonly root: string;
}

async function graphql({ http, options, root }: Asking, question: object): Promise<unknown> {
  const headers = { authorization: `Bearer ${options.token}`, 'content-type': 'application/json' };
  const body = JSON.stringify(question);
  const answer = await send(http, options, {
    url: `${root}/api/graphql`,
    method: 'POST',
    headers,
    body,
  });
  const { data, errors } = Object(answer.body) as {
    data?: unknown;
    errors?: { message?: string }[];
  };
  if (Array.isArray(errors)) throw new Refused(422, errors[0]?.message ?? '');
  return data;
}

function saidIn(text: string): string {
  try {
    const { message, error } = Object(JSON.parse(text)) as { message?: unknown; error?: unknown };
    const said = message ?? error ?? '';
    return typeof said === 'string' ? said : JSON.stringify(said);
  } catch {
    return '';
  }
}
