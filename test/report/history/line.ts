/** A run as reports tell of it, with what matters said and the rest filled in. */
import type { RunLine } from '../../../src/report/history/history.ts';

export function line(over: Partial<RunLine> = {}): RunLine {
  return {
    id: '20261123-100000-aaaaaa',
    kind: 'apply',
    by: 'ana@host',
    begun: '2026-11-23T10:00:30.000Z',
    ended: '2026-11-23T10:02:30.000Z',
    end: 'finished',
    people: 2,
    outcomes: { applied: 2 },
    overrides: [],
    ...over,
  };
}
