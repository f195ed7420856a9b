/** What a write brings: assignments as `{"id", "proficiency"}`, from 0.0 to 5.0. */
import type { Kind } from '../../model/assignment.ts';
import { Refusal } from '../answer.ts';
import { anyJson, type Call, isRecord } from '../call.ts';
import type { OrgAssignment } from '../org/org.ts';
import { assignmentAt, HIGHEST, LOWEST } from './scale.ts';

/** Of skills and of languages in one call, and of a user's skills in all. */
export const MOST = 50;

/** Throws a Refusal for anything but a list of them. */
export function assignmentsOf(call: Call, kind: Kind): readonly OrgAssignment[] {
  const body = anyJson(call);
  if (!Array.isArray(body)) throw new Refusal(400, 'bad.request', 'The body must be an array');
  if (body.length > MOST) {
    const message = `At most ${MOST} can be assigned in one request`;
    throw new Refusal(400, 'constraint.validation', message);
  }
  return body.map((item: unknown) => assignmentOf(item, kind));
}

export function assignmentOf(item: unknown, kind: Kind): OrgAssignment {
  if (!isRecord(item) || typeof item.id !== 'string' || item.id === '') {
    throw new Refusal(400, 'constraint.validation', 'id may not be null');
  }
  const { id, proficiency } = item;
  if (typeof proficiency !== 'number') {
    throw new Refusal(400, 'invalid.value', notAllowed(proficiency));
  }
  if (proficiency < LOWEST || proficiency > HIGHEST) {
    throw new Refusal(400, 'invalid.value', notAllowed(proficiency));
  }
  return assignmentAt(kind, id, proficiency);
}

function notAllowed(value: unknown): string {
  const said = JSON.stringify(value ?? null);
  return `Value [${said}] is not valid for field type [proficiency]. Allowable values are: 0.0 to 5.0`;
}
