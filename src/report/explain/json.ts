/** An explanation as JSON. */
import { pretty } from '../pretty.ts';
import type { Explanation } from './explain.ts';

export function explainJson(explanation: Explanation): string {
  return pretty(explanation);
}
