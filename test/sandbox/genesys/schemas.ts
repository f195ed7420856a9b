/** The description's types as validators. They are strict: what a type does not name is wrong. */
import { Ajv, type ValidateFunction } from 'ajv';
import { description, type Schema } from './description.ts';

const LARGEST_INT32 = 2 ** 31 - 1;
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

const FORMATS = {
  int32: { type: 'number', validate: (n: number) => Math.abs(n) <= LARGEST_INT32 },
  int64: { type: 'number', validate: (n: number) => Number.isSafeInteger(n) },
  double: { type: 'number', validate: (n: number) => Number.isFinite(n) },
  'date-time': { type: 'string', validate: (t: string) => DATE_TIME.test(t) },
  // The platform's links are relative to its host.
  uri: { type: 'string', validate: (t: string) => URL.canParse(t, 'https://api.example.com') },
} as const;

const ajv = new Ajv({ strict: true, strictRequired: false, allErrors: true, formats: FORMATS });
ajv.addSchema({ $id: 'description', definitions: closed(description.definitions) as Schema });

const compiled = new Map<string, ValidateFunction>();

/** What is wrong with `value`, one plain text each. */
export function mismatches(schema: Schema, value: unknown): readonly string[] {
  const key = JSON.stringify(schema);
  const validate = compiled.get(key) ?? ajv.compile(pointed(closed(schema)) as Schema);
  compiled.set(key, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${instancePath || 'the whole'} ${message} ${JSON.stringify(params)}`,
  );
}

/** The same schema, where no object may have a field that its type does not name. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, own]) => [key, closed(own)]));
  const open = inner.type === 'object' && inner.additionalProperties === undefined;
  return open ? { ...inner, additionalProperties: false } : inner;
}

/** The same schema, its references leading into the description. */
function pointed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(pointed);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, own]) => [
      key,
      key === '$ref' ? `description${String(own)}` : pointed(own),
    ]),
  );
}
