/** Whose the credentials are and what they may do, by harmless reads. What only a write would show is not tried. */
import type { Check, Checkup, Need, Probed } from '../../model/checkup.ts';
import type { Org } from '../../model/config.ts';
import { credentialsOf } from '../connect.ts';
import type { Io } from '../io.ts';
import { failed, failedBy, ok, type Subject, unknown, warning } from './check.ts';

const CREDENTIALS: Subject = { check: 'credentials', title: 'Credentials' };
const SIGN_IN: Subject = { check: 'sign-in', title: 'Sign-in' };
const TENANT: Subject = { check: 'tenant', title: 'Tenant' };
const LIMITS: Subject = { check: 'limits', title: 'Rate limits' };

export type Mode = 'read' | 'write';

export interface Found {
  readonly check: Check;
  /** The mode to look with: as an apply would, where that is possible. Undefined without any credentials. */
  readonly mode?: Mode;
}

/** Tells the names of variables, never what is in them. */
export function checkCredentials({ env }: Io, org: Org, orgs: number): Found {
  const source = (mode: Mode) => credentialsOf(env, org, { orgs, mode }).source;
  let reading: string;
  try {
    reading = source('read');
  } catch (error) {
    return { check: failedBy(CREDENTIALS, error) };
  }
  try {
    const writing = source('write');
    const same = reading === writing;
    const told = same
      ? `Found ${writing}`
      : `Found ${reading} to read with, ${writing} to write with`;
    return { check: ok(CREDENTIALS, `${told}.`), mode: 'write' };
  } catch {
    const told = `Found ${reading}, to read with: plan and drift work here, apply does not.`;
    return { check: ok(CREDENTIALS, told), mode: 'read' };
  }
}

/** By the first look at the way: whether the platform takes the credentials. */
export function checkSignIn(first: Probed, note?: string): Check {
  const { error } = first;
  const code = error?.code ?? '';
  if (code === 'sign-in-failed' || code === 'unauthorized') return failedBy(SIGN_IN, error);
  // An answer that is no 401 came to somebody who is signed in.
  if (error === undefined || (error.status ?? 500) < 500)
    return ok(SIGN_IN, `The platform takes it.${note === undefined ? '' : ` ${note}`}`);
  return unknown(SIGN_IN, `Whether the platform takes it could not be told: ${error.message}`);
}

export async function checkTenant({ orgId }: Org, checkup: Checkup): Promise<Check> {
  if (checkup.tenant === undefined) {
    return unknown(TENANT, 'This platform does not tell whose the credentials are.');
  }
  try {
    const { id, name } = await checkup.tenant();
    const called = name === undefined ? id : `${name} (${id})`;
    if (orgId === undefined) {
      const fix = `Pin it: \`orgId: ${id}\` of the org in muster.yaml.`;
      return warning(TENANT, `The credentials lead to ${called}, and the org is not pinned.`, fix);
    }
    if (orgId.toLowerCase() === id.toLowerCase()) return ok(TENANT, `It is ${called}.`);
    const fix = 'Use the credentials of that tenant, or correct `orgId`.';
    return failed(TENANT, `The credentials lead to ${called}, and \`orgId\` is ${orgId}.`, fix);
  } catch (error) {
    return failedBy(TENANT, error);
  }
}

export async function checkLimits({ pace }: Org, checkup: Checkup): Promise<Check> {
  const { reads, writes } = pace;
  const set = [
    ...(reads === undefined ? [] : [`${reads} reads`]),
    ...(writes === undefined ? [] : [`${writes} writes`]),
  ];
  const own = set.length === 0 ? '' : ` muster.yaml allows ${set.join(' and ')} a minute.`;
  try {
    const told = await checkup.limits?.();
    if (told !== undefined) return ok(LIMITS, told + own);
    const usual = own === '' ? ' The usual pace of the platform is kept.' : own;
    return unknown(LIMITS, `The platform tells none.${usual}`);
  } catch (error) {
    return failedBy(LIMITS, error);
  }
}

/** `look` makes one read. */
export async function checkNeed(
  need: Need,
  look: (read: NonNullable<Need['read']>) => Promise<Probed>,
): Promise<Check> {
  const subject = { check: 'permission', title: need.name };
  if (need.read === undefined) {
    return {
      ...subject,
      health: 'not-tried',
      message: `Needed to ${need.use}; only that would show it.`,
    };
  }
  const { error } = await look(need.read);
  if (error === undefined) return ok(subject, `Needed to ${need.use}: it is there.`);
  if (error.status === 403) {
    const fix = `Grant the client the credentials belong to ${need.name}, then sign in again.`;
    return failed(
      subject,
      `Needed to ${need.use}, and the platform answers 403: it is missing.`,
      fix,
    );
  }
  return unknown(subject, `Needed to ${need.use}; it could not be told: ${error.message}`);
}
