/**
 * What GitLab's REST reference says of the calls that muster makes, as JSON Schema: names of parameters, and the fields of
 * answers that matter. The names of the answers' fields are tied to those of the library's types.
 */
import type {
  CommitSchema,
  ExpandedMergeRequestSchema,
  IssueSchema,
  JobSchema,
  MergeRequestNoteSchema,
  PipelineSchema,
} from '@gitbeaker/rest';
import type { Described } from '../api.ts';

const text = { type: 'string' } as const;
const number = { type: 'integer' } as const;
const maybe = { type: ['string', 'null'] } as const;

/** A body of these parameters, of which the first ones are needed. */
const body = (needed: Record<string, object>, optional: Record<string, object> = {}) => ({
  type: 'object',
  required: Object.keys(needed),
  properties: { ...needed, ...optional },
});

const answerOf =
  <T>() =>
  <K extends keyof T & string>(fields: Record<K, object>) => ({
    type: 'object',
    required: Object.keys(fields),
    properties: fields,
  });

const listOf = (items: object) => ({ type: 'array', items });

const user = { type: 'object', required: ['id'], properties: { id: number, username: text } };

const note = answerOf<MergeRequestNoteSchema>()({
  id: number,
  body: text,
  author: user,
  system: { type: 'boolean' },
  created_at: text,
  updated_at: text,
  noteable_iid: number,
  noteable_type: { const: 'MergeRequest' },
});

const merge = answerOf<ExpandedMergeRequestSchema>()({
  iid: number,
  web_url: text,
  title: text,
  description: maybe,
  state: { enum: ['opened', 'closed', 'locked', 'merged'] },
  sha: text,
  source_branch: text,
  target_branch: text,
  labels: listOf(text),
});

const pipeline = answerOf<PipelineSchema>()({ id: number, sha: text, status: text });

const job = answerOf<JobSchema>()({ id: number, name: text, status: text });

const issue = answerOf<IssueSchema>()({
  iid: number,
  web_url: text,
  title: text,
  description: text,
  state: { enum: ['opened', 'closed'] },
  author: user,
  labels: listOf(text),
});

const commit = answerOf<CommitSchema>()({ id: text, message: text });

const P = '/projects/{id}';
const PAGES = ['page', 'per_page'];

const action = {
  type: 'object',
  additionalProperties: false,
  required: ['action', 'file_path'],
  properties: {
    action: { enum: ['create', 'delete', 'move', 'update', 'chmod'] },
    file_path: text,
    content: text,
  },
};

export const GITLAB: Described = {
  components: { schemas: {} },
  routes: {
    'GET /user': { query: [], request: null, answers: { 200: user } },
    [`GET ${P}`]: {
      query: [],
      request: null,
      answers: { 200: { type: 'object', required: ['path_with_namespace'] } },
    },
    [`GET ${P}/merge_requests/{iid}`]: { query: [], request: null, answers: { 200: merge } },
    [`PUT ${P}/merge_requests/{iid}`]: {
      query: [],
      request: body(
        {},
        { title: text, description: text, labels: text, add_labels: text, remove_labels: text },
      ),
      answers: { 200: merge },
    },
    [`GET ${P}/merge_requests`]: {
      query: [...PAGES, 'state', 'source_branch', 'target_branch'],
      request: null,
      answers: { 200: listOf(merge) },
    },
    [`POST ${P}/merge_requests`]: {
      query: [],
      request: body(
        { source_branch: text, target_branch: text, title: text },
        { description: text, labels: text, remove_source_branch: { type: 'boolean' } },
      ),
      answers: { 201: merge },
    },
    [`GET ${P}/merge_requests/{iid}/commits`]: {
      query: PAGES,
      request: null,
      answers: { 200: listOf(commit) },
    },
    [`GET ${P}/merge_requests/{iid}/notes`]: {
      query: [...PAGES, 'sort', 'order_by'],
      request: null,
      answers: { 200: listOf(note) },
    },
    [`POST ${P}/merge_requests/{iid}/notes`]: {
      query: [],
      request: body({ body: text }),
      answers: { 201: note },
    },
    [`PUT ${P}/merge_requests/{iid}/notes/{note}`]: {
      query: [],
      request: body({ body: text }),
      answers: { 200: note },
    },
    [`DELETE ${P}/merge_requests/{iid}/notes/{note}`]: {
      query: [],
      request: null,
      answers: { 204: null },
    },
    [`POST ${P}/repository/commits`]: {
      query: [],
      request: body(
        { branch: text, commit_message: text, actions: listOf(action) },
        { start_sha: text, force: { type: 'boolean' } },
      ),
      answers: { 201: commit },
    },
    [`GET ${P}/repository/commits/{sha}/merge_requests`]: {
      query: PAGES,
      request: null,
      answers: { 200: listOf(merge) },
    },
    [`GET ${P}/pipelines`]: {
      query: [...PAGES, 'sha'],
      request: null,
      answers: { 200: listOf(pipeline) },
    },
    [`GET ${P}/pipelines/{pipeline_id}/jobs`]: {
      query: PAGES,
      request: null,
      answers: { 200: listOf(job) },
    },
    [`GET ${P}/jobs/{job_id}/artifacts/{folder}/{file}`]: { query: [], request: null, answers: {} },
    [`POST ${P}/statuses/{sha}`]: {
      query: [],
      request: body(
        { state: { enum: ['pending', 'running', 'success', 'failed', 'canceled', 'skipped'] } },
        {
          name: text,
          description: { type: 'string', maxLength: 255 },
          target_url: text,
          ref: text,
        },
      ),
      answers: { 201: { type: 'object', required: ['status'] } },
    },
    [`GET ${P}/issues`]: {
      query: [...PAGES, 'labels', 'state', 'order_by', 'sort'],
      request: null,
      answers: { 200: listOf(issue) },
    },
    [`POST ${P}/issues`]: {
      query: [],
      request: body({ title: text }, { description: text, labels: text }),
      answers: { 201: issue },
    },
    [`PUT ${P}/issues/{iid}`]: {
      query: [],
      request: body(
        {},
        { title: text, description: text, state_event: { enum: ['close', 'reopen'] } },
      ),
      answers: { 200: issue },
    },
  },
};

/** The part of the GraphQL API that tells who edited a note. */
export const GITLAB_GRAPHQL = `
  type Query { project(fullPath: ID!): Project }
  type Project { mergeRequest(iid: String!): MergeRequest }
  type MergeRequest { notes(after: String, first: Int): NoteConnection! }
  type NoteConnection { nodes: [Note], pageInfo: PageInfo! }
  type Note { id: NoteID!, author: UserCore, lastEditedBy: UserCore }
  type UserCore { id: UserID! }
  type PageInfo { hasNextPage: Boolean!, endCursor: String }
  scalar NoteID
  scalar UserID
`;
