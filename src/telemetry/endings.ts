/** How a command ended, on its span: how many people by outcome, and as an error where the exit code says one. */
import { type Span, SpanStatusCode } from '@opentelemetry/api';
import type { MusterEvent } from '../model/event.ts';

/** Exit codes that stand for no error: done, and changes found by whoever asked for them. */
const FINE = new Set([0, 2]);
const NAMED: Readonly<Record<number, string>> = {
  3: 'refused',
  4: 'incomplete',
  130: 'interrupted',
};

export interface Endings {
  /** `command` is the span of the one at work. */
  hear(event: MusterEvent, command: Span | undefined): void;
}

export function createEndings(): Endings {
  const decided = new WeakMap<Span, Map<string, number>>();
  const failed = new WeakSet<Span>();
  return {
    hear(event, command) {
      if (command === undefined) return;
      if (event.type === 'failed') failed.add(command);
      if (event.type === 'decided') {
        const counts = decided.get(command) ?? new Map<string, number>();
        decided.set(command, counts);
        const count = (counts.get(event.outcome) ?? 0) + 1;
        counts.set(event.outcome, count);
        command.setAttribute(`muster.users.${event.outcome.replaceAll('-', '_')}`, count);
      }
      if (event.type !== 'exits' || FINE.has(event.code) || failed.has(command)) return;
      command.setAttribute('error.type', NAMED[event.code] ?? String(event.code));
      command.setStatus({ code: SpanStatusCode.ERROR });
    },
  };
}
