/** Writes one user's lists: a call or two as a rule, the one that replaces first, right after its gate. */

import { fullJitter } from '../../http/backoff.ts';
import { HTTP_CODES } from '../../http/codes.ts';
import { PlatformError } from '../../model/error.ts';
import type { Write, WriteReport } from '../../model/provider.ts';
import { withHint } from '../codes.ts';
import type { Means } from './means.ts';
import { namingPermission } from './permissions.ts';
import { isConflict, isNotFound } from './refusals.ts';
import { type Step, stepsFor } from './steps.ts';

/** How often a step that follows another is tried while the platform has no room for it. */
const TRIES = 4;
const CONFLICT = { baseMs: 1000, capMs: 8000 };

/** Refused before anything was sent: trying again would not change it. */
const REFUSED = new Set(['bad-request', 'too-many-skills', 'value-not-writable']);

/** The platform certainly did nothing, and may do it another time. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof PlatformError) || error.effect === 'unknown') return false;
  if (error.code === 'rate-limited' || isConflict(error)) return true;
  return error.status === undefined && !REFUSED.has(error.code);
}

/** The id of the request that did it. Whatever shall go is gone already where the platform does not find it. */
async function send(means: Means, { use, request, removes }: Step, turn: boolean): Promise<string> {
  try {
    return (await means.client.write({ ...request, turn })).requestId;
  } catch (error) {
    if (removes && error instanceof PlatformError && isNotFound(error))
      return error.requestId ?? '';
    if (error instanceof PlatformError && isConflict(error))
      throw withHint(error, HTTP_CODES.conflict.cure);
    throw namingPermission(error, use);
  }
}

/**
 * Steps after the first add, change or remove what the plan decides and nothing else: tried again they need no new gate.
 */
async function sendLater(means: Means, step: Step): Promise<string> {
  const { clock, random } = means;
  for (let tried = 1; ; tried += 1) {
    try {
      return await send(means, step, false);
    } catch (error) {
      if (!mayPass(error) || tried === TRIES) throw error;
      if (isConflict(error)) await clock.sleep(fullJitter(CONFLICT, tried - 1, random));
    }
  }
}

/** What an error says of the whole write. Once a step is done, only reading back can tell what there is. */
function reportOf(userId: string, error: unknown, isFirst: boolean): WriteReport {
  if (!(error instanceof PlatformError)) throw error;
  const { effect, requestId } = error;
  const said = { userId, error, ...(requestId === undefined ? {} : { requestId }) };
  if (effect === 'unknown' || !isFirst) return { ...said, sent: 'unknown' };
  return { ...said, sent: mayPass(error) ? 'not-sent' : 'refused' };
}

/** `turn`: one was taken for the first request. */
export async function writeOne(means: Means, write: Write, turn: boolean): Promise<WriteReport> {
  const { userId } = write;
  let isFirst = true;
  let requestId: string | undefined;
  try {
    for (const step of stepsFor(write)) {
      requestId = await (isFirst ? send(means, step, turn) : sendLater(means, step));
      isFirst = false;
    }
  } catch (error) {
    return reportOf(userId, error, isFirst);
  }
  return { userId, sent: 'accepted', ...(requestId === undefined ? {} : { requestId }) };
}
