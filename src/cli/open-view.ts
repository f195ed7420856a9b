/** Which view a run has: nothing, NDJSON, JSON logs, a screen that moves, or plain lines. */
import type { GlobalFlags } from './flags.ts';
import type { Io } from './io.ts';
import { liveView } from './live-view.ts';
import { lineView } from './progress.ts';
import { PLAIN, type Print, SILENT, type View } from './view.ts';

/** Commands whose result can come as NDJSON. */
const STREAMING = new Set(['plan', 'apply', 'rollback']);

export function openView(io: Io, command: string, flags: GlobalFlags): View {
  if (flags.quiet) return SILENT;
  if (flags.format === 'ndjson' && STREAMING.has(command)) return recordView(io.stdout);
  if (flags.logFormat === 'json') return { ...recordView(io.stderr), stderr: asRecord(io) };
  if (isLively(io) && !flags.verbose) return liveView(io, flags);
  return { ...PLAIN, ...lineView(io, flags) };
}

/** A terminal that somebody watches; a CI job may well have one too. */
function isLively({ terminal, env }: Io): boolean {
  return terminal.stderr && env.TERM !== 'dumb' && !env.CI;
}

function recordView(print: Print): View {
  return { ...PLAIN, hear: (_event, record) => print(`${JSON.stringify(record())}\n`) };
}

/** Where standard error is JSON, all of it is. */
function asRecord(io: Io) {
  return (text: string, print: Print) => {
    for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
      const at = new Date(io.clock.now()).toISOString();
      print(`${JSON.stringify({ at, type: 'text', text: line })}\n`);
    }
  };
}
