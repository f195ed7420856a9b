/** What is found out before anything else is asked: that the tenant is the right one, and how much it allows. */
import type { Tenant } from '../../model/checkup.ts';
import { PlatformError } from '../../model/error.ts';
import { problem } from '../codes.ts';
import { isEverybodys } from '../everybody.ts';
import { idField, isFields, textField } from '../fields.ts';
import { demandTenant } from '../tenant.ts';
import { LIMITS, TENANT } from './calls.ts';
import type { Means } from './means.ts';
import { pacesFor } from './pace.ts';
import { namingPermission } from './permissions.ts';

/** Throws PlatformError `org-mismatch`, and what the client throws. */
async function checkTenant(means: Means): Promise<void> {
  const { org } = means;
  if (org.orgId === undefined) return;
  demandTenant(org, await readTenant(means));
}

/** Whose the credentials are. Throws PlatformError. */
export async function readTenant({ client }: Pick<Means, 'client'>): Promise<Tenant> {
  const { body } = await client.read(TENANT).catch((error: unknown) => {
    throw namingPermission(error, 'tenant');
  });
  const tenant = isFields(body) ? body : {};
  const id = idField(tenant, 'id');
  if (id === undefined)
    throw problem('answer-malformed', `The answer to ${TENANT} tells no tenant.`);
  const name = textField(tenant, 'name');
  return { id: client.clean(id), ...(name === undefined ? {} : { name: client.clean(name) }) };
}

const RATE = 'client.credentials.token.rate.per.minute';

function rateIn(body: unknown): number | undefined {
  const limits = isFields(body) && Array.isArray(body.entities) ? body.entities : [];
  const rate = limits.find((limit) => isFields(limit) && limit.key === RATE);
  const value = isFields(rate) ? rate.value : undefined;
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined;
}

/** Requests a minute that each token is allowed; undefined where the platform does not say. */
export async function readRate({ client }: Pick<Means, 'client'>): Promise<number | undefined> {
  try {
    return rateIn((await client.read(LIMITS)).body);
  } catch (error) {
    const said = error instanceof PlatformError && error.status !== undefined;
    if (!said || isEverybodys(error)) throw error;
    return undefined;
  }
}

async function makeReady(means: Means): Promise<void> {
  const { org, client, tokens } = means;
  await checkTenant(means);
  // A pace that is wholly written wins: there is nothing to find out.
  if (org.pace.reads !== undefined && org.pace.writes !== undefined) return;
  const rate = await readRate(means);
  if (rate !== undefined) client.repace(pacesFor(org, tokens, rate));
}

/** Resolves once the way is found to be right; asked again after a failure. */
export function createReady(means: Means): () => Promise<void> {
  let ready: Promise<void> | undefined;
  return () => {
    ready ??= makeReady(means).catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    return ready;
  };
}
