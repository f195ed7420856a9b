/** Who may do what: bearer tokens with scopes and an end, and the clients that are given new ones. */
import type { ClientOptions, TokenOptions } from './options.ts';
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

export class Tokens {
  readonly #grants = new Map<string, Grant>();
  readonly #clients: ReadonlyMap<string, ClientOptions>;
  readonly #seed: number;
  #issued = 0;

  constructor(tokens: readonly TokenOptions[], clients: readonly ClientOptions[], from: Origin) {
    this.#seed = mix(from.seed, ISSUED);
    this.#clients = new Map(clients.map((client) => [client.id, client]));
    for (const [n, options] of tokens.entries()) {
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

  /** A new token for client credentials as they stand in a Basic header; undefined when they are wrong. */
  issue(authorization: string | undefined, now: number): Grant | undefined {
    const encoded = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
    const [, id = '', secret] =
      /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
    const client = this.#clients.get(id);
    if (client === undefined || client.secret !== secret) return undefined;
    const token = `issued-${stableId(this.#seed, this.#issued++)}`;
    const expiresAt = now + (client.tokenLifeMs ?? A_DAY);
    return this.#grant({ ...client, token }, { name: client.id, expiresAt });
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

interface Origin {
  readonly seed: number;
  readonly now: number;
}

interface Named {
  readonly name: string;
  readonly expiresAt: number;
}
