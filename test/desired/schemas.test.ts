import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';

type Schema = Record<string, unknown>;

function read(name: string): Schema {
  return JSON.parse(
    readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), 'utf8'),
  );
}

/** Every schema object, with the way to it; `named` tells those that stand behind a key of a file. */
function* subschemas(
  schema: unknown,
  path = '',
  named = false,
): Iterable<[string, Schema, boolean]> {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return;
  const node = schema as Schema;
  yield [path, node, named];
  for (const [key, value] of Object.entries((node.properties ?? {}) as Schema))
    yield* subschemas(value, `${path}/${key}`, true);
  for (const [key, value] of Object.entries((node.$defs ?? {}) as Schema))
    yield* subschemas(value, `${path}/$defs/${key}`, true);
  for (const key of ['items', 'additionalProperties'])
    yield* subschemas(node[key], `${path}/${key}`, false);
}

test.each(['config', 'roster', 'plan', 'result'])('the schema of a %s is a sound one', (name) => {
  const ajv = new Ajv2020();
  expect([ajv.validateSchema(read(name)), ajv.errorsText()]).toEqual([true, 'No errors']);
  expect(ajv.validateSchema({ ...read(name), type: 'nothing' })).toBe(false);
});

test.each(['config', 'roster'])('every property of the %s explains itself to an editor', (name) => {
  const all = [...subschemas(read(name))];
  const mute = all.filter(([, schema, named]) => {
    if (!named) return false;
    const { title, description, examples } = schema;
    return !title || !description || !Array.isArray(examples) || examples.length === 0;
  });
  expect(mute.map(([path]) => path)).toEqual([]);
  expect(all.filter(([, , named]) => named).length).toBeGreaterThan(20);
});

test.each(['config', 'roster'])('every type of the %s has words for the hint', (name) => {
  const typed = [...subschemas(read(name))].filter(([, schema]) => schema.type !== undefined);
  expect(typed.filter(([, schema]) => !schema.description).map(([path]) => path)).toEqual([]);
});
