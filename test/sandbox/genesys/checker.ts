/**
 * Holds every request to a Genesys Cloud sandbox, and every answer from it, against the API description: paths, parameters,
 * bodies, statuses, codes, and the fields and types of what is told.
 */
import { keyed } from '../../../src/model/assignment.ts';
import type { Exchange } from '../../../src/sandbox/options.ts';
import { description, type Operation, type Schema } from './description.ts';
import { mismatches } from './schemas.ts';

const SIGN_IN = '/oauth/token';

export interface Checker {
  /** For the sandbox's option of this name. */
  watch(exchange: Exchange): void;
  /** What was found wrong so far. */
  readonly wrong: readonly string[];
  /** How often each call was made, by method and path. */
  readonly calls: Readonly<Record<string, number>>;
}

export function createChecker(): Checker {
  const wrong: string[] = [];
  const calls = keyed<number>();
  return {
    wrong,
    calls,
    watch(exchange) {
      const { method, path, search } = exchange.call;
      if (path === SIGN_IN) return;
      const found = operationOf(exchange.call);
      const name = `${method} ${found?.path ?? path}`;
      calls[name] = (calls[name] ?? 0) + 1;
      const told = found === undefined ? ['is not described'] : check(found.operation, exchange);
      wrong.push(...told.map((why) => `${method} ${path}${search && '?'}${search}: ${why}`));
    },
  };
}

function check(operation: Operation, exchange: Exchange): readonly string[] {
  return [...requestFaults(operation, exchange), ...answerFaults(operation, exchange)];
}

interface Found {
  readonly path: string;
  readonly operation: Operation;
}

/** Literal segments before parameters, as the platform routes. */
function operationOf({ method, path }: Exchange['call']): Found | undefined {
  const found = Object.keys(description.paths)
    .filter((own) => new RegExp(`^${own.replace(/\{\w+\}/g, '[^/]+')}$`).test(path))
    .sort((a, b) => a.split('{').length - b.split('{').length)
    .find((own) => description.paths[own]?.[method] !== undefined);
  const operation = found === undefined ? undefined : description.paths[found]?.[method];
  return found === undefined || operation === undefined ? undefined : { path: found, operation };
}

function requestFaults(operation: Operation, { call }: Exchange): readonly string[] {
  const faults: string[] = [];
  for (const name of new Set(call.query.keys())) {
    const schema = operation.query?.[name];
    if (schema === undefined) faults.push(`there is no parameter ${name}`);
    else faults.push(...parameterFaults(name, schema, call.query.getAll(name)));
  }
  if (operation.body === undefined) {
    if (call.body !== '') faults.push('it has a body');
    return faults;
  }
  if (!/^application\/json\b/.test(call.headers['content-type'] ?? '')) {
    faults.push(`its type is ${call.headers['content-type']}`);
  }
  return [...faults, ...bodyFaults('the request', operation.body, call.body)];
}

/** An array may be repeated or joined by commas. */
function parameterFaults(
  name: string,
  schema: Schema,
  values: readonly string[],
): readonly string[] {
  const isArray = schema.type === 'array';
  const value = isArray ? values.flatMap((text) => text.split(',')) : values[0];
  const typed = schema.type === 'integer' ? Number(value) : value;
  const faults = mismatches(schema, typed).map((why) => `parameter ${name}: ${why}`);
  return !isArray && values.length > 1 ? [...faults, `parameter ${name} is repeated`] : faults;
}

function bodyFaults(whose: string, schema: Schema, text: string): readonly string[] {
  try {
    return mismatches(schema, JSON.parse(text)).map((why) => `${whose}: ${why}`);
  } catch {
    return [`${whose}: is not JSON`];
  }
}

function answerFaults(operation: Operation, { answer, fault }: Exchange): readonly string[] {
  const { status, body } = answer;
  // What a fault tears, empties or puts a page in the place of is not the platform's own word.
  if (fault !== undefined && !(fault.kind === 'status' && !fault.html)) return [];
  const faults = headerFaults(answer);
  if (status < 400) {
    const schema = operation.answers[status];
    if (schema === undefined) return [...faults, `${status} is not described`];
    if (schema !== null) return [...faults, ...bodyFaults('the answer', schema, body)];
    return body === '' || body === '{}' ? faults : [...faults, 'the answer has a body'];
  }
  const codes = operation.errors[status];
  if (codes === undefined) return fault ? faults : [...faults, `${status} is not described`];
  return [...faults, ...errorFaults(answer, codes)];
}

function headerFaults({ status, headers }: Exchange['answer']): string[] {
  const faults = Object.keys(headers)
    .filter((name) => /ratelimit/i.test(name))
    .map((name) => `it has the header ${name}`);
  if (!/^[\w-]{36}$/.test(headers['inin-correlation-id'] ?? ''))
    faults.push('it is not correlated');
  if (status === 429 && !/^\d+$/.test(headers['retry-after'] ?? '')) {
    faults.push('it does not say how long to wait');
  }
  return faults;
}

function errorFaults(
  { headers, body, status }: Exchange['answer'],
  codes: readonly string[],
): readonly string[] {
  const faults = bodyFaults('the error', { $ref: '#/definitions/ErrorBody' }, body);
  if (faults.length > 0) return faults;
  const error = JSON.parse(body) as Readonly<Record<string, unknown>>;
  return [
    ...(codes.includes(String(error.code)) ? [] : [`${status} has no code ${error.code}`]),
    ...(error.status === status ? [] : [`it says ${error.status} in a ${status}`]),
    ...(error.contextId === headers['inin-correlation-id'] ? [] : ['its contextId is another']),
  ];
}
