/** The calls of Genesys Cloud that are used, as its public API description has them. */
import { segment } from '../../http/client.ts';
import type { Kind } from '../../model/assignment.ts';

export const USERS = '/api/v2/users';
export const TENANT = '/api/v2/organizations/me';
export const LIMITS = '/api/v2/organizations/limits/namespaces/platform.api';

/** Most ids that one request for users by id may name. */
export const MOST_IDS = 100;
/** Most skills a user may have and one request may set; most languages one request may set. */
export const MOST_ENTRIES = 50;

export const CATALOGUE: Readonly<Record<Kind, string>> = {
  skill: '/api/v2/routing/skills',
  language: '/api/v2/routing/languages',
};

/** What a user's list is called in `expand`, and in what that gives. */
export const EXPANDED = { skill: 'skills', language: 'languages' } as const satisfies Record<
  Kind,
  string
>;

const OWN: Readonly<Record<Kind, string>> = {
  skill: 'routingskills',
  language: 'routinglanguages',
};

/** Throws PlatformError `bad-request` for an id that has no address. */
export function ownPath(userId: string, kind: Kind): string {
  return `${USERS}/${segment(userId)}/${OWN[kind]}`;
}
