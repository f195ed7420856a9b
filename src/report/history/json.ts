/** The history of an org, and one run of it, as JSON. */
import { pretty } from '../pretty.ts';
import type { History, RunDetail } from './history.ts';

export function historyJson(history: History | RunDetail): string {
  return pretty(history);
}
