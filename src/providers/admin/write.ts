/** Writes batches: singly, or as a bulk job. Every user is reported once; nothing is sent twice. */
import { segment } from '../../http/client.ts';
import { PlatformError } from '../../model/error.ts';
import type { Batching, Write, WriteReport } from '../../model/provider.ts';
import { PROVIDER_CODES } from '../codes.ts';
import { writeBulk } from './bulk.ts';
import { fitsCsv } from './csv.ts';
import { listBody } from './list.ts';
import { LANES, type Means, namingScope } from './means.ts';

export interface Writer {
  batching(users: number): Batching;
  write(batch: readonly Write[]): AsyncIterable<WriteReport>;
}

/** What an error says of the write it ended. */
function reportOf(userId: string, error: unknown): WriteReport {
  if (!(error instanceof PlatformError)) throw error;
  const { status = 0, effect, requestId } = error;
  const said = { userId, error, ...(requestId === undefined ? {} : { requestId }) };
  if (effect === 'unknown') return { ...said, sent: 'unknown' };
  // An id without an address is refused before sending: trying again would not give it one.
  const refused = error.code === 'bad-request' || (status >= 400 && status < 500 && status !== 429);
  return { ...said, sent: refused ? 'refused' : 'not-sent' };
}

async function writeSingle(means: Means, write: Write, turn: boolean): Promise<WriteReport> {
  const { client, assumed } = means;
  const { userId, after } = write;
  try {
    const path = assumed.userSkillsPath.replace('{userId}', () => segment(userId));
    const text = JSON.stringify({ [assumed.skills]: listBody(after, assumed) });
    const body = { type: 'application/json', text } as const;
    const { requestId } = await client.write({ method: 'PUT', path, body, turn });
    return { userId, sent: 'accepted', requestId };
  } catch (error) {
    return reportOf(userId, namingScope(error, 'write'));
  }
}

export function createWriter(means: Means, patienceMs: number): Writer {
  const { org, listener } = means;
  let closed = false;

  /** The bulk call is closed to these credentials: said once; the batch, and all others, go singly. */
  function closeBulk(): void {
    if (closed) return;
    closed = true;
    listener({
      type: 'notice',
      code: 'bulk-scope-missing',
      message:
        'The platform refuses the bulk call (403): the scope admin:users:bulkupdate is missing.',
      hint: PROVIDER_CODES['bulk-scope-missing'].cure,
    });
  }

  async function bulk(writes: readonly Write[], turn: boolean): Promise<readonly WriteReport[]> {
    try {
      return await writeBulk(means, writes, { turn, patienceMs });
    } catch (error) {
      const named = namingScope(error, 'bulk');
      const shut = named instanceof PlatformError && named.status === 403 && org.bulk === 'auto';
      if (shut) closeBulk();
      return writes.map(({ userId }) => {
        const report = reportOf(userId, named);
        if (shut) return { ...report, sent: 'not-sent' };
        // The job may have been taken although its answer was lost.
        return report.sent === 'unknown' ? { ...report, mayStillRun: true } : report;
      });
    }
  }

  function inBulk(users: number): boolean {
    if (org.bulk === 'always') return true;
    return org.bulk === 'auto' && !closed && users > 1;
  }

  return {
    batching(users) {
      const few = org.bulk === 'auto' && users < org.bulkThreshold;
      if (few || !inBulk(users)) return { size: 1, lanes: LANES };
      return { size: org.bulkChunk, lanes: 1 };
    },

    async *write(batch) {
      const allInBulk = inBulk(batch.length);
      const fits = (write: Write) => allInBulk && (org.bulkFormat === 'json' || fitsCsv(write));
      const together = batch.filter(fits);
      // The one turn that was taken is the first request's; the others wait for their own.
      let turn = true;
      if (together.length > 0) {
        listener({ type: 'writing', users: together.length, by: 'bulk' });
        yield* await bulk(together, turn);
        turn = false;
      }
      for (const write of batch) {
        if (fits(write)) continue;
        listener({ type: 'writing', users: 1, by: 'single' });
        yield await writeSingle(means, write, turn);
        turn = false;
      }
    },
  };
}
