/**
 * Signing in with an access key: in the name of a client at the central door, or without one at an area's own. The token
 * tells the tenant, and the tenant's configuration where its API is: hosts are looked up, never made up.
 */
import type { Answer } from '../../http/answer.ts';
import type { Credentials } from '../../http/credentials.ts';
import { checkedUrl } from '../../http/hosts.ts';
import type { ClientOptions } from '../../http/options.ts';
import { oneLine, Secret } from '../../http/secret.ts';
import {
  type Ask,
  basic,
  type Grant,
  naming,
  type Plain,
  type SignIn,
  tokenIn,
} from '../../http/sign-in.ts';
import type { Org } from '../../model/config.ts';
import { PlatformError } from '../../model/error.ts';
import { problem } from '../codes.ts';
import { type Fields, field, isFields, textField } from '../fields.ts';
import { demandTenant } from '../tenant.ts';

type AccessKey = Extract<Credentials, { kind: 'access-key' }>;

/** Where tokens are issued; those of FedRAMP tenants say so themselves (`iss`). */
const CENTRAL = 'https://cxone.niceincontact.com';
const FEDRAMP = 'https://cxone-gov.niceincontact.com';
const DISCOVERY = '/.well-known/cxone-configuration';
const KEY_HINT = 'Check the key and its secret; a key dies when its user is deactivated.';

export interface Doors {
  readonly org: Org;
  readonly credentials: AccessKey;
  readonly allowedHosts: ClientOptions['allowedHosts'];
  /** Where to sign in instead of the usual place. */
  readonly loginUrl: string | undefined;
}

function checked(what: 'sign-in URL' | 'discovered URL', text: string, { allowedHosts }: Doors) {
  return checkedUrl(what, text, { platform: 'cxone', allowedHosts });
}

/** Throws PlatformError `address-missing` where nothing tells the door, and what checking it throws. */
function doorOf(doors: Doors): URL {
  const { org, credentials, loginUrl } = doors;
  const area = org.area && `https://${org.area}.nice-incontact.com`;
  const url = loginUrl ?? (credentials.client ? CENTRAL : area);
  if (url !== undefined && url !== '') return checked('sign-in URL', url, doors);
  throw problem(
    'address-missing',
    `The org ${org.name} has an access key without a client, and no \`area\` to sign in at.`,
    { place: org.place, hint: 'Set `area` of the org, or a client id and secret besides the key.' },
  );
}

function requestOf({ keyId, keySecret, client }: AccessKey, base: URL): Plain {
  const [id, secret] = [keyId.reveal(), keySecret.reveal()];
  if (client === undefined) {
    const text = JSON.stringify({ accessKeyId: id, accessKeySecret: secret });
    const path = '/authentication/v1/token/access-key';
    return { base, method: 'POST', path, body: { type: 'application/json', text } };
  }
  const form = new URLSearchParams({ grant_type: 'password', username: id, password: secret });
  const { authorization } = basic(client.id, client.secret);
  const body = { type: 'application/x-www-form-urlencoded', text: form.toString() };
  return { base, method: 'POST', path: '/auth/token', authorization, body };
}

/** What a token says of itself; nothing where it is none that can be read. */
export function claimsIn(token: string | undefined): Fields {
  try {
    const body = Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString('utf8');
    const claims: unknown = JSON.parse(body);
    return isFields(claims) ? claims : {};
  } catch {
    return {};
  }
}

/** The claims of the id token or, where there is none, of the access token. */
function claimsOf({ body }: Answer): Fields {
  const tokens = isFields(body) ? body : {};
  const claims = claimsIn(textField(tokens, 'id_token'));
  const told = textField(claims, 'tenantId') !== undefined;
  return told ? claims : claimsIn(textField(tokens, 'access_token'));
}

/** Throws PlatformError `org-mismatch`, and `discovery-failed` where the tenant is needed and not told. */
function tenantIn(claims: Fields, { org }: Doors): string | undefined {
  const tenant = textField(claims, 'tenantId');
  if (tenant !== undefined) demandTenant(org, { id: oneLine(tenant) });
  else if (org.orgId !== undefined || org.baseUrl === undefined)
    throw problem('discovery-failed', 'The sign-in does not tell the tenant.');
  return tenant;
}

/** Who issues the tenant's tokens: what stands in for the vendor does that as well. */
function issuerOf(claims: Fields, doors: Doors): URL {
  const fedRamp = textField(claims, 'iss')?.replace(/\/+$/, '') === FEDRAMP;
  return checked('sign-in URL', doors.loginUrl ?? (fedRamp ? FEDRAMP : CENTRAL), doors);
}

async function configurationOf(ask: Ask, base: URL, tenantId: string): Promise<Fields> {
  try {
    const { body } = await ask({ base, method: 'GET', path: DISCOVERY, query: { tenantId } });
    return isFields(body) ? body : {};
  } catch (error) {
    const { status } = error instanceof PlatformError ? error : {};
    if (status === undefined || status === 429 || status >= 500) throw error;
    const message = `The configuration of tenant ${oneLine(tenantId)} could not be read (${status}).`;
    throw problem('discovery-failed', message, { cause: error });
  }
}

/** Throws PlatformError `discovery-failed`, and what checking the address throws. */
async function discover(ask: Ask, issuer: URL, tenant: string, doors: Doors): Promise<URL> {
  const endpoint = field(await configurationOf(ask, issuer, tenant), 'api_endpoint');
  if (typeof endpoint === 'string') return checked('discovered URL', endpoint, doors);
  throw problem(
    'discovery-failed',
    `The configuration of tenant ${oneLine(tenant)} does not tell its API endpoint.`,
  );
}

export interface AccessKeySignIn extends SignIn {
  /** Whose the last token was, as far as it told. */
  tenant(): string | undefined;
}

/** Throws PlatformError for a door that cannot be used. Nothing is sent yet. */
export function accessKeySignIn(doors: Doors): AccessKeySignIn {
  const { credentials, org } = doors;
  const request = requestOf(credentials, doorOf(doors));
  const { client, keySecret, source } = credentials;
  const secrets: Secret[] = [keySecret, ...(client ? basic(client.id, client.secret).secrets : [])];
  /** API endpoints by tenant: they do not move while a command runs. */
  const known = new Map<string, URL>();
  let last: string | undefined;

  async function baseOf(ask: Ask, claims: Fields, tenant: string): Promise<URL> {
    const base = known.get(tenant) ?? (await discover(ask, issuerOf(claims, doors), tenant, doors));
    known.set(tenant, base);
    return base;
  }

  return {
    async grant(ask): Promise<Grant> {
      const answer = await naming(source, ask(request), KEY_HINT);
      const grant = tokenIn(answer);
      for (const name of ['id_token', 'refresh_token']) {
        const token = isFields(answer.body) ? textField(answer.body, name) : undefined;
        if (token !== undefined) secrets.push(new Secret(token));
      }
      const claims = claimsOf(answer);
      const tenant = tenantIn(claims, doors);
      last = tenant;
      if (org.baseUrl !== undefined || tenant === undefined) return grant;
      return { ...grant, base: await baseOf(ask, claims, tenant) };
    },
    secrets: () => secrets,
    tenant: () => last,
  };
}
