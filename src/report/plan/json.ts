/** A plan as its file: schemas/plan.schema.json describes it. */
import type { Plan } from '../../model/plan.ts';
import { pretty } from '../pretty.ts';

export function planJson(plan: Plan): string {
  return pretty(plan);
}
