/** Digests: sha256 over canonical JSON, so that equal content has equal digests on every machine. */
import { createHash } from 'node:crypto';
import { byCodeUnit, canonical, canonicalPieces, KINDS } from '../model/assignment.ts';
import type { Change, Plan, PlannedUser } from '../model/plan.ts';
import type { Target } from '../model/target.ts';

/** `sha256:` and 64 hexadecimal digits. */
export function sha256(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Over everything the plan says, less the digest itself, what is upcoming, who loses what and the time of making. */
export function planDigest(plan: Omit<Plan, 'digest' | 'upcoming' | 'losses' | 'made'>): string {
  return sha256Of(canonicalPieces(plan, 2));
}

/** Over the sorted (orgId, user id, kind, id, action, before, after): what a reviewer agrees to. */
export function reviewDigest(orgId: string | null, users: readonly PlannedUser[]): string {
  const tuples = users.flatMap((user) =>
    user.changes.map((change) => reviewTuple({ orgId, userId: user.userId }, change)),
  );
  return sha256Of(listed(tuples.sort(byCodeUnit)));
}

/** What a reviewer agrees to, of one change. */
export function reviewTuple(
  of: { readonly orgId: string | null; readonly userId: string },
  { kind, id, action, before, after }: Change,
): string {
  return canonical([of.orgId, of.userId, kind, id, action, before ?? null, after ?? null]);
}

function* listed(items: readonly string[]): Generator<string> {
  yield '[';
  for (const [index, item] of items.entries()) yield index === 0 ? item : `,${item}`;
  yield ']';
}

function sha256Of(pieces: Iterable<string>): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return `sha256:${hash.digest('hex')}`;
}

/** Over what the files want of everybody, by platform id; places and chains do not count. */
export function desiredDigest(targets: readonly Target[]): string {
  const users = [...targets].sort((a, b) => byCodeUnit(a.person.id, b.person.id));
  return sha256Of(users.map(row));
}

function row({ person, ownership, wants }: Target): string {
  const rows = KINDS.flatMap((kind) =>
    Object.keys(wants[kind])
      .sort(byCodeUnit)
      .map((id) => [kind, id, wants[kind][id]?.want.state, wants[kind][id]?.value ?? null]),
  );
  return `${canonical([person.id, ownership, rows])}\n`;
}
