/** Events as plain lines, for logs and for whoever wants every step. Ids only, never an e-mail. */
import type { Listener, MusterEvent, Stage } from '../model/event.ts';
import type { GlobalFlags } from './flags.ts';
import type { Io } from './io.ts';
import { lateProgress } from './late-progress.ts';

/** Where a command's events go: all that listen to its run. */
export function progress(io: Io, flags: GlobalFlags): Listener {
  if (io.session !== undefined) return io.session.listener(flags);
  return flags.quiet ? () => undefined : lines(io, flags);
}

/** A run that takes long must not look dead: so often there is a line, whatever happens. */
const EVERY_MS = 10_000;
/** Shorter waits are told by `--verbose` alone. */
const TOLD_MS = 1_000;

export function lineView(io: Io, flags: GlobalFlags) {
  const { clock } = io;
  const tell = lines(io, flags);
  const closed = new AbortController();
  const late = lateProgress(() => clock.now());
  const beat = async () => {
    for (;;) {
      await clock.sleep(EVERY_MS, closed.signal);
      if (closed.signal.aborted) return;
      const so = await late.so();
      const { progressLine } = await import('../report/progress/line.ts');
      if (so !== undefined) io.stderr(`${progressLine(so, clock.now(), clockOf)}\n`);
    }
  };
  void beat();
  return {
    hear(event: MusterEvent) {
      late.hear(event);
      tell(event);
    },
    close: () => closed.abort(),
  };
}

function lines(io: Io, flags: GlobalFlags): Listener {
  const isNews = newsOfWaiting(() => io.clock.now());
  return (event) => {
    if (event.type === 'throttled' && !flags.verbose && !isNews(event.waitMs)) return;
    const text = flags.verbose ? (line(event) ?? detail(event)) : line(event);
    if (text !== undefined) io.stderr(`${text}\n`);
  };
}

/** Whoever works at the edge of what is allowed waits before each request: that is told once in a while. */
function newsOfWaiting(now: () => number): (waitMs: number) => boolean {
  let toldUntil = Number.NEGATIVE_INFINITY;
  return (waitMs) => {
    if (waitMs < TOLD_MS || now() + waitMs <= toldUntil) return false;
    toldUntil = now() + Math.max(waitMs, EVERY_MS);
    return true;
  };
}

/** The time of day, where this machine is. */
export function clockOf(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB');
}

/** What deserves a line of its own even where progress is drawn. */
export function noteLine(event: MusterEvent): string | undefined {
  const fine = event.type === 'decided' && ['applied', 'unchanged'].includes(event.outcome);
  return event.type === 'notice' || (event.type === 'decided' && !fine) ? line(event) : undefined;
}

/** What everybody wants to know. */
function line(event: MusterEvent): string | undefined {
  switch (event.type) {
    case 'writing':
      return event.by === 'bulk' ? `Writing ${people(event.users)} in bulk ...` : undefined;
    case 'job':
      return `Job ${event.jobId}: ${event.status}${ofTotal(event.processed, event.total)}`;
    case 'decided':
      return `[${event.done}/${event.total}] ${event.userId}: ${event.outcome}`;
    case 'throttled':
      return event.waitMs < TOLD_MS
        ? undefined
        : `Waiting ${seconds(event.waitMs)} for the platform's rate limit.`;
    case 'retrying':
      return event.waitMs < TOLD_MS ? undefined : again(event);
    case 'notice':
      return `note: ${event.message}${event.hint === undefined ? '' : ` ${event.hint}`}`;
    default:
      return undefined;
  }
}

/** What `--verbose` adds. */
function detail(event: MusterEvent): string | undefined {
  switch (event.type) {
    case 'reading':
      return `Reading ${event.what}${ofTotal(event.done, event.total)}`;
    case 'writing':
      return `Writing ${people(event.users)} by a single call ...`;
    case 'begins':
      return begun(event.stage);
    case 'retrying':
      return again(event);
    case 'throttled':
      return `Waiting ${event.waitMs} ms for the platform's rate limit.`;
    default:
      return undefined;
  }
}

function begun(stage: Stage): string | undefined {
  switch (stage.phase) {
    case 'gate':
      return `Reading ${people(stage.users)} once more before the write ...`;
    case 'verify':
      return `Reading ${people(stage.users)} back ...`;
    default:
      return undefined;
  }
}

function again({ attempt, waitMs, why }: MusterEvent & { readonly type: 'retrying' }): string {
  return `Try ${attempt} failed (${why}); trying again in ${seconds(waitMs)}.`;
}

function people(count: number): string {
  return count === 1 ? '1 person' : `${count} people`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

function ofTotal(done: number | undefined, total: number | undefined): string {
  if (done === undefined) return '';
  return total === undefined ? ` (${done})` : ` (${done} of ${total})`;
}
