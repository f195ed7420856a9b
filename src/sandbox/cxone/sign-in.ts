/** The two ways to sign in with an access key, the identity they give, and where the tenant's services are. */
import { type Answer, json, Refusal } from '../answer.ts';
import { type Call, jsonBody, requireType } from '../call.ts';
import type { Grant } from '../tokens.ts';
import type { CxoneWorld } from './world.ts';

export const GLOBAL = '/auth/token';
export const REGIONAL = '/authentication/v1/token/access-key';
export const DISCOVERY = '/.well-known/cxone-configuration';

/** The key as name and password in a form, beside the client's own credentials. */
export function signInGlobally(world: CxoneWorld, call: Call): Answer {
  requireType(call, ['application/x-www-form-urlencoded']);
  const form = new URLSearchParams(call.body);
  if (form.get('grant_type') !== 'password') {
    throw new Refusal(400, 'unsupported_grant_type', 'The grant type must be password');
  }
  if (world.tokens.client(call.headers.authorization) === undefined) {
    throw new Refusal(401, 'invalid_client', 'The client is not known');
  }
  return granted(world, form.get('username'), form.get('password'));
}

/** The key alone. */
export function signInRegionally(world: CxoneWorld, call: Call): Answer {
  const { accessKeyId, accessKeySecret } = jsonBody(call);
  return granted(world, accessKeyId, accessKeySecret);
}

export function discover({ state }: CxoneWorld, call: Call): Answer {
  if (call.query.get('tenantId') !== state.org.id) {
    throw new Refusal(404, 'not_found', 'There is no such tenant');
  }
  return json({ tenantId: state.org.id, auth_endpoint: call.origin, api_endpoint: call.origin });
}

function granted(world: CxoneWorld, id: unknown, secret: unknown): Answer {
  const now = world.now();
  const grant = world.tokens.issueToKey({ id, secret }, now);
  if (grant === undefined) throw new Refusal(401, 'invalid_grant', 'The access key is not valid');
  return json({
    access_token: grant.token,
    token_type: 'Bearer',
    expires_in: Math.floor((grant.expiresAt - now) / 1000),
    refresh_token: `refresh-${grant.token}`,
    id_token: identity(world, grant),
  });
}

/** A JSON Web Token whose signature nobody here checks. */
function identity({ state }: CxoneWorld, { name, expiresAt }: Grant): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { sub: name, tenantId: state.org.id, exp: Math.floor(expiresAt / 1000) };
  return [part({ alg: 'RS256', typ: 'JWT' }), part(claims), 'c2FuZGJveA'].join('.');
}
