/** A plan as its file: schemas/plan.schema.json describes it. */
import type { Plan } from '../../model/plan.ts';
import { pretty } from '../pretty.ts';

/** In pieces, a person each, because the plan of a large org is longer than any one text can be. */
export function* planJsonPieces(plan: Plan): Generator<string> {
  const { users } = plan;
  let before = '{\n';
  for (const [key, value] of Object.entries(plan)) {
    yield `${before}  ${JSON.stringify(key)}: `;
    if (key === 'users') yield* members(users);
    else yield indented(value, '  ');
    before = ',\n';
  }
  yield '\n}\n';
}

export function planJson(plan: Plan): string {
  return [...planJsonPieces(plan)].join('');
}

function* members(users: Plan['users']): Generator<string> {
  let before = '{\n';
  for (const [id, user] of Object.entries(users)) {
    yield `${before}    ${pretty(id).trimEnd()}: ${indented(user, '    ')}`;
    before = ',\n';
  }
  yield before === '{\n' ? '{}' : '\n  }';
}

function indented(value: unknown, indent: string): string {
  return pretty(value).trimEnd().replaceAll('\n', `\n${indent}`);
}
