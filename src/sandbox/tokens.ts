/** Who may do what: bearer tokens with scopes and an end, and the clients that are given new ones. */
import type { AccessKeyOptions, ClientOptions, TokenOptions } from './options.ts';
import { mix, stableId } from './org/random.ts';

export interface Grant {
  readonly token: string;
  readonly name: string;
  /** `undefined`: every scope. */
  readonly scopes: ReadonlySet<string> | undefined;
  /** `undefined`: every permission. */
  readonly permissions: ReadonlySet<string> | undefined;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export type Verdict = Grant | 'missing' | 'unknown' | 'expired';

const ISSUED = 11;
const A_DAY = 86_400_000;
const AN_HOUR = 3_600_000;

export class Tokens {
  readonly #grants = new Map<string, Grant>();
  readonly #clients: ReadonlyMap<string, ClientOptions>;
  readonly #keys: ReadonlyMap<string, AccessKeyOptions>;
  readonly #seed: number;
  #count = 0;

  constructor(accounts: Accounts, from: Origin) {
    this.#seed = mix(from.seed, ISSUED);
    this.#clients = new Map(accounts.clients.map((client) => [client.id, client]));
    this.#keys = new Map(accounts.accessKeys.map((key) => [key.id, key]));
    for (const [n, options] of accounts.tokens.entries()) {
      this.#grant(options, {
        name: options.name ?? `token-${n + 1}`,
        expiresAt: from.now + (options.expiresInMs ?? Number.POSITIVE_INFINITY),
      });
    }
  }

  /** What an `Authorization` header is worth. */
  check(authorization: string | undefined, now: number): Verdict {
    const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return 'missing';
    const grant = this.#grants.get(token);
    if (grant === undefined) return 'unknown';
    return grant.expiresAt > now ? grant : 'expired';
  }

  /** The client whose credentials stand in a Basic header; undefined when they are wrong. */
  client(authorization: string | undefined): ClientOptions | undefined {
    const encoded = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
    const [, id = '', secret] =
      /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
    const client = this.#clients.get(id);
    return client?.secret === secret ? client : undefined;
  }

  /** A new token for such a client. */
  issue(authorization: string | undefined, now: number): Grant | undefined {
    const client = this.client(authorization);
    return client && this.#issued(client, now + (client.tokenLifeMs ?? A_DAY));
  }

  /** A new token for an access key; undefined when it is wrong. */
  issueToKey({ id, secret }: GivenKey, now: number): Grant | undefined {
    const key = typeof id === 'string' ? this.#keys.get(id) : undefined;
    if (key === undefined || key.secret !== secret) return undefined;
    return this.#issued(key, now + (key.tokenLifeMs ?? AN_HOUR));
  }

  #issued(account: ClientOptions | AccessKeyOptions, expiresAt: number): Grant {
    const token = `issued-${stableId(this.#seed, this.#count++)}`;
    return this.#grant({ ...account, token }, { name: account.id, expiresAt });
  }

  #grant(options: TokenOptions, rest: Named): Grant {
    const { token, scopes, permissions } = options;
    const grant: Grant = {
      token,
      scopes: scopes && new Set(scopes),
      permissions: permissions && new Set(permissions),
      ...rest,
    };
    this.#grants.set(grant.token, grant);
    return grant;
  }
}

interface Accounts {
  readonly tokens: readonly TokenOptions[];
  readonly clients: readonly ClientOptions[];
  readonly accessKeys: readonly AccessKeyOptions[];
}

/** As somebody sent it, whatever it is. */
interface GivenKey {
  readonly id: unknown;
  readonly secret: unknown;
}

interface Origin {
  readonly seed: number;
  readonly now: number;
}

interface Named {
  readonly name: string;
  readonly expiresAt: number;
}
