/**
 * What brings one list to another: rows to create, to change and to take away, by the calls there are for it. Pure. Its
 * invariant: what is taken away comes last, so that a failure in between leaves nobody with less than either list.
 */
import { sameValue, type Value } from '../../model/assignment.ts';
import type { Write } from '../../model/provider.ts';

/** many: the call for several agents, which adds or modifies. */
export type Way = 'create' | 'change' | 'remove' | 'many';

export interface Step {
  readonly way: Way;
  /** By skill id; of a removal undefined. Never empty. */
  readonly rows: ReadonlyMap<string, Value | undefined>;
}

export interface Ways {
  /** The call that changes an agent's rows may be used. */
  readonly change: boolean;
  /** Whether the call for many is used for one agent: `fewer`, where it takes the place of two calls. */
  readonly many: 'never' | 'fewer' | 'always';
}

interface Differences {
  readonly create: ReadonlyMap<string, Value>;
  readonly change: ReadonlyMap<string, Value>;
  readonly remove: ReadonlyMap<string, undefined>;
}

export function differences({ before, after }: Write): Differences {
  const create = new Map<string, Value>();
  const change = new Map<string, Value>();
  const remove = new Map<string, undefined>();
  for (const [id, value] of Object.entries(after.skill)) {
    const old = before.skill[id];
    if (old === undefined) create.set(id, value);
    else if (!sameValue(old, value)) change.set(id, value);
  }
  for (const id of Object.keys(before.skill)) {
    if (after.skill[id] === undefined) remove.set(id, undefined);
  }
  return { create, change, remove };
}

/** In the order they are to be taken; none when the lists are the same. */
export function stepsOf(write: Write, ways: Ways): Step[] {
  const { create, change, remove } = differences(write);
  const both = create.size > 0 && change.size > 0;
  const setting: Step[] =
    ways.many === 'always' || (both && ways.many === 'fewer')
      ? [{ way: 'many', rows: new Map([...create, ...change]) }]
      : [
          { way: 'create', rows: create },
          { way: ways.change ? 'change' : 'many', rows: change },
        ];
  const removing: Step = { way: 'remove', rows: remove };
  return [...setting, removing].filter(({ rows }) => rows.size > 0);
}
