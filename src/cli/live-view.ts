/** The progress of a command on a terminal: a few lines that are drawn again in place. Whatever else is printed goes above. */
import type { MusterEvent } from '../model/event.ts';
import type { ScreenStyle } from '../report/progress/screen.ts';
import type { Canvas } from './canvas.ts';
import { type GlobalFlags, styleOf } from './flags.ts';
import type { Io } from './io.ts';
import { lateProgress } from './late-progress.ts';
import { clockOf, noteLine } from './progress.ts';
import type { View } from './view.ts';

/** Often enough to be alive, seldom enough to be calm. */
const TICK_MS = 250;
/** What is over sooner is not shown at all. */
const FIRST_MS = 300;

export function liveView(io: Io, flags: GlobalFlags): View {
  const { clock } = io;
  const closed = new AbortController();
  const late = lateProgress(() => clock.now());
  let canvas: Canvas | undefined;
  let still = false;
  let inLine = false;

  async function tick(): Promise<void> {
    await clock.sleep(FIRST_MS, closed.signal);
    const [{ openCanvas }, { progressScreen }] = await Promise.all([
      import('./canvas.ts'),
      import('../report/progress/screen.ts'),
    ]);
    if (closed.signal.aborted) return;
    canvas = openCanvas(io);
    while (!closed.signal.aborted) {
      const so = await late.so();
      if (so === undefined) draw('');
      else draw(progressScreen(so, clock.now(), styleNow(io, flags)).join('\n'));
      await clock.sleep(TICK_MS, closed.signal);
    }
  }
  function draw(text: string): void {
    if (still || inLine || closed.signal.aborted) return;
    if (text === '') canvas?.clear();
    else canvas?.draw(text);
  }
  /** Prints above what is drawn; that comes back with the next tick, below a line that is finished. */
  function above(text: string, print: (text: string) => void): void {
    if (!still) canvas?.clear();
    print(text);
    inLine = !text.endsWith('\n');
  }
  void tick();

  return {
    hear(event: MusterEvent) {
      late.hear(event);
      const note = noteLine(event);
      if (note !== undefined) above(`${note}\n`, io.stderr);
    },
    stdout: above,
    stderr: above,
    async ask(asking) {
      canvas?.clear();
      canvas?.done();
      still = true;
      try {
        return await asking();
      } finally {
        still = false;
        inLine = false;
      }
    },
    close() {
      closed.abort();
      if (!still) canvas?.clear();
      canvas?.done();
      canvas = undefined;
    },
  };
}

function styleNow(io: Io, flags: GlobalFlags): ScreenStyle {
  return { ...styleOf(io, flags, 'stderr'), blocks: showsBlocks(io.env), clock: clockOf };
}

/** Block characters are there wherever UTF-8 is, but for the console of Linux itself. */
function showsBlocks({ LC_ALL, LC_CTYPE, LANG, TERM }: Io['env']): boolean {
  const locale = LC_ALL || LC_CTYPE || LANG;
  return TERM !== 'linux' && (locale === undefined || /utf-?8/i.test(locale));
}
