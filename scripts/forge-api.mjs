// Makes test/forge/github/api.json and schema.graphql out of GitHub's own published descriptions: the parts that muster
// uses, as types without prose. Run by hand when the adapter asks for more:
//   node scripts/forge-api.mjs .../@octokit/openapi/generated/api.github.com.json .../@octokit/graphql-schema/schema.graphql
import { readFileSync, writeFileSync } from 'node:fs';
import { buildSchema, printType } from 'graphql';

const USED = {
  '/repos/{owner}/{repo}/issues/{issue_number}/comments': ['post'],
  '/repos/{owner}/{repo}/issues/comments/{comment_id}': ['patch', 'delete'],
  '/repos/{owner}/{repo}/issues/{issue_number}/labels': ['post'],
  '/repos/{owner}/{repo}/issues/{issue_number}/labels/{name}': ['delete'],
  '/repos/{owner}/{repo}/issues': ['post'],
  '/repos/{owner}/{repo}/issues/{issue_number}': ['patch'],
  '/repos/{owner}/{repo}/pulls': ['get', 'post'],
  '/repos/{owner}/{repo}/pulls/{pull_number}': ['get', 'patch'],
  '/repos/{owner}/{repo}/pulls/{pull_number}/commits': ['get'],
  '/repos/{owner}/{repo}/commits/{commit_sha}/pulls': ['get'],
  '/repos/{owner}/{repo}/actions/artifacts': ['get'],
  '/repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}': ['get'],
  '/repos/{owner}/{repo}/check-runs': ['post'],
  '/repos/{owner}/{repo}/check-runs/{check_run_id}': ['patch'],
  '/repos/{owner}/{repo}/git/commits': ['post'],
  '/repos/{owner}/{repo}/git/commits/{commit_sha}': ['get'],
  '/repos/{owner}/{repo}/git/trees': ['post'],
  '/repos/{owner}/{repo}/git/refs': ['post'],
  '/repos/{owner}/{repo}/git/refs/{ref}': ['patch'],
  '/repos/{owner}/{repo}/git/matching-refs/{ref}': ['get'],
};

const TYPES = {
  Query: ['repository'],
  Repository: ['pullRequest', 'issues'],
  PullRequest: ['comments'],
  IssueCommentConnection: ['nodes', 'pageInfo'],
  IssueComment: ['databaseId', 'url', 'body', 'viewerDidAuthor', 'isMinimized', 'author', 'editor'],
  IssueConnection: ['nodes', 'pageInfo'],
  Issue: ['number', 'url', 'title', 'body', 'state', 'viewerDidAuthor'],
  PageInfo: ['hasNextPage', 'endCursor'],
  Actor: ['login'],
  IssueOrder: ['field', 'direction'],
  IssueOrderField: [],
  OrderDirection: [],
  IssueState: [],
  IssueFilters: [],
  IssueCommentOrder: ['field', 'direction'],
  IssueCommentOrderField: [],
  URI: [],
};

const [rest, graphql] = process.argv.slice(2);
const api = JSON.parse(readFileSync(rest, 'utf8'));
const schemas = {};

function take(name) {
  if (schemas[name] !== undefined) return;
  schemas[name] = {};
  schemas[name] = types(api.components.schemas[name]);
}

/** Without prose, and with every schema it speaks of taken along. */
function types(node) {
  if (Array.isArray(node)) return node.map(types);
  if (typeof node !== 'object' || node === null) return node;
  const kept = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === '$ref') {
      const [, group, name] = value.match(/^#\/components\/(\w+)\/(.+)$/);
      if (group !== 'schemas') return types(api.components[group][name]);
      take(name);
      kept.$ref = value;
    } else if (key === 'properties') {
      kept.properties = Object.fromEntries(Object.entries(value).map(([n, v]) => [n, types(v)]));
    } else if (!PROSE.test(key)) kept[key] = types(value);
  }
  return nullable(kept);
}

/** As JSON Schema says it. */
function nullable({ nullable: may, ...schema }) {
  if (!may) return schema;
  if (schema.enum !== undefined) schema.enum = [...schema.enum, null];
  if (schema.type !== undefined) return { ...schema, type: [schema.type, 'null'] };
  return { anyOf: [schema, { type: 'null' }] };
}

const PROSE =
  /^(?:description|title|examples?|externalDocs|deprecated|summary|x-.*|format|default)$/;
const bodyOf = (part) => types(part?.content?.['application/json']?.schema);

const routes = {};
for (const [path, methods] of Object.entries(USED)) {
  for (const method of methods) {
    const operation = api.paths[path][method];
    const answers = Object.entries(operation.responses).filter(([status]) =>
      status.startsWith('2'),
    );
    routes[`${method.toUpperCase()} ${path}`] = {
      query: (operation.parameters ?? [])
        .map((one) => (one.$ref ? api.components.parameters[one.$ref.split('/').at(-1)] : one))
        .filter((one) => one.in === 'query')
        .map((one) => one.name),
      request: bodyOf(operation.requestBody) ?? null,
      answers: Object.fromEntries(
        answers.map(([status, answer]) => [
          status,
          bodyOf(answer.$ref ? types({ $ref: answer.$ref }) : answer) ?? null,
        ]),
      ),
    };
  }
}
const from = `api.github.com of @octokit/openapi ${api.info.version}`;
writeFileSync(
  'test/forge/github/api.json',
  `${JSON.stringify({ from, routes, components: { schemas } })}\n`,
);

const schema = buildSchema(readFileSync(graphql, 'utf8'), { assumeValidSDL: true });
const known = new Set([...Object.keys(TYPES), 'String', 'Int', 'Boolean', 'ID', 'Float']);
const named = (type) => String(type).replace(/[[\]!]/g, '');
const parts = Object.entries(TYPES).map(([name, fields]) => {
  const type = schema.getType(name);
  if (!('getFields' in type)) return printType(type).replace(/"""[\s\S]*?"""\n?\s*/g, '');
  const all = Object.values(type.getFields());
  const wanted =
    fields.length === 0
      ? all.filter((f) => known.has(named(f.type)))
      : all.filter((f) => fields.includes(f.name));
  const word = String(type.constructor.name).includes('Input')
    ? 'input'
    : String(type.constructor.name).includes('Interface')
      ? 'interface'
      : 'type';
  const lines = wanted.map((field) => {
    const args = (field.args ?? []).filter((arg) => known.has(named(arg.type)));
    const given =
      args.length === 0 ? '' : `(${args.map((arg) => `${arg.name}: ${arg.type}`).join(', ')})`;
    return `  ${field.name}${given}: ${field.type}`;
  });
  return `${word} ${name} {\n${lines.join('\n')}\n}`;
});
writeFileSync(
  'test/forge/github/schema.graphql',
  `# Made by scripts/forge-api.mjs out of GitHub's public schema (@octokit/graphql-schema).\n\n${parts.join('\n\n')}\n\ntype Account implements Actor {\n  login: String!\n}\n`,
);
