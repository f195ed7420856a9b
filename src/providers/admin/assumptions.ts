/**
 * Everything that is only assumed about the Admin API, in one place. Each can be overridden by its key under
 * `assumptions` of an org; where a read-back can decide instead, nothing depends on them.
 */
import { type Keyed, keyed } from '../../model/assignment.ts';
import { assumeWith } from '../assumed.ts';

const ASSUMED = {
  // Paths, relative to the base URL.
  usersPath: '/api/v2/admin/users',
  userSkillsPath: '/api/v2/admin/users/{userId}/skills',
  skillsPath: '/api/v2/admin/skills',
  bulkPath: '/api/v2/admin/users/bulkupdate',
  jobPath: '/api/v2/admin/users/bulkupdate/{jobId}',
  // Listings: what is asked for, and the fields of the answer.
  pageSize: '500',
  expand: 'skills',
  entities: 'entities',
  pageCount: 'pageCount',
  total: 'total',
  // A user.
  email: 'email',
  userName: 'userName',
  name: 'name',
  team: 'team',
  state: 'state',
  inactiveStates: 'inactive,deleted,disabled',
  skills: 'skills',
  // An entry of a list. The decorations of an entry without a number are not sent back.
  skillId: 'skillId',
  proficiency: 'proficiency',
  decorations: 'name,skillName,selfUri',
  // A bulk job.
  jobId: 'jobId',
  csvHeader: 'id,skillId,proficiency',
} as const;

type AssumptionKey = keyof typeof ASSUMED;
export type Assumptions = Readonly<Record<AssumptionKey, string>>;

const PLACEHOLDERS: Keyed<string> = keyed([
  ['userSkillsPath', '{userId}'],
  ['jobPath', '{jobId}'],
]);

function flaw(key: AssumptionKey, value: string): string | undefined {
  if (key.endsWith('Path') && !/^\/[^?#\s]*$/.test(value))
    return 'is not a path that begins with a slash';
  if (!value.includes(PLACEHOLDERS[key] ?? '')) return `does not hold ${PLACEHOLDERS[key]}`;
  if (key === 'pageSize' && !/^[1-9]\d{0,5}$/.test(value)) return 'is not a whole number from 1';
  return undefined;
}

/** The assumptions with an org's overrides. Throws MusterError `assumption-unknown`. */
export function assume(overrides: Keyed<string>): Assumptions {
  return assumeWith(ASSUMED, overrides, flaw);
}
