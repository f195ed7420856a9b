/** A run that can be killed: at a line of its journal, or at a write, just before or just after it counted. */
import { apply } from '../../src/apply/apply.ts';
import { earlierOf } from '../../src/apply/earlier.ts';
import { memoryJournal } from '../../src/apply/journal-memory.ts';
import type { ApplyOptions } from '../../src/apply/options.ts';
import type { Listener } from '../../src/model/event.ts';
import type { Journal, JournalLine } from '../../src/model/journal.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Provider, Write, WriteReport } from '../../src/model/provider.ts';
import type { Result } from '../../src/model/result.ts';
import { jumpingClock } from '../support/clock.ts';

/** `kept`: the line is on the disk, the write has been done, and nobody was told any more. */
export interface Cut {
  readonly where: 'line' | 'write';
  readonly at: number;
  readonly kept: boolean;
}

class Killed extends Error {}

interface Life {
  readonly result: Result | undefined;
  /** What this life has put into its journal. */
  readonly lines: readonly JournalLine[];
}

export interface Given {
  readonly provider: Provider;
  readonly canary: number;
  readonly listener: Listener;
  readonly cut: Cut | undefined;
  /** What is known of the lives before; undefined when all is forgotten. */
  readonly past: readonly JournalLine[] | undefined;
}

/** What lines tell of the lives before. Undefined, as of a journal that is not there, when none says that it began. */
export function memoryOf(lines: readonly JournalLine[]): readonly JournalLine[] | undefined {
  return lines.some(({ type }) => type === 'begun') ? lines : undefined;
}

/** One life of a run: until its end, or until it is killed, and every lane of it at once. */
export async function live(plan: Plan, given: Given): Promise<Life> {
  const { cut, past, canary, listener } = given;
  const clock = jumpingClock();
  const life = { over: false };
  const atLine = cut?.where === 'line' ? { failAt: cut.at, kept: cut.kept } : {};
  const inner = memoryJournal({ now: clock.now, error: new Killed(), ...atLine });
  const journal: Journal = {
    async write(...lines) {
      await breathe(life, async () => inner.write(...lines));
    },
    close: inner.close,
  };
  const known: Partial<ApplyOptions> =
    past === undefined ? { possiblySent: 'everybody' } : { earlier: earlierOf(past) };
  try {
    const provider = mortal(given.provider, life, cut?.where === 'write' ? cut : undefined);
    const run = { id: 'r1' };
    const rest = { run, journal, canary, listener, patienceMs: 5_000, ...known };
    return { result: await apply(plan, { provider, clock, ...rest }), lines: inner.lines };
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    return { result: undefined, lines: inner.lines };
  }
}

async function breathe<T>(life: { over: boolean }, what: () => Promise<T>): Promise<T> {
  if (life.over) throw new Killed();
  try {
    return await what();
  } catch (error) {
    life.over ||= error instanceof Killed;
    throw error;
  }
}

function mortal(provider: Provider, life: { over: boolean }, cut: Cut | undefined): Provider {
  let writes = 0;
  /** Undefined: killed before anybody could be told. */
  async function writeOne(one: Write): Promise<WriteReport[] | undefined> {
    writes += 1;
    const last = writes === cut?.at;
    life.over ||= last && !cut.kept;
    if (life.over) return undefined;
    const reports: WriteReport[] = [];
    for await (const report of provider.write([one])) reports.push(report);
    life.over ||= last;
    return life.over ? undefined : reports;
  }
  return {
    ...provider,
    turn: () => breathe(life, () => provider.turn()),
    fetchOwn: (ids) => breathe(life, () => provider.fetchOwn(ids)),
    async *write(batch) {
      for (const one of batch) {
        const reports = await writeOne(one);
        if (reports === undefined) throw new Killed();
        yield* reports;
      }
    },
  };
}
