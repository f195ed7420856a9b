/** The token: ready-made, or by a sign-in, renewed before it ends; one sign-in at a time. */
import type { Clock } from './clock.ts';
import type { Secret } from './secret.ts';
import type { Ask, Grant, SignIn } from './sign-in.ts';

export interface Tokens {
  /** Throws PlatformError `sign-in-failed` and what the transport throws. */
  current(): Promise<Pick<Grant, 'token' | 'base'>>;
  /** Tells that the platform refused `token`; whether asking again gives another one. */
  refused(token: Secret): boolean;
  /** Everything that must not show in any text. */
  secrets(): readonly Secret[];
}

interface Held extends Grant {
  /** Epoch milliseconds; Infinity where the platform tells no lifetime. */
  readonly renewAt: number;
}

/** A minute before the end, or a tenth of a short life. */
function renewal(now: number, expiresIn: unknown): number {
  const life = Number(expiresIn ?? Number.NaN) * 1000;
  return life > 0 ? now + life - Math.min(60_000, life / 10) : Number.POSITIVE_INFINITY;
}

export function readyToken(token: Secret): Tokens {
  return { current: async () => ({ token }), refused: () => false, secrets: () => [token] };
}

export function createTokens(signIn: SignIn, ask: Ask, clock: Clock): Tokens {
  const seen: Secret[] = [];
  let have: Held | undefined;
  let coming: Promise<Held> | undefined;

  async function fetchToken(): Promise<Held> {
    const grant = await signIn.grant(ask);
    seen.push(grant.token);
    return { ...grant, renewAt: renewal(clock.now(), grant.expiresIn) };
  }

  return {
    async current() {
      if (have && clock.now() < have.renewAt) return have;
      coming ??= fetchToken().finally(() => {
        coming = undefined;
      });
      have = await coming;
      return have;
    },
    refused(token) {
      // Another request may have renewed it meanwhile: only the token that is in use is thrown away.
      if (have?.token === token) have = undefined;
      return true;
    },
    secrets: () => [...signIn.secrets(), ...seen],
  };
}
