/** Whether two states of the files want the same of a user. Places, chains and names of people do not count. */
import { KINDS } from '../model/assignment.ts';
import type { DesiredUser, Want } from '../model/desired.ts';

export function sameUser(a: DesiredUser | undefined, b: DesiredUser | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.released !== b.released || a.ownership !== b.ownership) return false;
  return KINDS.every((kind) => sameWants(a.wants[kind], b.wants[kind]));
}

function sameWants(a: ReadonlyMap<string, Want>, b: ReadonlyMap<string, Want>): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [name, want] of a) if (!sameWant(want, b.get(name))) return false;
  return true;
}

/** A loan without a return is held where the same value with one is not, so it is another want. */
function sameWant(a: Want, b: Want | undefined): boolean {
  if (a.state === 'value' && b?.state === 'value') {
    return a.proficiency === b.proficiency && a.loan === b.loan;
  }
  if (a.state === 'absent' && b?.state === 'absent') return a.loan === b.loan;
  return a.state === b?.state;
}
