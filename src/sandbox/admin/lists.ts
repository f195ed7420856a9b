/** One user's own list: read it, or replace the whole of it. */
import type { Answer } from '../answer.ts';
import { jsonText, Refusal } from '../answer.ts';
import type { Call } from '../call.ts';
import { jsonBody } from '../call.ts';
import type { OrgAssignment, OrgUser } from '../org/org.ts';
import { seenUser } from '../seen.ts';
import { checkShape, wrongIds } from './check.ts';
import { entriesText } from './entries.ts';
import { store } from './store.ts';
import type { AdminWorld } from './world.ts';

export function readSkills(world: AdminWorld, userId: string): Answer {
  const now = world.now();
  return skillsAnswer(world.state.visible(known(world, userId), now));
}

export function replaceSkills(world: AdminWorld, userId: string, call: Call): Answer {
  const list = checkShape(jsonBody(call).skills);
  const at = world.now();
  const user = known(world, userId);
  const wrong = wrongIds(world.state, list);
  if (wrong !== undefined) throw new Refusal(400, 'invalid.skill', wrong);
  store(world.state, user, { list, at, lagMs: world.settings.lagMs });
  return skillsAnswer(list);
}

function known(world: AdminWorld, userId: string): OrgUser {
  const user = seenUser(world, userId);
  if (user === undefined) throw new Refusal(404, 'not.found', 'There is no such user');
  return user;
}

function skillsAnswer(list: readonly OrgAssignment[]): Answer {
  return jsonText(`{"skills":${entriesText(list)}}`);
}
