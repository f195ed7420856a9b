/** Whether the credentials lead where the org is pinned to: on platforms where they, and not the host, choose the tenant. */
import type { Org } from '../model/config.ts';
import { problem } from './codes.ts';

interface Tenant {
  readonly id: string;
  /** Fit to be shown. */
  readonly name?: string;
}

/** Throws PlatformError `org-mismatch` where the org is pinned to another tenant. Ids are compared case aside. */
export function demandTenant({ name: org, orgId, place }: Org, { id, name }: Tenant): void {
  if (orgId === undefined || orgId.toLowerCase() === id.toLowerCase()) return;
  const called = name === undefined || name === '' ? '' : ` (${name})`;
  throw problem(
    'org-mismatch',
    `The credentials of ${org} belong to the tenant ${id}${called}, and its \`orgId\` is ${orgId}.`,
    { place },
  );
}
