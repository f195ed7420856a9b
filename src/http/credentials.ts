/** Credentials out of the environment handed in: found by name, never written anywhere. Pure. */
import { MusterError } from '../model/error.ts';
import { HTTP_CODES, type HttpCode } from './codes.ts';
import { Secret } from './secret.ts';

/** `source` names the variables, for messages. */
export type Credentials =
  | { readonly kind: 'token'; readonly token: Secret; readonly source: string }
  | {
      readonly kind: 'client';
      readonly clientId: Secret;
      readonly clientSecret: Secret;
      readonly source: string;
    }
  | {
      /** With a client the key is changed for a token in the client's name. */
      readonly kind: 'access-key';
      readonly keyId: Secret;
      readonly keySecret: Secret;
      readonly client?: { readonly id: Secret; readonly secret: Secret };
      readonly source: string;
    };

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Wanted {
  readonly org: string;
  /** How many orgs are configured: the variables without the org's name serve when it is one. */
  readonly orgs: number;
  readonly mode: 'read' | 'write';
  /** By an access key instead of a client alone, where the platform wants one. */
  readonly accessKey?: boolean;
}

function fail(code: HttpCode, message: string, hint: string = HTTP_CODES[code].cure): MusterError {
  return new MusterError(code, message, { hint });
}

/** Unset, empty and blank are the same; white space around a value is never part of it. */
function secretIn(env: Environment, name: string): Secret | undefined {
  const value = (Object.hasOwn(env, name) ? env[name] : undefined)?.trim();
  if (value === undefined || value === '') return undefined;
  if (!/^[\x21-\x7e]+$/.test(value))
    throw fail('credentials-malformed', `${name} holds characters that cannot be sent.`);
  return new Secret(value);
}

interface Pair {
  readonly id: Secret;
  readonly secret: Secret;
  readonly source: string;
}

/** The variables `<prefix>_ID` and `<prefix>_SECRET`. */
function pairIn(env: Environment, prefix: string): Pair | undefined {
  const [idName, secretName] = [`${prefix}_ID`, `${prefix}_SECRET`];
  const id = secretIn(env, idName);
  const secret = secretIn(env, secretName);
  if (id && secret) return { id, secret, source: `${idName} and ${secretName}` };
  if (!id && !secret) return undefined;
  const [there, missing] = id ? [idName, secretName] : [secretName, idName];
  throw fail('credentials-incomplete', `${there} is set but ${missing} is not.`);
}

function under(env: Environment, prefix: string, accessKey: boolean): Credentials | undefined {
  const token = secretIn(env, `${prefix}_TOKEN`);
  if (token) return { kind: 'token', token, source: `${prefix}_TOKEN` };
  const client = pairIn(env, `${prefix}_CLIENT`);
  if (!accessKey) {
    const { id: clientId, secret: clientSecret, source } = client ?? {};
    return clientId && clientSecret && source
      ? { kind: 'client', clientId, clientSecret, source }
      : undefined;
  }
  const key = pairIn(env, `${prefix}_ACCESS_KEY`);
  if (key === undefined) {
    if (client === undefined) return undefined;
    const missing = `${prefix}_ACCESS_KEY_ID and ${prefix}_ACCESS_KEY_SECRET are not`;
    throw fail('credentials-incomplete', `${client.source} are set but ${missing}.`);
  }
  const { id: keyId, secret: keySecret } = key;
  const source = [client?.source, key.source].filter(Boolean).join(', and ');
  return { kind: 'access-key', keyId, keySecret, source, ...(client && { client }) };
}

/**
 * The credentials of an org. Throws MusterError `credentials-missing`, `credentials-incomplete` or
 * `credentials-malformed`, each naming variables and no value.
 */
export function findCredentials(env: Environment, wanted: Wanted): Credentials {
  const { accessKey = false } = wanted;
  const own = `MUSTER_${wanted.org.toUpperCase().replaceAll('-', '_')}`;
  const bases = wanted.orgs === 1 ? [own, 'MUSTER'] : [own];
  const reading = bases.map((base) => `${base}_READ`);
  for (const prefix of wanted.mode === 'read' ? [...reading, ...bases] : bases) {
    const found = under(env, prefix, accessKey);
    if (found) return found;
  }
  const readOnly =
    wanted.mode === 'write' && reading.some((prefix) => under(env, prefix, accessKey));
  throw fail(
    'credentials-missing',
    readOnly
      ? `The org ${wanted.org} has credentials for reading only.`
      : `There are no credentials for the org ${wanted.org}.`,
    accessKey
      ? `Set ${own}_TOKEN, or ${own}_ACCESS_KEY_ID and ${own}_ACCESS_KEY_SECRET, and ${own}_CLIENT_ID and ${own}_CLIENT_SECRET where there is a client.`
      : `Set ${own}_TOKEN, or ${own}_CLIENT_ID and ${own}_CLIENT_SECRET.`,
  );
}
