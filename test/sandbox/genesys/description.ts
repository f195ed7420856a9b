/**
 * What the API description says of the calls that are made here: `description.json` is an extract of it without its prose.
 * What the extract leaves out stands below, with where it is from.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Schema = Readonly<Record<string, unknown>>;

/** One call. A null answer has no body; errors are told with one of these codes. */
export interface Operation {
  readonly query?: Readonly<Record<string, Schema>>;
  readonly body?: Schema;
  readonly answers: Readonly<Record<string, Schema | null>>;
  readonly errors: Readonly<Record<string, readonly string[]>>;
}

interface Description {
  /** By path, then by method. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

const extract = JSON.parse(
  readFileSync(join(import.meta.dirname, 'description.json'), 'utf8'),
) as Description;

const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });
const text: Schema = { type: 'string' };
const list = (items: Schema): Schema => ({ type: 'array', items });

/** Fields of a user that the official clients know: their type `User`. */
const USER_TOO: Readonly<Record<string, Schema>> = {
  division: { type: 'object', properties: { id: text, name: text, selfUri: text } },
  languages: list(ref('UserRoutingLanguage')),
};

const LISTING = extract.paths['/api/v2/users']?.GET as Operation;

/** Calls of the official clients' `UsersApi` and `OrganizationApi`, answered with their types. */
const CALLS_TOO: Description['paths'] = {
  '/api/v2/users/{userId}': {
    GET: {
      query: { expand: LISTING.query?.expand ?? {}, state: LISTING.query?.state ?? {} },
      answers: { 200: ref('User') },
      errors: LISTING.errors,
    },
  },
  '/api/v2/organizations/me': {
    GET: { answers: { 200: ref('Organization') }, errors: LISTING.errors },
  },
  '/api/v2/organizations/limits/namespaces/{namespaceName}': {
    GET: { answers: { 200: ref('LimitsEntityListing') }, errors: LISTING.errors },
  },
};

const TYPES_TOO: Description['definitions'] = {
  Organization: {
    type: 'object',
    required: ['version'],
    properties: {
      id: text,
      name: text,
      domain: text,
      version: { type: 'integer', format: 'int32' },
      state: text,
      selfUri: { type: 'string', format: 'uri' },
    },
  },
  LimitsEntityListing: { type: 'object', properties: { entities: list(ref('Limit')) } },
};

export const description: Description = {
  paths: { ...extract.paths, ...CALLS_TOO },
  definitions: { ...extract.definitions, ...TYPES_TOO, User: withFields('User', USER_TOO) },
};

function withFields(name: string, more: Readonly<Record<string, Schema>>): Schema {
  const schema = extract.definitions[name] ?? {};
  return { ...schema, properties: { ...(schema.properties as Schema), ...more } };
}
