/** The ledger in memory, for tests and for places outside git: the same steps, gone when the process ends. */
import { createHash } from 'node:crypto';
import type { KnownIds, LedgerEntry, LedgerStore } from '../model/ledger.ts';
import { problem } from './codes.ts';
import { readLedger, writeLedger } from './ledger-file.ts';
import { readRecord, writeRecord } from './record-file.ts';

interface Kept {
  readonly entry: LedgerEntry;
  readonly people: KnownIds;
}

export function memoryStore(): LedgerStore {
  const chain: Kept[] = [];
  return {
    read: async () => chain.at(-1)?.entry ?? null,
    people: async () => new Map(chain.at(-1)?.people),
    async *history() {
      for (const { entry } of chain.toReversed()) yield entry;
    },
    async append(on, { ledger, record, people, message }) {
      const before = chain.at(-1);
      if ((before?.entry.commit ?? null) !== on) {
        throw problem('ledger-moved', 'The ledger has gone on since it was looked at.');
      }
      // What is kept is what was said then, whatever becomes of the caller's objects.
      const ids: KnownIds = new Map(people ?? before?.people);
      const text = writeLedger(ledger);
      const runs = record ? [...writeRecord(record)] : [];
      const [run, ...more] = runs.map((shard) => Buffer.from(shard));
      const entry: LedgerEntry = {
        commit: createHash('sha1')
          .update([on, message, text, ...runs].join('\0'))
          .digest('hex'),
        ledger: readLedger(Buffer.from(text)),
        record: run ? readRecord([run, ...more]) : null,
      };
      chain.push({ entry, people: ids });
      return entry;
    },
  };
}
