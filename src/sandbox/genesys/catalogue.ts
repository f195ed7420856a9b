/** The catalogues of skills and of languages, by pages: all of them, some by id, or those whose name begins with a text. */
import type { Kind } from '../../model/assignment.ts';
import { type Answer, json } from '../answer.ts';
import type { Call } from '../call.ts';
import type { OrgSkill } from '../org/org.ts';
import type { World } from '../world.ts';
import { listing, pageOf, several } from './page.ts';
import { LISTS } from './person.ts';

/** When everything was last changed: a made-up org has no past. */
const CHANGED = '2026-01-05T08:00:00.000Z';

export function listCatalogue(world: World, kind: Kind, call: Call): Answer {
  const ids = several(call, 'id');
  const begin = (call.query.get('name') ?? '').toLowerCase();
  const rows = world.state.org.skills.filter(
    (skill) =>
      skill.kind === kind &&
      !skill.unlisted &&
      skill.state !== 'deleted' &&
      (ids.length === 0 || ids.includes(skill.id)) &&
      skill.name.toLowerCase().startsWith(begin),
  );
  return json(listing(call, pageOf(world, call), rows, shown));
}

function shown({ kind, id, name, state = 'active' }: OrgSkill): object {
  return {
    id,
    name,
    dateModified: CHANGED,
    state,
    version: '1',
    selfUri: `/api/v2/routing/${LISTS[kind]}/${id}`,
  };
}
