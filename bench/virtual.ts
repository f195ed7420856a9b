/**
 * Time that passes only while nobody works. A run of muster and its sandbox share it in one process: an hour at a
 * platform's pace takes as long as the work in it, and what a slow machine takes for the work does not count.
 */
import type { Io } from '../src/cli/io.ts';
import type { Clock } from '../src/sandbox/clock.ts';

export interface VirtualTime {
  readonly muster: Io['clock'];
  readonly sandbox: Clock;
  /** Lets time pass. `work` tells how many requests there have been, and how many are under way. */
  start(work: () => Work): void;
  stop(): void;
}

interface Work {
  readonly requests: number;
  readonly underWay: number;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Whether a file or another process is waited for: that is work, which takes no time here. */
function isOnDisk(): boolean {
  return process.getActiveResourcesInfo().some((name) => /^(FSReq|Process)/.test(name));
}

/** So many looks in a row have to find nothing new. */
const QUIET = 2;

export function virtualTime(): VirtualTime {
  let now = Date.UTC(2026, 10, 23);
  let sleepers: Sleeper[] = [];
  /** Answers that the sandbox holds back are under way, and wait for time to pass. */
  let heldBack = 0;
  let changes = 0;
  let timer: NodeJS.Timeout | undefined;

  function sleepUntil(at: number, wake: () => void): () => void {
    const sleeper = { at, wake };
    sleepers.push(sleeper);
    changes += 1;
    return () => {
      sleepers = sleepers.filter((other) => other !== sleeper);
      changes += 1;
    };
  }

  function pass(): void {
    const next = Math.min(...sleepers.map(({ at }) => at));
    if (!Number.isFinite(next)) return;
    now = Math.max(now, next);
    const due = sleepers.filter(({ at }) => at <= now);
    sleepers = sleepers.filter(({ at }) => at > now);
    for (const { wake } of due) wake();
    changes += 1;
  }

  function watch(work: () => Work): void {
    let last = '';
    let quiet = 0;
    const look = () => {
      const { requests, underWay } = work();
      const seen = `${requests} ${underWay} ${changes}`;
      const isIdle = seen === last && underWay <= heldBack && !isOnDisk();
      quiet = isIdle ? quiet + 1 : 0;
      last = seen;
      if (quiet >= QUIET) pass();
      timer = setTimeout(look, 0);
    };
    look();
  }

  return {
    muster: {
      now: () => now,
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          if (signal?.aborted) return resolve();
          const stop = () => {
            cancel();
            resolve();
          };
          const cancel = sleepUntil(now + ms, () => {
            signal?.removeEventListener('abort', stop);
            resolve();
          });
          signal?.addEventListener('abort', stop, { once: true });
        }),
    },
    sandbox: {
      now: () => now,
      after(ms, run) {
        heldBack += 1;
        const cancel = sleepUntil(now + ms, () => {
          heldBack -= 1;
          run();
        });
        return () => {
          heldBack -= 1;
          cancel();
        };
      },
    },
    start: watch,
    stop: () => clearTimeout(timer),
  };
}
