/** How far a command is, out of the events it has told. Pure: who tells it the time is the shell. */
import type { MusterEvent, Stage } from '../../model/event.ts';
import type { Outcome } from '../../model/result.ts';

type Event<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;

/** Times are epoch milliseconds. */
export interface Progress {
  readonly startedAt: number;
  readonly command?: string;
  readonly org?: string;
  /** How many stages of each kind are at work. */
  readonly open: ReadonlyMap<Stage['phase'], number>;
  readonly reading?: Event<'reading'>;
  readonly by?: 'single' | 'bulk';
  /** Of the bulk job that is at work. */
  readonly job?: Event<'job'>;
  readonly people?: {
    readonly done: number;
    readonly total: number;
    /** When the first stage of writing began. */
    readonly since: number;
  };
  readonly outcomes: ReadonlyMap<Outcome, number>;
  /** A wait that the platform asked for. */
  readonly throttled?: { readonly kind: 'reads' | 'writes'; readonly until: number };
  /** A wait before a try after a failure. */
  readonly retrying?: { readonly why: string; readonly until: number };
}

export function startProgress(at: number): Progress {
  return { startedAt: at, open: new Map(), outcomes: new Map() };
}

export function advance(progress: Progress, event: MusterEvent, at: number): Progress {
  switch (event.type) {
    case 'begins':
      return begin(progress, event.stage, at);
    case 'ends':
      return end(progress, event.stage);
    case 'about': {
      const { command = progress.command, org = progress.org } = event;
      return { ...progress, ...(command && { command }), ...(org && { org }) };
    }
    case 'planned': {
      const { by, job, ...fresh } = progress;
      const people = { done: 0, total: event.totals.people, since: at };
      return { ...fresh, people, outcomes: new Map() };
    }
    case 'reading':
      return { ...progress, reading: event };
    case 'writing':
      return { ...progress, by: event.by };
    case 'job':
      return { ...progress, job: event };
    case 'decided':
      return decide(progress, event, at);
    case 'throttled':
      return { ...progress, throttled: { kind: event.kind, until: at + event.waitMs } };
    case 'retrying':
      return { ...progress, retrying: { why: event.why, until: at + event.waitMs } };
    default:
      return progress;
  }
}

function begin(progress: Progress, { phase }: Stage, at: number): Progress {
  const open = new Map(progress.open).set(phase, (progress.open.get(phase) ?? 0) + 1);
  const first = phase === 'gate' && progress.outcomes.size === 0 && !progress.open.has('gate');
  const people = progress.people && first ? { ...progress.people, since: at } : progress.people;
  return { ...progress, open, ...(people && { people }) };
}

function end(progress: Progress, { phase }: Stage): Progress {
  const open = new Map(progress.open);
  const left = (open.get(phase) ?? 1) - 1;
  if (left > 0) open.set(phase, left);
  else open.delete(phase);
  const { job, ...without } = progress;
  return phase === 'write' ? { ...without, open } : { ...progress, open };
}

function decide(progress: Progress, { outcome, done, total }: Event<'decided'>, at: number) {
  const outcomes = new Map(progress.outcomes).set(
    outcome,
    (progress.outcomes.get(outcome) ?? 0) + 1,
  );
  const since = progress.people?.since ?? at;
  return { ...progress, outcomes, people: { done, total, since } };
}

/** Whether there is anything to show. */
export function isAtWork({ open, people }: Progress): boolean {
  const stages = [...open.keys()].filter((phase) => phase !== 'command');
  return stages.length > 0 || (people !== undefined && people.done < people.total);
}

/** People done, those included that the job at work has been through. */
export function doneNow({ people, job }: Progress): number {
  return Math.min(people?.total ?? 0, (people?.done ?? 0) + (job?.processed ?? 0));
}

/** People a second; undefined while there is too little to tell it by. */
export function rate(progress: Progress, now: number): number | undefined {
  const done = doneNow(progress);
  const ms = now - (progress.people?.since ?? now);
  return done === 0 || ms < 1_000 ? undefined : (done * 1_000) / ms;
}

/** Milliseconds until everybody is done, at the rate so far. */
export function timeLeft(progress: Progress, now: number): number | undefined {
  const perSecond = rate(progress, now);
  const { people } = progress;
  if (people === undefined || perSecond === undefined) return undefined;
  return ((people.total - doneNow(progress)) / perSecond) * 1_000;
}
