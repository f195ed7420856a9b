/** Sends rows: one agent's, or those of many in one call; and says what was told of them. Nothing is sent twice. */
import type { Answer } from '../../http/answer.ts';
import type { WriteRequest } from '../../http/client.ts';
import { PlatformError } from '../../model/error.ts';
import type { WriteReport } from '../../model/provider.ts';
import { problem } from '../codes.ts';
import { rowOf } from './list.ts';
import type { Means } from './means.ts';
import { namingPermission } from './permissions.ts';
import { type Told, toldBy } from './result.ts';
import type { Step } from './steps.ts';

/** What was said of one agent's rows. */
export type Said = Omit<WriteReport, 'userId'>;

/** One agent's share of a call. */
export interface Share {
  readonly userId: string;
  readonly rows: Step['rows'];
}

const METHODS = { create: 'POST', change: 'PUT', remove: 'DELETE', many: 'POST' } as const;

/** What an error says of the call it ended. */
function saidBy(error: unknown): Said {
  const named = namingPermission(error, 'write');
  if (!(named instanceof PlatformError)) throw named;
  const { status = 0, effect, requestId } = named;
  const said = { error: named, ...(requestId === undefined ? {} : { requestId }) };
  if (effect === 'unknown') return { ...said, sent: 'unknown' };
  // An id without an address is refused before sending: trying again would not give it one.
  const refused = named.code === 'bad-request' || (status >= 400 && status < 500 && status !== 429);
  return { ...said, sent: refused ? 'refused' : 'not-sent' };
}

/**
 * What an answer of 200 says of `count` rows. The platform has done the work by then, so its no to all of them is
 * definite; what it took of them may take a while to show.
 */
function saidOf(
  { failed, vague, words }: Told,
  count: number,
  means: Means,
  requestId: string,
): Said {
  if (failed.size === 0) return { sent: 'accepted', requestId };
  const clean = words === undefined ? undefined : means.client.clean(words);
  const why = clean === undefined ? '' : `: ${clean.replace(/[.\s]+$/, '')}`;
  const rows = count === 1 ? 'the row' : `${failed.size} of ${count} rows`;
  const which = vague ? 'every row, and does not say which' : rows;
  const error = problem('rows-refused', `The platform did not take ${which}${why}.`, {
    ...{ status: 200, requestId },
    ...(clean === undefined ? {} : { platformMessage: clean }),
  });
  const none = failed.size === count && vague !== true;
  return { sent: none ? 'refused' : 'unknown', error, requestId };
}

function bodyOf(rows: Step['rows']) {
  return [...rows].map(([skillId, value]) => {
    return value === undefined ? { skillId } : { skillId, ...rowOf(value) };
  });
}

async function sendOne(means: Means, step: Step, { userId, turn }: To): Promise<Said> {
  const request = (): WriteRequest => ({
    method: METHODS[step.way],
    path: means.calls.rowsOf(userId),
    body: { type: 'application/json', text: JSON.stringify({ skills: bodyOf(step.rows) }) },
    turn,
  });
  try {
    const { body, requestId } = await means.client.write(request());
    const told = toldBy(body, step.rows.keys(), (skillId) => skillId);
    return saidOf(told, step.rows.size, means, requestId);
  } catch (error) {
    return saidBy(error);
  }
}

export interface To {
  readonly userId: string;
  /** A turn was taken for this request. */
  readonly turn: boolean;
}

/** One step of one agent's write. Throws what is no PlatformError. */
export async function sendStep(means: Means, step: Step, to: To): Promise<Said> {
  if (step.way !== 'many') return sendOne(means, step, to);
  const { userId, turn } = to;
  const said = await sendMany(means, [{ userId, rows: step.rows }], turn);
  return said.get(userId) as Said;
}

const pair = (userId: string, skillId: string) => JSON.stringify([userId, skillId]);

function detailsOf({ userId, rows }: Share) {
  const skills = bodyOf(rows).map(({ skillId, ...rest }) => ({ skillIds: [skillId], ...rest }));
  return { agentIds: [userId], skills };
}

function saidOfMany(means: Means, shares: readonly Share[], { body, requestId }: Answer) {
  const all = shares.flatMap(({ userId, rows }) => [...rows.keys()].map((id) => pair(userId, id)));
  const only = shares.length === 1 ? shares[0]?.userId : undefined;
  const told = toldBy(body, all, (skillId, userId = only ?? '') => pair(userId, skillId));
  return shares.map(({ userId, rows }) => {
    const failed = new Set([...rows.keys()].filter((id) => told.failed.has(pair(userId, id))));
    return [userId, saidOf({ ...told, failed }, rows.size, means, requestId)] as const;
  });
}

/** Everybody's share in one call, each told of once. Throws what is no PlatformError. */
export async function sendMany(
  means: Means,
  shares: readonly Share[],
  turn: boolean,
): Promise<Map<string, Said>> {
  const text = JSON.stringify({ agentAndSkillDetails: shares.map(detailsOf) });
  const body = { type: 'application/json', text } as const;
  try {
    const answer = await means.client.write({ method: 'POST', path: means.calls.rows, body, turn });
    return new Map(saidOfMany(means, shares, answer));
  } catch (error) {
    const said = saidBy(error);
    return new Map(shares.map(({ userId }) => [userId, said]));
  }
}
