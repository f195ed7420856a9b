/** Progress as a few lines that stay where they are on a terminal. None is ever wider than it. */
import { columns, start } from '../columns.ts';
import { page, type Style } from '../style.ts';
import type { Progress } from './state.ts';
import { doing, elapsed, extent, pace, troubles, waiting } from './words.ts';

export interface ScreenStyle extends Style {
  /** Whether the terminal shows block characters. */
  readonly blocks: boolean;
  /** Says a time of day. */
  readonly clock: (at: number) => string;
}

const BAR = { most: 40, least: 8 };

export function progressScreen(progress: Progress, now: number, style: ScreenStyle): string[] {
  const { paint } = page(style);
  // The last column stays free: some terminals break the line once it is written.
  const width = style.width - 1;
  const cut = (text: string) => start(text, width);
  const why = waiting(progress, now, style.clock);
  const notes = cut(`  ${[...pace(progress, now), ...troubles(progress)].join(', ')}`);
  const colour = troubles(progress).length > 0 ? paint.red : paint.dim;
  return [
    headline(progress, now, { ...style, width }),
    ...(notes.trim() === '' ? [] : [colour(notes)]),
    ...(why === undefined ? [] : [paint.yellow(cut(`  ${why}`))]),
  ];
}

function headline(progress: Progress, now: number, style: ScreenStyle): string {
  const { paint } = page(style);
  const { width, blocks } = style;
  const time = elapsed(now - progress.startedAt);
  const short = doing(progress);
  const long = progress.org === undefined ? short : `${short}, ${progress.org}`;
  const how = extent(progress);
  if (how === undefined) return start(`${long}  ${time}`, width);
  const counts = `${how.done}/${how.total} ${how.of}`;
  const roomBy = (words: string) => width - columns(`${words}    ${counts}  ${time}`);
  const title = roomBy(long) < BAR.least ? short : long;
  const room = roomBy(title);
  if (room < BAR.least) return start(`${title}  ${counts}  ${time}`, width);
  const { filled, rest } = bar(how, Math.min(BAR.most, room), blocks);
  return `${title}  ${paint.cyan(filled)}${paint.dim(rest)}  ${counts}  ${paint.dim(time)}`;
}

function bar({ done, total }: { done: number; total: number }, width: number, blocks: boolean) {
  const full = total === 0 ? width : Math.floor((Math.min(done, total) / total) * width);
  const [on, off] = blocks ? ['█', '░'] : ['#', '-'];
  return { filled: on.repeat(full), rest: off.repeat(width - full) };
}
