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
    };

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Wanted {
  readonly org: string;
  /** How many orgs are configured: the variables without the org's name serve when it is one. */
  readonly orgs: number;
  readonly mode: 'read' | 'write';
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

function under(env: Environment, prefix: string): Credentials | undefined {
  const token = secretIn(env, `${prefix}_TOKEN`);
  if (token) return { kind: 'token', token, source: `${prefix}_TOKEN` };
  const [idName, secretName] = [`${prefix}_CLIENT_ID`, `${prefix}_CLIENT_SECRET`];
  const clientId = secretIn(env, idName);
  const clientSecret = secretIn(env, secretName);
  if (clientId && clientSecret)
    return { kind: 'client', clientId, clientSecret, source: `${idName} and ${secretName}` };
  if (!clientId && !clientSecret) return undefined;
  const [there, missing] = clientId ? [idName, secretName] : [secretName, idName];
  throw fail('credentials-incomplete', `${there} is set but ${missing} is not.`);
}

/**
 * The credentials of an org. Throws MusterError `credentials-missing`, `credentials-incomplete` or
 * `credentials-malformed`, each naming variables and no value.
 */
export function findCredentials(env: Environment, wanted: Wanted): Credentials {
  const own = `MUSTER_${wanted.org.toUpperCase().replaceAll('-', '_')}`;
  const bases = wanted.orgs === 1 ? [own, 'MUSTER'] : [own];
  const reading = bases.map((base) => `${base}_READ`);
  for (const prefix of wanted.mode === 'read' ? [...reading, ...bases] : bases) {
    const found = under(env, prefix);
    if (found) return found;
  }
  const readOnly = wanted.mode === 'write' && reading.some((prefix) => under(env, prefix));
  throw fail(
    'credentials-missing',
    readOnly
      ? `The org ${wanted.org} has credentials for reading only.`
      : `There are no credentials for the org ${wanted.org}.`,
    `Set ${own}_TOKEN, or ${own}_CLIENT_ID and ${own}_CLIENT_SECRET.`,
  );
}
