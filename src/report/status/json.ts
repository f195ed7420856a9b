/** How an org stands, as JSON: scripts look at `calm` and `next`. */
import { pretty } from '../pretty.ts';
import type { Status } from './status.ts';

export function statusJson(status: Status): string {
  return pretty(status);
}
