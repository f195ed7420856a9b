/** A result as its file: schemas/result.schema.json describes it. */
import type { Result } from '../../model/result.ts';
import { pretty } from '../pretty.ts';

export function resultJson(result: Result): string {
  return pretty(result);
}
