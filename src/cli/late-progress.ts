/** Progress that is reckoned only once somebody looks: most commands are over before, and need not load how it is done. */
import type { MusterEvent } from '../model/event.ts';
import type { Progress } from '../report/progress/state.ts';

export interface LateProgress {
  hear(event: MusterEvent): void;
  /** How far it is; undefined while there is nothing to show. */
  so(): Promise<Progress | undefined>;
}

export function lateProgress(now: () => number): LateProgress {
  const startedAt = now();
  let told: (readonly [MusterEvent, number])[] = [];
  let progress: Progress | undefined;
  return {
    hear: (event) => void told.push([event, now()]),
    async so() {
      const { advance, isAtWork, startProgress } = await import('../report/progress/state.ts');
      const news = told;
      told = [];
      progress ??= startProgress(startedAt);
      for (const [event, at] of news) progress = advance(progress, event, at);
      return isAtWork(progress) ? progress : undefined;
    },
  };
}
