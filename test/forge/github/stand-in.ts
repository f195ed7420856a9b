/** GitHub as muster meets it, in memory: every request and answer is held to GitHub's own published types. */
import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { buildSchema, graphql } from 'graphql';
import { type Described, describedApi, merged } from '../api.ts';
import { type Answered, type Asked, type Server, serve } from '../server.ts';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const API = describedApi(JSON.parse(read('api.json')) as Described);
const SCHEMA = buildSchema(read('schema.graphql'));

export interface Comment {
  readonly id: number;
  readonly number: number;
  body: string;
  readonly author: string;
  editor: string | null;
  minimized: boolean;
  edits: number;
}

export interface Pull {
  readonly number: number;
  title: string;
  body: string;
  head: { readonly ref: string; sha: string };
  readonly base: { readonly ref: string; sha: string };
  state: 'open' | 'closed';
  merged_at: string | null;
  labels: string[];
  commits: { readonly sha: string; readonly message: string }[];
  /** The commits on the base that it was merged as. */
  mergedAs: string[];
}

interface Issue {
  readonly number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  readonly author: string;
  readonly labels: readonly string[];
}

interface CheckRun {
  readonly id: number;
  name: string;
  head_sha: string;
  conclusion: string;
  output: { title: string; summary: string; annotations: Record<string, unknown>[] };
}

/** What a job kept: files by name. */
interface Artifact {
  readonly name: string;
  readonly head: string;
  readonly files: Readonly<Record<string, string>>;
  readonly expired?: boolean;
}

const WEB = 'https://github.example/acme/skills';
const ME = 'github-actions';

export type GithubStandIn = Awaited<ReturnType<typeof githubStandIn>>;

export async function githubStandIn() {
  const state = {
    ids: 0,
    comments: [] as Comment[],
    pulls: new Map<number, Pull>(),
    issues: [] as Issue[],
    checks: [] as CheckRun[],
    artifacts: [] as Artifact[],
    branches: new Map<string, string>(),
    trees: new Map<string, unknown>(),
    /** What did not fit the published types. */
    violations: [] as string[],
    /** Routes, by their first words, that the token may not use. */
    forbidden: [] as string[],
  };
  const server: Server = await serve((asked) => answer(state, asked));
  return {
    ...{ url: server.url, asked: server.asked, state, fail: server.fail, close: server.close },
    pull(number: number, over: Partial<Pull> & Pick<Pull, 'head' | 'base'>): Pull {
      const made: Pull = {
        ...{ number, title: 'A change', body: '', state: 'open', merged_at: null },
        ...{ labels: [], commits: [], mergedAs: [], ...over },
      };
      state.pulls.set(number, made);
      return made;
    },
    comment(number: number, body: string, author: string): Comment {
      const made = newComment(state, { number, body, author });
      return made;
    },
    /** What only muster's own requests may have said. */
    bytes: () => server.asked.map(({ path, text }) => `${path}\n${text}`).join('\n'),
    env: (event: object = {}) => ({
      GITHUB_ACTIONS: 'true',
      GITHUB_API_URL: server.url,
      GITHUB_SERVER_URL: 'https://github.example',
      GITHUB_REPOSITORY: 'acme/skills',
      GITHUB_RUN_ID: '7',
      GITHUB_TOKEN: 'forge-token',
      ...event,
    }),
  };
}

type State = Awaited<ReturnType<typeof githubStandIn>>['state'];

/** Where archives really are: an address that is signed, and that no token may come to. */
function blob(state: State, { path, query, headers }: Asked): Answered | undefined {
  const id = /^\/blobs\/(\d+)$/.exec(path)?.[1];
  if (id === undefined) return undefined;
  if (headers.authorization !== undefined)
    state.violations.push('A blob was asked for with a token.');
  const artifact = state.artifacts[Number(id)];
  if (artifact === undefined || query.get('signature') !== 'x') return { status: 403 };
  const files = Object.entries(artifact.files).map(([name, text]) => [name, strToU8(text)]);
  return { status: 200, bytes: zipSync(Object.fromEntries(files)) };
}

async function answer(state: State, asked: Asked): Promise<Answered> {
  const stored = blob(state, asked);
  if (stored !== undefined) return stored;
  if (
    asked.headers.authorization === undefined ||
    !asked.headers.authorization.endsWith('forge-token')
  ) {
    return { status: 401, body: { message: 'Bad credentials' } };
  }
  if (asked.path === '/graphql') return question(state, asked);
  const route = API.route(asked.method, asked.path);
  if (route === undefined) {
    state.violations.push(`There is no route ${asked.method} ${asked.path}.`);
    return { status: 404, body: { message: 'Not Found' } };
  }
  if (state.forbidden.some((name) => route.name.startsWith(name))) {
    return { status: 403, body: { message: 'Resource not accessible by integration' } };
  }
  const wrong = API.request(route.name, asked.body, asked.query.keys());
  if (wrong !== undefined) state.violations.push(wrong);
  const handled = HANDLERS[route.name]?.(state, {
    body: Object(asked.body) as Body,
    query: asked.query,
    at: route.parameters,
    name: route.name,
    origin: `http://${asked.headers.host}`,
  });
  if (handled === undefined) return { status: 404, body: { message: 'Not Found' } };
  if (handled.bytes !== undefined) return handled;
  const misfit = API.answer(route.name, handled.status, handled.body);
  if (misfit !== undefined) state.violations.push(`${route.name}: ${misfit}`);
  return handled;
}

type Body = Record<string, never> & Record<string, unknown>;

interface Call {
  readonly body: Body;
  readonly query: URLSearchParams;
  readonly at: Readonly<Record<string, string>>;
  readonly name: string;
  readonly origin: string;
}

type Handler = (state: State, call: Call) => Answered | undefined;

const R = '/repos/{owner}/{repo}';

const fitting = (call: Call, status: number, over: object): Answered => ({
  status,
  body: API.sample(call.name, status, over),
});

/** A list of what fits the route's answer, page by page. */
function pages(call: Call, all: readonly object[]): Answered {
  const size = Number(call.query.get('per_page') ?? 30);
  const page = Number(call.query.get('page') ?? 1);
  const rest = all.length > size * page;
  const next = new URLSearchParams(call.query);
  next.set('page', String(page + 1));
  const path = call.name
    .slice(call.name.indexOf(' ') + 1)
    .replace(/\{(\w+)\}/g, (_, name: string) => call.at[name] ?? '');
  return {
    status: 200,
    body: all.slice(size * (page - 1), size * page),
    ...(rest ? { headers: { link: `<https://forge.example${path}?${next}>; rel="next"` } } : {}),
  };
}

function newComment(
  state: State,
  { number, body, author }: Pick<Comment, 'number' | 'body' | 'author'>,
): Comment {
  state.ids += 1;
  const id = 1000 + state.ids;
  const made = { id, number, body, author, editor: null, minimized: false, edits: 0 };
  state.comments.push(made);
  return made;
}

const asComment = (call: Call, status: number, { id, number, body }: Comment) =>
  fitting(call, status, {
    id,
    body,
    html_url: `${WEB}/pull/${number}#issuecomment-${id}`,
    author_association: 'NONE',
  });

const asPull = (call: Call, status: number, pull: Pull) => fitting(call, status, pullOf(pull));
const pullOf = ({ number, title, body, state, merged_at, labels, head, base }: Pull) => ({
  ...{ number, title, body, state, merged_at, head, base },
  html_url: `${WEB}/pull/${number}`,
  labels: labels.map((name) => ({ ...LABEL, name })),
});
const LABEL = { id: 1, node_id: 'x', url: 'x', description: 'x', color: 'ededed', default: false };

/** One item of a list, from the least that fits a single one. */
const item = (over: object, like: string, status = 200) =>
  merged(API.sample(like, status, {}), over);
const ONE_PULL = `GET ${R}/pulls/{pull_number}`;
const simple = (pull: Pull) => {
  const made = item(pullOf(pull), ONE_PULL);
  return { ...made, assignees: [], requested_reviewers: [], requested_teams: [], _links: LINKS };
};
const LINKS = Object.fromEntries(
  [
    'comments',
    'commits',
    'statuses',
    'html',
    'issue',
    'review_comments',
    'review_comment',
    'self',
  ].map((name) => [name, { href: 'x' }]),
);

const HANDLERS: Readonly<Record<string, Handler>> = {
  [`POST ${R}/issues/{issue_number}/comments`]: (state, call) =>
    asComment(
      call,
      201,
      newComment(state, {
        number: Number(call.at.issue_number),
        body: String(call.body.body),
        author: ME,
      }),
    ),
  [`PATCH ${R}/issues/comments/{comment_id}`]: (state, call) => {
    const found = state.comments.find(({ id }) => String(id) === call.at.comment_id);
    if (found === undefined) return undefined;
    Object.assign(found, { body: call.body.body, editor: ME, edits: found.edits + 1 });
    return asComment(call, 200, found);
  },
  [`DELETE ${R}/issues/comments/{comment_id}`]: (state, call) => {
    const at = state.comments.findIndex(({ id }) => String(id) === call.at.comment_id);
    if (at < 0) return undefined;
    state.comments.splice(at, 1);
    return { status: 204 };
  },
  [`POST ${R}/issues/{issue_number}/labels`]: (state, call) => {
    const pull = state.pulls.get(Number(call.at.issue_number));
    if (pull === undefined) return undefined;
    pull.labels.push(...(call.body.labels as unknown as string[]));
    return { status: 200, body: pull.labels.map((name) => ({ ...LABEL, name })) };
  },
  [`DELETE ${R}/issues/{issue_number}/labels/{name}`]: (state, call) => {
    const pull = state.pulls.get(Number(call.at.issue_number));
    if (pull === undefined || !pull.labels.includes(call.at.name ?? '')) return undefined;
    pull.labels = pull.labels.filter((name) => name !== call.at.name);
    return { status: 200, body: pull.labels.map((name) => ({ ...LABEL, name })) };
  },
  [`POST ${R}/issues`]: (state, call) => {
    const { title, body, labels } = call.body as unknown as Issue;
    const number = 500 + state.issues.length;
    const made: Issue = { number, title, body, labels, state: 'open', author: ME };
    state.issues.push(made);
    return asIssue(call, 201, made);
  },
  [`PATCH ${R}/issues/{issue_number}`]: (state, call) => {
    const found = state.issues.find(({ number }) => String(number) === call.at.issue_number);
    if (found === undefined) return undefined;
    Object.assign(found, call.body);
    return asIssue(call, 200, found);
  },
  [ONE_PULL]: (state, call) => {
    const pull = state.pulls.get(Number(call.at.pull_number));
    return pull && asPull(call, 200, pull);
  },
  [`GET ${R}/pulls`]: (state, call) => {
    const [, branch] = (call.query.get('head') ?? '').split(':');
    const found = [...state.pulls.values()].filter(
      (pull) => pull.state === call.query.get('state') && pull.head.ref === branch,
    );
    return pages(call, found.map(simple));
  },
  [`POST ${R}/pulls`]: (state, call) => {
    const { title, body, head, base } = call.body as unknown as Record<string, string>;
    const number = 1 + Math.max(0, ...state.pulls.keys());
    const sha = state.branches.get(`refs/heads/${head}`) ?? '';
    const made: Pull = {
      ...{
        number,
        title: title ?? '',
        body: body ?? '',
        state: 'open',
        merged_at: null,
        labels: [],
      },
      ...{ head: { ref: head ?? '', sha }, base: { ref: base ?? '', sha: '0'.repeat(40) } },
      ...{ commits: [], mergedAs: [] },
    };
    state.pulls.set(number, made);
    return asPull(call, 201, made);
  },
  [`PATCH ${R}/pulls/{pull_number}`]: (state, call) => {
    const pull = state.pulls.get(Number(call.at.pull_number));
    if (pull === undefined) return undefined;
    Object.assign(pull, call.body);
    return asPull(call, 200, pull);
  },
  [`GET ${R}/pulls/{pull_number}/commits`]: (state, call) => {
    const pull = state.pulls.get(Number(call.at.pull_number));
    return (
      pull &&
      pages(
        call,
        pull.commits.map(({ sha, message }) => commitOf(sha, message)),
      )
    );
  },
  [`GET ${R}/commits/{commit_sha}/pulls`]: (state, call) => {
    const { commit_sha: sha = '' } = call.at;
    const found = [...state.pulls.values()].filter(
      ({ mergedAs, commits }) => mergedAs.includes(sha) || commits.some((one) => one.sha === sha),
    );
    return pages(call, found.map(simple));
  },
  [`GET ${R}/actions/artifacts`]: (state, call) => {
    const found = state.artifacts.flatMap(({ name, head, expired = false }, id) => {
      if (name !== call.query.get('name')) return [];
      const run = { id: 1, repository_id: 1, head_repository_id: 1, head_branch: 'pr' };
      return {
        ...{ id, node_id: 'x', name, size_in_bytes: 1, url: 'x', archive_download_url: 'x' },
        ...{ expired, created_at: null, expires_at: null, updated_at: null },
        workflow_run: { ...run, head_sha: head },
      };
    });
    return { status: 200, body: { total_count: found.length, artifacts: found } };
  },
  [`GET ${R}/actions/artifacts/{artifact_id}/{archive_format}`]: (_, call) => ({
    status: 302,
    bytes: new Uint8Array(),
    headers: { location: `${call.origin}/blobs/${call.at.artifact_id}?signature=x` },
  }),
  [`POST ${R}/check-runs`]: (state, call) => {
    const { name, head_sha, conclusion, output } = call.body as unknown as CheckRun;
    const made: CheckRun = { id: 70 + state.checks.length, name, head_sha, conclusion, output };
    if (output.annotations.length > 50) return { status: 422, body: { message: 'Too many' } };
    state.checks.push(made);
    return fitting(call, 201, { id: made.id, name, head_sha, status: 'completed', conclusion });
  },
  [`PATCH ${R}/check-runs/{check_run_id}`]: (state, call) => {
    const found = state.checks.find(({ id }) => String(id) === call.at.check_run_id);
    if (found === undefined) return undefined;
    const { output } = call.body as unknown as CheckRun;
    found.output.annotations.push(...output.annotations);
    return fitting(call, 200, { id: found.id, status: 'completed', conclusion: found.conclusion });
  },
  [`GET ${R}/git/commits/{commit_sha}`]: (_, call) =>
    fitting(call, 200, { sha: call.at.commit_sha, tree: { sha: 'a'.repeat(40) } }),
  [`POST ${R}/git/trees`]: (state, call) => {
    const sha = `${state.trees.size + 1}`.padStart(40, 'b');
    state.trees.set(sha, call.body);
    return fitting(call, 201, { sha });
  },
  [`POST ${R}/git/commits`]: (state, call) => {
    const sha = `${state.trees.size}`.padStart(40, 'c');
    return fitting(call, 201, { sha, message: call.body.message });
  },
  [`GET ${R}/git/matching-refs/{ref}`]: (state, call) =>
    pages(
      call,
      [...state.branches]
        .filter(([ref]) => ref.startsWith(`refs/${call.at.ref}`))
        .map(([ref, sha]) => refOf(ref, sha)),
    ),
  [`POST ${R}/git/refs`]: (state, call) => {
    const { ref, sha } = call.body as unknown as Record<string, string>;
    state.branches.set(ref ?? '', sha ?? '');
    return { status: 201, body: refOf(ref ?? '', sha ?? '') };
  },
  [`PATCH ${R}/git/refs/{ref}`]: (state, call) => {
    const ref = `refs/${call.at.ref}`;
    if (!state.branches.has(ref)) return undefined;
    state.branches.set(ref, String(call.body.sha));
    return { status: 200, body: refOf(ref, String(call.body.sha)) };
  },
};

const refOf = (ref: string, sha: string) => ({
  ...{ ref, node_id: 'x', url: 'x' },
  object: { type: 'commit', sha, url: 'x' },
});

const commitOf = (sha: string, message: string) => ({
  ...{
    sha,
    node_id: 'x',
    url: 'x',
    html_url: 'x',
    comments_url: 'x',
    author: null,
    committer: null,
  },
  parents: [],
  commit: {
    ...{ url: 'x', message, comment_count: 0, author: null, committer: null },
    tree: { sha: 'a'.repeat(40), url: 'x' },
  },
});

const asIssue = (call: Call, status: number, { number, title, body, state }: Issue) =>
  fitting(call, status, {
    number,
    title,
    body,
    state,
    html_url: `${WEB}/issues/${number}`,
    author_association: 'NONE',
  });

const actor = (login: string | null) => (login === null ? null : { __typename: 'Account', login });

async function question(state: State, { body }: Asked): Promise<Answered> {
  const { query, variables } = body as { query: string; variables: Record<string, unknown> };
  const result = await graphql({
    schema: SCHEMA,
    source: query,
    variableValues: variables,
    rootValue: { repository: () => repositoryOf(state) },
  });
  if (result.errors !== undefined) {
    state.violations.push(...result.errors.map(({ message }) => message));
    return { status: 200, body: { data: null, errors: result.errors } };
  }
  return { status: 200, body: result };
}

function repositoryOf(state: State) {
  return {
    pullRequest: ({ number }: { number: number }) => ({
      comments: (page: Page) =>
        connection(
          page,
          state.comments
            .filter((one) => one.number === number)
            .map(({ id, body, author, editor, minimized }) => ({
              ...{ databaseId: id, body, url: `${WEB}/pull/${number}#issuecomment-${id}` },
              ...{ viewerDidAuthor: author === ME, isMinimized: minimized },
              ...{ author: actor(author), editor: actor(editor) },
            })),
        ),
    }),
    issues: ({ labels, ...page }: Page & { labels: string[] }) =>
      connection(
        page,
        state.issues
          .filter((issue) => labels.some((label) => issue.labels.includes(label)))
          .reverse()
          .map(({ author, state: open, ...issue }) => ({
            ...{ ...issue, state: open.toUpperCase(), viewerDidAuthor: author === ME },
            url: `${WEB}/issues/${issue.number}`,
          })),
      ),
  };
}

interface Page {
  readonly first: number;
  readonly after?: string | null;
}

function connection({ first, after }: Page, all: readonly object[]) {
  const from = Number(after ?? 0);
  const hasNextPage = all.length > from + first;
  return {
    nodes: all.slice(from, from + first),
    pageInfo: { hasNextPage, endCursor: String(from + first) },
  };
}
