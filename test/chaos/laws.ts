/** What must hold whatever happened: each law gives back what breaks it, as sentences; nothing when it holds. */
import type { LedgerFacts } from './books.ts';
import { type List, sameList, shown } from './list.ts';
import type { Story } from './people.ts';
import type { Call } from './tap.ts';
import type { Written } from './wire.ts';

/**
 * Every list that was sent is the one its sender had been shown last, with what the files decide as the files want it,
 * and nothing else: nothing foreign is lost by stale knowledge, nobody is touched whom the files do not name.
 */
export function lawOfWrites(story: Story, calls: readonly Call[]): string[] {
  const broken: string[] = [];
  const gates = new Map<string, Gate>();
  let lastBulk = -1;
  for (const [nth, call] of calls.entries()) {
    if (call.type === 'process') gates.clear();
    else if (call.type === 'read') gates.set(call.userId, { list: call.list, nth });
    else if (call.type === 'write') {
      broken.push(...wrongCall(story, call, { gates, lastBulk: call.bulk ? lastBulk : -1 }));
      if (call.bulk) lastBulk = nth;
    }
  }
  return broken;
}

interface Gate {
  readonly list: List;
  readonly nth: number;
}

interface Known {
  readonly gates: ReadonlyMap<string, Gate>;
  readonly lastBulk: number;
}

function wrongCall(story: Story, written: Written, { gates, lastBulk }: Known): string[] {
  return [...written.lists].flatMap(([userId, sent]) => {
    const gate = gates.get(userId);
    const wrong = wrongWrite(story, userId, { gate: gate?.list, sent, written });
    if (wrong !== undefined) return wrong;
    return gate && gate.nth < lastBulk ? `${userId} was gated before another job was sent` : [];
  });
}

function wrongWrite(
  story: Story,
  userId: string,
  { gate: read, sent, written }: Sending,
): string | undefined {
  if (read === undefined) return `${userId} was written without having been read`;
  const due = story.wanted(userId, read);
  if (due === undefined) return `${userId} was written, and no file names him`;
  const gate = story.within(written.part, read);
  const wanted = story.within(written.part, due);
  if (!isDue(written.how, { gate, wanted, sent })) {
    return `${userId} was sent (${written.how}) ${shown(sent)} where ${shown(wanted)} was due on ${shown(gate)}`;
  }
  return sameList(gate, wanted) ? `${userId} was written although he was as planned` : undefined;
}

interface Sending {
  /** What the sender had been shown. */
  readonly gate: List | undefined;
  readonly sent: List;
  readonly written: Written;
}

interface Due {
  readonly gate: List;
  readonly wanted: List;
  readonly sent: List;
}

/** A list that replaces is the very one that is due; one that merges or removes is some of what is still to be done. */
function isDue(how: Written['how'], { gate, wanted, sent }: Due): boolean {
  if (how === 'replace') return sameList(wanted, sent);
  if (how === 'remove') return [...sent.keys()].every((id) => gate.has(id) && !wanted.has(id));
  return [...sent].every(([id, value]) => wanted.get(id) === value && gate.get(id) !== value);
}

/** The longest time between a gate's read and its write, in milliseconds. */
export function longestWindow(calls: readonly Call[]): number {
  const read = new Map<string, number>();
  let longest = 0;
  for (const call of calls) {
    if (call.type === 'read') read.set(call.userId, call.at);
    if (call.type !== 'write') continue;
    for (const id of call.lists.keys()) longest = Math.max(longest, call.at - (read.get(id) ?? 0));
  }
  return longest;
}

/**
 * Whom somebody edited by hand between a gate's read and the effect of its write, which takes `effectMs` at most once the
 * platform has the call: one that replaces the list overwrites that.
 */
export function overtaken(calls: readonly Call[], effectMs: number): Set<string> {
  const edits = calls.flatMap((call, nth) => (call.type === 'edit' ? [{ ...call, nth }] : []));
  const found = new Set<string>();
  /** The last call that the newest read of somebody may tell of. */
  const gates = new Map<string, number>();
  for (const call of calls) {
    if (call.type === 'read') gates.set(call.userId, placeOf(call.since, calls));
    if (call.type !== 'write') continue;
    for (const { userId, nth, at } of edits) {
      const within = nth > (gates.get(userId) ?? -1) && at <= call.answered + effectMs;
      if (within && call.lists.has(userId)) found.add(userId);
    }
  }
  return found;
}

function placeOf(call: Call | undefined, calls: readonly Call[]): number {
  return call === undefined ? -1 : calls.indexOf(call);
}

/** The ledger is one line of steps; every run that begins ends; nothing is left open. */
export function lawOfLedger(chain: readonly LedgerFacts[]): string[] {
  const broken: string[] = [];
  const [tip] = chain;
  if (tip === undefined) return ['there is no ledger'];
  if (tip.running !== null) broken.push(`run ${tip.running} has begun and not ended`);
  if (tip.open.length > 0) broken.push(`${tip.open.length} people are open: ${tip.open.join(' ')}`);
  for (const [n, { commit, parents }] of chain.entries()) {
    const before = chain[n + 1]?.commit;
    if (parents.length !== (before ? 1 : 0) || parents[0] !== before) {
      broken.push(`the ledger forks at ${commit}`);
    }
  }
  const ended = new Set(chain.flatMap(({ record }) => (record?.ended ? record.id : [])));
  for (const { record } of chain) {
    if (record && !ended.has(record.id))
      broken.push(`history does not tell how ${record.id} ended`);
  }
  return broken;
}
