/** GitLab as muster meets it, in memory: every request and answer is held to what its reference says. */
import { buildSchema, graphql } from 'graphql';
import { describedApi } from '../api.ts';
import { type Answered, type Asked, serve } from '../server.ts';
import { GITLAB, GITLAB_GRAPHQL } from './api.ts';

const API = describedApi(GITLAB);
const SCHEMA = buildSchema(GITLAB_GRAPHQL);

interface Note {
  readonly id: number;
  readonly iid: number;
  body: string;
  readonly author: number;
  editor: number | null;
  readonly system: boolean;
}

export interface Merge {
  readonly iid: number;
  title: string;
  description: string;
  state: 'opened' | 'closed' | 'merged';
  sha: string;
  readonly source_branch: string;
  readonly target_branch: string;
  labels: string[];
  readonly diff_refs: { readonly base_sha: string };
  readonly commits: readonly { readonly id: string; readonly message: string }[];
  readonly mergedAs: readonly string[];
}

interface Issue {
  readonly iid: number;
  title: string;
  description: string;
  state: 'opened' | 'closed';
  readonly author: number;
  readonly labels: string[];
}

const WEB = 'https://gitlab.example/acme/skills';
const ME = 1;
export const OTHER = 2;

export type GitlabStandIn = Awaited<ReturnType<typeof gitlabStandIn>>;

export async function gitlabStandIn() {
  const state = {
    ids: 0,
    notes: [] as Note[],
    merges: new Map<number, Merge>(),
    issues: [] as Issue[],
    statuses: [] as (Record<string, unknown> & { readonly sha: string })[],
    commits: [] as Record<string, unknown>[],
    /** Each in a pipeline of its own, which has another job that keeps nothing. */
    jobs: [] as { readonly sha: string; readonly org: string; readonly text: string }[],
    violations: [] as string[],
    forbidden: [] as string[],
  };
  const server = await serve((asked) => answer(state, asked));
  return {
    ...{ url: server.url, asked: server.asked, state, fail: server.fail, close: server.close },
    merge(iid: number, over: Partial<Merge> & Pick<Merge, 'sha' | 'diff_refs'>): Merge {
      const made: Merge = {
        ...{ iid, title: 'A change', description: '', state: 'opened', source_branch: 'mr' },
        ...{ target_branch: 'main', labels: [], commits: [], mergedAs: [], ...over },
      };
      state.merges.set(iid, made);
      return made;
    },
    note: (iid: number, body: string, system = false): Note =>
      newNote(state, { iid, body, author: OTHER, system }),
    bytes: () => server.asked.map(({ path, text }) => `${path}\n${text}`).join('\n'),
    env: (more: object = {}) => ({
      GITLAB_CI: 'true',
      CI_API_V4_URL: `${server.url}/api/v4`,
      CI_PROJECT_PATH: 'acme/skills',
      CI_PROJECT_URL: WEB,
      CI_JOB_URL: `${WEB}/-/jobs/7`,
      GITLAB_TOKEN: 'forge-token',
      ...more,
    }),
  };
}

type State = Awaited<ReturnType<typeof gitlabStandIn>>['state'];

async function answer(state: State, asked: Asked): Promise<Answered> {
  const { headers } = asked;
  const token = headers['private-token'] ?? headers['job-token'] ?? headers.authorization?.slice(7);
  if (token !== 'forge-token') return { status: 401, body: { message: '401 Unauthorized' } };
  if (asked.path === '/api/graphql') return question(state, asked);
  const route = API.route(asked.method, asked.path.replace('/api/v4', ''));
  if (route === undefined) {
    state.violations.push(`There is no route ${asked.method} ${asked.path}.`);
    return { status: 404, body: { error: '404 Not Found' } };
  }
  if (state.forbidden.some((name) => route.name.startsWith(name))) {
    return { status: 403, body: { message: '403 Forbidden' } };
  }
  const wrong = API.request(route.name, asked.body, asked.query.keys());
  if (wrong !== undefined) state.violations.push(wrong);
  if (route.parameters.id !== undefined && route.parameters.id !== 'acme/skills') return NOT_FOUND;
  const { query } = asked;
  const handled = HANDLERS[route.name]?.(state, {
    at: route.parameters,
    body: Object(asked.body),
    query,
  });
  if (handled === undefined) return NOT_FOUND;
  if (handled.bytes !== undefined) return handled;
  const misfit = API.answer(route.name, handled.status, handled.body);
  if (misfit !== undefined) state.violations.push(`${route.name}: ${misfit}`);
  return handled;
}

const NOT_FOUND: Answered = { status: 404, body: { message: '404 Not found' } };

interface Call {
  readonly at: Readonly<Record<string, string>>;
  readonly body: Record<string, string>;
  readonly query: URLSearchParams;
}

type Handler = (state: State, call: Call) => Answered | undefined;

const P = '/projects/{id}';

function newNote(
  state: State,
  { iid, body, author, system = false }: Partial<Note> & Pick<Note, 'iid' | 'body' | 'author'>,
): Note {
  state.ids += 1;
  const made: Note = { id: state.ids, iid, body, author, system, editor: null };
  state.notes.push(made);
  return made;
}

const noteOf = ({ id, iid, body, author, system }: Note) => ({
  ...{ id, body, system, noteable_iid: iid, noteable_type: 'MergeRequest' },
  ...{ author: { id: author }, created_at: 'x', updated_at: 'x' },
});

const mergeOf = ({ commits: _commits, mergedAs: _mergedAs, ...merge }: Merge) => ({
  ...merge,
  web_url: `${WEB}/-/merge_requests/${merge.iid}`,
});

const issueOf = ({ author, ...issue }: Issue) => ({
  ...issue,
  author: { id: author },
  web_url: `${WEB}/-/issues/${issue.iid}`,
});

/** GitLab tells the next page in a link. */
function pages({ query }: Call, all: readonly object[]): Answered {
  const size = Number(query.get('per_page') ?? 20);
  const page = Number(query.get('page') ?? 1);
  const next = new URLSearchParams(query);
  next.set('page', String(page + 1));
  const more = all.length > size * page;
  return {
    status: 200,
    body: all.slice(size * (page - 1), size * page),
    ...(more ? { headers: { link: `<https://forge.example/?${next}>; rel="next"` } } : {}),
  };
}

const mergeAt = ({ merges }: State, { at }: Call) => merges.get(Number(at.iid));
const listed = (text = '') => text.split(',').filter((name) => name !== '');

const HANDLERS: Readonly<Record<string, Handler>> = {
  'GET /user': () => ({ status: 200, body: { id: ME, username: 'muster' } }),
  [`GET ${P}`]: () => ({ status: 200, body: { path_with_namespace: 'acme/skills' } }),
  [`GET ${P}/merge_requests/{iid}`]: (state, call) => {
    const merge = mergeAt(state, call);
    return merge && { status: 200, body: mergeOf(merge) };
  },
  [`PUT ${P}/merge_requests/{iid}`]: (state, call) => {
    const merge = mergeAt(state, call);
    if (merge === undefined) return undefined;
    const { add_labels: add, remove_labels: remove, labels, title, description } = call.body;
    const kept = labels === undefined ? merge.labels : listed(labels);
    merge.labels = [...new Set([...kept, ...listed(add)])].filter(
      (one) => !listed(remove).includes(one),
    );
    Object.assign(merge, {
      title: title ?? merge.title,
      description: description ?? merge.description,
    });
    return { status: 200, body: mergeOf(merge) };
  },
  [`GET ${P}/merge_requests`]: (state, call) =>
    pages(
      call,
      [...state.merges.values()]
        .filter((one) => one.source_branch === call.query.get('source_branch'))
        .map(mergeOf),
    ),
  [`POST ${P}/merge_requests`]: (state, { body }) => {
    const iid = 1 + Math.max(0, ...state.merges.keys());
    const made: Merge = {
      ...{ iid, title: body.title ?? '', description: body.description ?? '', state: 'opened' },
      ...{ sha: '9'.repeat(40), labels: listed(body.labels), commits: [], mergedAs: [] },
      ...{ source_branch: body.source_branch ?? '', target_branch: body.target_branch ?? '' },
      diff_refs: { base_sha: '8'.repeat(40) },
    };
    state.merges.set(iid, made);
    return { status: 201, body: mergeOf(made) };
  },
  [`GET ${P}/merge_requests/{iid}/commits`]: (state, call) => {
    const merge = mergeAt(state, call);
    return merge && pages(call, [...merge.commits].reverse());
  },
  [`GET ${P}/merge_requests/{iid}/notes`]: (state, call) =>
    pages(call, state.notes.filter(({ iid }) => String(iid) === call.at.iid).map(noteOf)),
  [`POST ${P}/merge_requests/{iid}/notes`]: (state, { at, body }) => ({
    status: 201,
    body: noteOf(newNote(state, { iid: Number(at.iid), body: body.body ?? '', author: ME })),
  }),
  [`PUT ${P}/merge_requests/{iid}/notes/{note}`]: (state, { at, body }) => {
    const found = state.notes.find(({ id }) => String(id) === at.note);
    if (found === undefined) return undefined;
    Object.assign(found, { body: body.body, editor: ME });
    return { status: 200, body: noteOf(found) };
  },
  [`DELETE ${P}/merge_requests/{iid}/notes/{note}`]: (state, { at }) => {
    const index = state.notes.findIndex(({ id }) => String(id) === at.note);
    if (index < 0) return undefined;
    state.notes.splice(index, 1);
    return { status: 204 };
  },
  [`POST ${P}/repository/commits`]: (state, { body }) => {
    state.commits.push(body);
    return { status: 201, body: { id: '9'.repeat(40), message: body.commit_message } };
  },
  [`GET ${P}/pipelines`]: (state, call) =>
    pages(
      call,
      state.jobs.flatMap(({ sha }, id) =>
        sha === call.query.get('sha') ? [{ id: id + 1, sha, status: 'success' }] : [],
      ),
    ),
  [`GET ${P}/pipelines/{pipeline_id}/jobs`]: (_, call) => {
    const id = Number(call.at.pipeline_id) - 1;
    const kept = { id, name: 'plan', status: 'success', artifacts_file: { filename: 'a.zip' } };
    return pages(call, [kept, { id: 1000 + id, name: 'plan again', status: 'failed' }]);
  },
  [`GET ${P}/jobs/{job_id}/artifacts/{folder}/{file}`]: (state, { at }) => {
    const { org, text } = state.jobs[Number(at.job_id)] ?? {};
    if (at.folder !== 'plans' || at.file !== `${org}.json`) return undefined;
    return { status: 200, bytes: new TextEncoder().encode(text) };
  },
  [`GET ${P}/repository/commits/{sha}/merge_requests`]: (state, call) =>
    pages(
      call,
      [...state.merges.values()]
        .filter(({ mergedAs }) => mergedAs.includes(call.at.sha ?? ''))
        .map(mergeOf),
    ),
  [`POST ${P}/statuses/{sha}`]: (state, { at, body }) => {
    state.statuses.push({ ...body, sha: at.sha ?? '' });
    return { status: 201, body: { status: body.state } };
  },
  [`GET ${P}/issues`]: (state, call) =>
    pages(
      call,
      state.issues
        .filter(({ labels }) => labels.includes(call.query.get('labels') ?? ''))
        .reverse()
        .map(issueOf),
    ),
  [`POST ${P}/issues`]: (state, { body }) => {
    const iid = state.issues.length + 1;
    const { title = '', description = '', labels } = body;
    const made: Issue = {
      iid,
      title,
      description,
      state: 'opened',
      author: ME,
      labels: listed(labels),
    };
    state.issues.push(made);
    return { status: 201, body: issueOf(made) };
  },
  [`PUT ${P}/issues/{iid}`]: (state, { at, body }) => {
    const found = state.issues.find(({ iid }) => String(iid) === at.iid);
    if (found === undefined) return undefined;
    const { state_event: event, ...text } = body;
    const open = { close: 'closed', reopen: 'opened' }[event ?? ''];
    Object.assign(found, text, open === undefined ? {} : { state: open });
    return { status: 200, body: issueOf(found) };
  },
};

async function question(state: State, { body }: Asked): Promise<Answered> {
  const { query, variables } = body as { query: string; variables: Record<string, unknown> };
  const result = await graphql({
    schema: SCHEMA,
    source: query,
    variableValues: variables,
    rootValue: {
      project: ({ fullPath }: { fullPath: string }) =>
        fullPath === 'acme/skills' ? project(state) : null,
    },
  });
  if (result.errors !== undefined) {
    state.violations.push(...result.errors.map(({ message }) => message));
    return { status: 200, body: { errors: result.errors } };
  }
  return { status: 200, body: result };
}

const gid = (type: string, id: number | null) =>
  id === null ? null : { id: `gid://gitlab/${type}/${id}` };

function project(state: State) {
  return {
    mergeRequest: ({ iid }: { iid: string }) => ({
      notes: ({ first, after }: { first: number; after?: string | null }) => {
        const all = state.notes.filter((note) => String(note.iid) === iid);
        const from = Number(after ?? 0);
        return {
          nodes: all.slice(from, from + first).map((note) => ({
            ...gid('Note', note.id),
            ...{ author: gid('User', note.author), lastEditedBy: gid('User', note.editor) },
          })),
          pageInfo: { hasNextPage: all.length > from + first, endCursor: String(from + first) },
        };
      },
    }),
  };
}
