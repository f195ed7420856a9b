/** Writes many agents' lists: what is set in as few calls as that takes, then what is taken away, agent by agent. */
import { keyed } from '../../model/assignment.ts';
import type { PlatformError } from '../../model/error.ts';
import type { Write, WriteReport } from '../../model/provider.ts';
import { pooled } from '../pool.ts';
import { LANES, type Means } from './means.ts';
import type { Trial } from './restore.ts';
import { type Said, type Share, sendMany } from './send.ts';
import { type How, takeSteps, without } from './single.ts';
import { differences, type Step } from './steps.ts';

interface Setting extends Share {
  readonly trial: Trial;
}

/** What is to be set of one agent; undefined when nothing is. */
function settingOf(write: Write): Setting | undefined {
  const { create, change, remove } = differences(write);
  const rows = new Map([...create, ...change]);
  if (rows.size === 0) return undefined;
  const { userId, before } = write;
  const list = without(before.skill, new Set(remove.keys()));
  return { userId, rows, trial: { userId, list, step: { way: 'many', rows } } };
}

/** So many in one call as it may hold records; one agent's rows stay together. */
function* callsOf(settings: readonly Setting[], { assumed }: Means): Iterable<Setting[]> {
  const most = Number(assumed.mostRecords);
  let call: Setting[] = [];
  let records = 0;
  for (const setting of settings) {
    if (call.length > 0 && records + setting.rows.size > most) {
      yield call;
      call = [];
      records = 0;
    }
    call.push(setting);
    records += setting.rows.size;
  }
  if (call.length > 0) yield call;
}

function notSent(call: readonly Setting[], error: PlatformError): Map<string, Said> {
  return new Map(call.map(({ userId }) => [userId, { sent: 'not-sent', error }]));
}

/** Sets everybody's rows. While nobody knows what the call does to other rows, it goes for one agent alone. */
async function setAll(settings: readonly Setting[], { means, trials, heedMany, turn }: How) {
  const saids = new Map<string, Said>();
  let unused = turn;
  const next = () => {
    const taken = unused;
    unused = false;
    return taken;
  };
  let left = settings;
  for (;;) {
    const one = left.find(({ trial }) => !trials.isFree(trial));
    if (one === undefined || trials.broken !== undefined) break;
    const call = async () => (await sendMany(means, [one], next())).get(one.userId) as Said;
    saids.set(one.userId, heedMany(await trials.send({ ...one.trial, first: true }, call)));
    left = left.filter((each) => each !== one);
  }
  for (const call of callsOf(left, means)) {
    const { broken } = trials;
    const told = broken ? notSent(call, broken) : await sendMany(means, call, next());
    for (const [userId, said] of told) saids.set(userId, heedMany(said));
  }
  return { saids, turn: unused };
}

/** Reports every agent of the batch once. Throws what is no PlatformError. */
export async function writeBulk(writes: readonly Write[], how: How): Promise<WriteReport[]> {
  const settings = writes.flatMap((write) => settingOf(write) ?? []);
  const { saids, turn } = await setAll(settings, how);
  let unused = turn;
  // Whose list was read last comes first: it need not be looked at again.
  const reports = await pooled(writes.toReversed(), LANES, async (write): Promise<WriteReport> => {
    const { userId, before, after } = write;
    const said = saids.get(userId);
    if (said !== undefined && said.sent !== 'accepted') return { userId, ...said };
    const { remove } = differences(write);
    if (remove.size === 0) return { userId, ...(said ?? { sent: 'accepted' }) };
    const kept = Object.entries({ ...before.skill, ...after.skill });
    const steps: Step[] = [{ way: 'remove', rows: remove }];
    const takesTurn = unused;
    unused = false;
    return takeSteps(
      { userId, list: keyed(kept), steps, begun: said !== undefined },
      { ...how, turn: takesTurn },
    );
  });
  return reports.toReversed();
}
