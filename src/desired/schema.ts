/** Located data against the JSON Schemas of schemas/: every violation, at its place and in a sentence. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { itemsOf, type Node, type Pair, pairsOf, plain } from './node.ts';
import type { Problem } from './problem.ts';
import { didYouMean, listed } from './suggest.ts';

export type SchemaName = 'config' | 'roster';

/** Our schemas are known to be sound; what holding them to that and polishing their code takes, every command would wait for. */
export const AT_ONCE = { validateSchema: false, code: { optimize: false } } as const;

const compiled = new Map<SchemaName, ValidateFunction>();

/**
 * What is wrong with a value's type makes its other errors idle, and what is wrong with a name is told by the
 * `propertyNames` error that follows. `values` is the hint for a proficiency of the wrong type: what the orgs of the
 * file understand.
 */
export function checkSchema(root: Node, name: SchemaName, values = ''): Problem[] {
  const validate = validatorOf(name);
  if (validate(plain(root))) return [];
  const errors = validate.errors as ErrorObject[];
  const mistyped = new Set(
    errors.filter((error) => error.keyword === 'type').map((error) => error.instancePath),
  );
  return errors
    .filter((error) => error.keyword === 'type' || !mistyped.has(error.instancePath))
    .filter((error) => error.propertyName === undefined)
    .map((error) => problemOf(error, root, values));
}

function validatorOf(name: SchemaName): ValidateFunction {
  const known = compiled.get(name);
  if (known) return known;
  // Both src/desired/ and dist/desired/ lie two levels below the package's root.
  const url = new URL(`../../schemas/${name}.schema.json`, import.meta.url);
  const options = { allErrors: true, verbose: true, strict: true, allowUnionTypes: true };
  const validate = new Ajv2020({ ...options, ...AT_ONCE }).compile(
    JSON.parse(readFileSync(url, 'utf8')),
  );
  compiled.set(name, validate);
  return validate;
}

interface Target {
  readonly node: Node;
  /** The pair whose value it is; left out for the root and for items. */
  readonly pair: Pair | undefined;
}

function target(root: Node, pointer: string): Target {
  let found: Target = { node: root, pair: undefined };
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    const item = itemsOf(found.node)[Number(key)];
    const pair = pairsOf(found.node).findLast((candidate) => candidate.key === key);
    found = { node: item ?? (pair as Pair).node, pair };
  }
  return found;
}

function problemOf(error: ErrorObject, root: Node, values: string): Problem {
  const { node, pair } = target(root, error.instancePath);
  const what = pair ? `\`${pair.key}\`` : 'The value';
  const schema = error.parentSchema as { description: string; properties?: object };
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(node, String(error.params.additionalProperty), schema.properties as object);
    case 'required':
      return {
        code: 'missing-key',
        at: pair ? pair.keyAt : node.at,
        message: `${what} has no \`${error.params.missingProperty}\`.`,
        hint: `Add the key \`${error.params.missingProperty}\`.`,
      };
    case 'propertyNames':
      return badName(node, String(error.params.propertyName));
    case 'type':
      return wrongType(error, node, { what, values, hint: schema.description });
    case 'const':
      return {
        code: 'version-unsupported',
        at: node.at,
        message: `${what} must be ${error.params.allowedValue}.`,
        hint: 'This muster knows no other; a newer one may.',
      };
    default:
      return {
        code: 'bad-value',
        at: node.at,
        message: `${what} ${wanted(error)}.`,
        hint: schema.description,
      };
  }
}

function keyOffset(node: Node, key: string): number {
  return (pairsOf(node).findLast((pair) => pair.key === key) as Pair).keyAt;
}

function unknownKey(node: Node, key: string, known: object): Problem {
  const names = Object.keys(known);
  return {
    code: 'unknown-key',
    at: keyOffset(node, key),
    message: `\`${key}\` is not known here.`,
    hint: didYouMean(key, names, `Known here: ${listed(names)}.`),
  };
}

function badName(node: Node, key: string): Problem {
  const at = keyOffset(node, key);
  if (key === '')
    return {
      code: 'name-empty',
      at,
      message: 'A name is empty.',
      hint: 'Write the name before the colon.',
    };
  return {
    code: 'org-name',
    at,
    message: `\`${key}\` cannot be the name of an org.`,
    hint: 'Use lower-case letters, digits and dashes, beginning with a letter or a digit.',
  };
}

interface Words {
  readonly what: string;
  readonly values: string;
  readonly hint: string;
}

function wrongType(error: ErrorObject, node: Node, { what, values, hint }: Words): Problem {
  const types = [error.params.type].flat() as string[];
  const found = typeName(node);
  const at = node.at;
  if (types.includes('number') && types.includes('string') && values !== '')
    return {
      code: 'proficiency-type',
      at,
      message: `${what} must be a proficiency, not ${found}.`,
      hint: values,
    };
  if (found === 'nothing')
    return { code: 'empty-value', at, message: `${what} has no value.`, hint };
  const expected = types.map((type) => TYPE_WORDS.get(type)).join(' or ');
  return { code: 'wrong-type', at, message: `${what} must be ${expected}, not ${found}.`, hint };
}

const TYPE_WORDS: ReadonlyMap<string, string> = new Map([
  ['object', 'a map'],
  ['array', 'a list'],
  ['string', 'text'],
  ['number', 'a number'],
  ['integer', 'a whole number'],
  ['boolean', 'true or false'],
  ['null', 'null'],
]);

function typeName(node: Node): string {
  if ('items' in node) return 'a list';
  if ('pairs' in node) return 'a map';
  if (node.value === null) return 'nothing';
  if (typeof node.value === 'string') return 'text';
  return typeof node.value === 'number' ? `the number ${node.value}` : `${node.value}`;
}

function wanted(error: ErrorObject): string {
  switch (error.keyword) {
    case 'enum':
      return `must be one of ${listed(error.params.allowedValues)}`;
    case 'minimum':
      return `must be at least ${error.params.limit}`;
    case 'maximum':
      return `must be at most ${error.params.limit}`;
    case 'pattern':
      return 'is not written as it must be';
    default:
      return 'must not be empty';
  }
}
