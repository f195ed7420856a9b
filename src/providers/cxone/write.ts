/** Writes batches: agent by agent, or what is set of many in one call. Every agent is reported once. */
import type { MusterEvent } from '../../model/event.ts';
import type { Batching, Write, WriteReport } from '../../model/provider.ts';
import { writeBulk } from './bulk.ts';
import { LANES, type Means } from './means.ts';
import type { Said } from './send.ts';
import { type How, writeSingle } from './single.ts';
import type { Ways } from './steps.ts';
import { createTrials } from './trial.ts';

export interface Writer {
  batching(users: number): Batching;
  write(batch: readonly Write[]): AsyncIterable<WriteReport>;
}

const CLOSED: MusterEvent = {
  type: 'notice',
  code: 'bulk-scope-missing',
  message: 'The platform refuses POST /agents/skills (403): agents are written one by one.',
  hint: 'Give the role the ACD permission Skills: User Assignment, or set `bulk: never`.',
};

export function createWriter(means: Means, readAt: ReadonlyMap<string, number>): Writer {
  const { org, listener, assumed } = means;
  const trials = createTrials(means);
  const how: How = { means, trials, heedMany, turn: true, readAt };
  /** The call for many is closed to these credentials. */
  let closed = false;
  /** A write of this run was accepted; until then they go one at a time. */
  let begun = false;

  /** Where POST and PUT for one agent do as well, a refusal closes the call for many; said once. */
  function heedMany(said: Said): Said {
    const instead = org.bulk === 'auto' && assumed.putMerges === 'true';
    if (said.error?.status !== 403 || !instead) return said;
    if (!closed) listener(CLOSED);
    closed = true;
    return { ...said, sent: 'not-sent' };
  }

  function ways(): Ways {
    const many = org.bulk === 'always' ? 'always' : 'fewer';
    const never = closed || org.bulk === 'never';
    return { change: assumed.putMerges === 'true', many: never ? 'never' : many };
  }

  async function each(batch: readonly Write[]): Promise<readonly WriteReport[]> {
    const reports: WriteReport[] = [];
    for (const [nth, write] of batch.entries())
      reports.push(await writeSingle(write, ways(), { ...how, turn: nth === 0 }));
    return reports;
  }

  function inBulk(users: number): boolean {
    if (org.bulk === 'always') return users > 1;
    return org.bulk === 'auto' && !closed && users > 1;
  }

  return {
    batching(users) {
      if (!begun) return { size: 1, lanes: 1 };
      const few = org.bulk === 'auto' && users < org.bulkThreshold;
      if (few || !inBulk(users)) return { size: 1, lanes: LANES };
      return { size: org.bulkChunk, lanes: 1 };
    },

    async *write(batch) {
      const many = inBulk(batch.length);
      listener({ type: 'writing', users: batch.length, by: many ? 'bulk' : 'single' });
      const reports = await (many ? writeBulk(batch, how) : each(batch));
      begun ||= reports.some(({ sent }) => sent === 'accepted');
      yield* reports;
      if (trials.broken !== undefined) throw trials.broken;
    },
  };
}
