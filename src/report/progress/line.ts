/** Progress as one plain line, for logs. */
import type { Progress } from './state.ts';
import { doing, elapsed, extent, pace, troubles, waiting } from './words.ts';

/** `apply eu-prod 2:30: writing in bulk, 412 of 1000 people, 110 a minute, 6 min left, 3 failed` */
export function progressLine(
  progress: Progress,
  now: number,
  clock: (at: number) => string,
): string {
  const { command, org, startedAt } = progress;
  const head = [command ?? 'muster', ...(org === undefined ? [] : [org])].join(' ');
  const how = extent(progress);
  const why = waiting(progress, now, clock);
  const parts = [
    lower(doing(progress)),
    ...(how === undefined ? [] : [`${how.done} of ${how.total} ${how.of}`]),
    ...pace(progress, now),
    ...troubles(progress),
    ...(why === undefined ? [] : [lower(why)]),
  ];
  return `${head} ${elapsed(now - startedAt)}: ${parts.join(', ')}`;
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
