/**
 * What a person sees of a long run, on terminals of three widths: real ones, whose every byte goes through a terminal's
 * own eyes. The screens are kept beside this file, to be looked at; UPDATE_SCREENS=1 writes them anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import pty from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { expect, test } from 'vitest';

const PLAY = resolve('test/cli/screens/play.mjs');
const STEPS = 9;

/** Every step's screen, under its name. */
function played(cols: number): Promise<string> {
  const screen = new xterm.Terminal({ cols, rows: 16, allowProposedApi: true });
  const env = { PATH: process.env.PATH ?? '', TZ: 'UTC', TERM: 'xterm-256color', LANG: 'C.UTF-8' };
  const run = pty.spawn(process.execPath, [PLAY], { cols, rows: 16, env });
  const screens: string[] = [];
  let out = '';
  run.onData((text) => {
    out += text;
    if (text.includes('yes: ') && !text.includes('\u001b]0;')) run.write('yes\r');
    screen.write(text);
  });
  screen.onTitleChange((step) => {
    screens.push(`== ${step}\n${shown(screen)}`);
    run.write(' ');
  });
  return new Promise((done, failed) => {
    run.onExit(({ exitCode }) => {
      if (exitCode === 0) screen.write('', () => done(`${screens.join('\n')}\n`));
      else failed(new Error(`It ended with ${exitCode}: ${out}`));
    });
  });
}

function shown(screen: InstanceType<typeof xterm.Terminal>): string {
  const { active } = screen.buffer;
  const lines = Array.from(
    { length: active.length },
    (_, y) => active.getLine(y)?.translateToString(true).trimEnd() ?? '',
  );
  while (lines.at(-1) === '') lines.pop();
  return lines.join('\n');
}

test.each([60, 100, 160])(
  'on %i columns the screens are as they were looked at',
  async (cols) => {
    const file = `test/cli/screens/${cols}.txt`;
    const screens = await played(cols);
    if (process.env.UPDATE_SCREENS) writeFileSync(file, screens);
    expect(screens.match(/^== /gm)).toHaveLength(STEPS);
    expect(screens).toBe(readFileSync(file, 'utf8'));
    for (const line of screens.split('\n')) expect(line.length).toBeLessThanOrEqual(cols);
  },
  60_000,
);
