/** A published description of a REST API, at work: what is asked and answered is held to it. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

type Schema = Readonly<Record<string, unknown>>;

export interface Described {
  readonly routes: Readonly<
    Record<
      string,
      {
        readonly query: readonly string[];
        readonly request: Schema | null;
        readonly answers: Readonly<Record<string, Schema | null>>;
      }
    >
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface Route {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export function describedApi(described: Described) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema({ $id: 'api', components: described.components });
  const resolved = (schema: Schema) =>
    JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"api#/components/')) as Schema;
  const patterns = Object.keys(described.routes).map((name) => {
    const [method = '', path = ''] = name.split(' ');
    const last = path.endsWith('{ref}') ? '(.+)' : '([^/]+)';
    const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
    const pattern = path.replace(/\{ref\}$/, last).replace(/\{\w+\}/g, '([^/]+)');
    return { name, method, names, pattern: new RegExp(`^${pattern}$`) };
  });
  const compiled = new Map<Schema, ValidateFunction>();
  const against = (schema: Schema, value: unknown): string | undefined => {
    const validate = compiled.get(schema) ?? ajv.compile(resolved(schema));
    compiled.set(schema, validate);
    return validate(value) ? undefined : ajv.errorsText(validate.errors, { dataVar: 'it' });
  };
  return {
    /** The route that is asked for, with the parameters of its path decoded. */
    route(method: string, path: string): Route | undefined {
      for (const one of patterns) {
        const found = one.method === method ? one.pattern.exec(path) : null;
        if (found === null) continue;
        const values = found.slice(1).map(decodeURIComponent);
        const parameters = Object.fromEntries(
          one.names.map((name, at) => [name, values[at] ?? '']),
        );
        return { name: one.name, parameters };
      }
      return undefined;
    },
    /** What is wrong with a request; undefined when nothing is. */
    request(name: string, body: unknown, query: Iterable<string>): string | undefined {
      const route = described.routes[name];
      const unknown = [...query].filter((one) => !route?.query.includes(one));
      if (unknown.length > 0) return `${name} has no query parameter ${unknown.join(', ')}`;
      if (!route?.request) return body === undefined ? undefined : `${name} takes no body`;
      const extra = Object.keys(Object(body)).filter((key) => !knows(route.request, key));
      if (extra.length > 0) return `${name} knows no ${extra.join(', ')}`;
      return against(route.request, body);
    },
    answer(name: string, status: number, body: unknown): string | undefined {
      const schema = described.routes[name]?.answers[status];
      if (schema === undefined) return `${name} never answers ${status}`;
      return schema === null ? undefined : against(schema, body);
    },
    /** The least that fits the answer, with `over` in it. */
    sample(name: string, status: number, over: object): Record<string, unknown> {
      const schema = described.routes[name]?.answers[status];
      const made = least(schema ?? {}, described) as object;
      return merged(made, over);
    },
  };
}

/** Whether a schema, or one it is made of, has a property. */
function knows(schema: Schema | null, key: string): boolean {
  if (schema === null) return false;
  const { properties, oneOf, anyOf, allOf } = schema as Record<string, Schema[] | Schema>;
  const parts = [oneOf, anyOf, allOf].flatMap((all) => (Array.isArray(all) ? all : []));
  const typed = Array.isArray(schema.type) ? schema.type : [schema.type];
  if (properties !== undefined && Object.hasOwn(properties, key)) return true;
  if (parts.length === 0) return properties === undefined && !typed.includes('object');
  return parts.some((part) => knows(part, key));
}

export function merged(made: object, over: object): Record<string, unknown> {
  const result: Record<string, unknown> = { ...made };
  for (const [key, value] of Object.entries(over)) {
    const before = result[key];
    const both = isPlain(before) && isPlain(value);
    result[key] = both ? merged(before, value) : value;
  }
  return result;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function least(schema: Schema, described: Described): unknown {
  if (typeof schema.$ref === 'string') {
    return least(
      described.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {},
      described,
    );
  }
  const choices = (schema.oneOf ?? schema.anyOf) as Schema[] | undefined;
  if (choices !== undefined && schema.properties === undefined)
    return least(choices[0] ?? {}, described);
  if (Array.isArray(schema.allOf)) {
    return (schema.allOf as Schema[]).reduce<object>(
      (all, part) => merged(all, Object(least(part, described))),
      {},
    );
  }
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  if (types.includes('null')) return null;
  switch (types[0]) {
    case 'array':
      return [];
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return false;
    case 'string':
      return 'x';
    default:
      return leastObject(schema, described);
  }
}

function leastObject(schema: Schema, described: Described): object {
  const properties = Object(schema.properties) as Record<string, Schema>;
  const required = (schema.required ?? []) as string[];
  return Object.fromEntries(
    required.map((name) => [name, least(properties[name] ?? {}, described)]),
  );
}
