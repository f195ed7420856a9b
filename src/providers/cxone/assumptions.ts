/**
 * What is only inferred about CXone, in one place. Each can be overridden by its key under `assumptions` of an org; where a
 * read-back can decide, it does, whatever stands here.
 */
import type { Keyed } from '../../model/assignment.ts';
import { assumeWith } from '../assumed.ts';

const ASSUMED = {
  /** `false`: PUT is never used; what changes goes by the call for many, which is said to add or modify. */
  putMerges: 'true',
  /** Rows to ask for at once; the platform may give fewer. */
  pageSize: '1000',
  /** Most records in one write. */
  mostRecords: '10000',
  // Fields of an answer.
  total: 'totalRecords',
  hidden: 'hiddenAgents',
  proficiency: 'agentProficiencyValue',
} as const;

type AssumptionKey = keyof typeof ASSUMED;
export type Assumptions = Readonly<Record<AssumptionKey, string>>;

function flaw(key: AssumptionKey, value: string): string | undefined {
  if (key === 'putMerges') return /^(true|false)$/.test(value) ? undefined : 'is not true or false';
  if (key !== 'pageSize' && key !== 'mostRecords') return undefined;
  return /^[1-9]\d{0,5}$/.test(value) ? undefined : 'is not a whole number from 1';
}

/** The assumptions with an org's overrides. Throws MusterError `assumption-unknown`. */
export function assume(overrides: Keyed<string>): Assumptions {
  return assumeWith(ASSUMED, overrides, flaw);
}
