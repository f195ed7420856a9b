/** An examination as JSON. */
import type { Examination } from '../../model/checkup.ts';
import { pretty } from '../pretty.ts';

export function examinationJson(examination: Examination): string {
  return pretty(examination);
}
