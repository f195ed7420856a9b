/** Writes to the in-memory platform: the whole list is replaced, or nothing happens. */
import { PlatformError } from '../../model/error.ts';
import type { Write, WriteReport } from '../../model/provider.ts';
import type { Means } from './means.ts';

function refusal(status: number, code: string, message: string): PlatformError {
  return new PlatformError(code, message, {
    status,
    effect: 'none',
    hint: 'This is the in-memory platform: look at the faults it was given.',
  });
}

function store({ world, shadows, lagReads }: Means, { userId, after }: Write): void {
  if (lagReads > 0) shadows.set(userId, { reads: lagReads, list: world.listOf(userId) });
  world.replace(userId, after);
}

function lostAnswer(userId: string): WriteReport {
  const message = 'The answer to the write was lost.';
  const hint = 'Read the list back to see what became of it.';
  const error = new PlatformError('connection-failed', message, { effect: 'unknown', hint });
  return { userId, sent: 'unknown', error };
}

export function writeOne(means: Means, write: Write): WriteReport {
  const { userId } = write;
  if (!means.world.people.has(userId)) {
    const error = refusal(404, 'not-found', 'The platform does not know the user.');
    return { userId, sent: 'refused', error };
  }
  switch (means.fault(userId)) {
    case 'refuse':
      return {
        userId,
        sent: 'refused',
        error: refusal(400, 'bad-request', 'The platform refused the write.'),
      };
    case 'not-sent':
      return {
        userId,
        sent: 'not-sent',
        error: refusal(429, 'rate-limited', 'The platform asks for fewer requests.'),
      };
    case 'lost':
      return lostAnswer(userId);
    case 'took-effect':
      store(means, write);
      return lostAnswer(userId);
    case undefined:
      store(means, write);
      return { userId, sent: 'accepted' };
  }
}
