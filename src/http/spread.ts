/** Requests spread evenly over several tokens of one client, where the platform counts them by token. */
import type { ClientOptions } from './options.ts';
import type { Tokens } from './tokens.ts';

/** So many requests go before another token is signed in for: a short job needs one. */
const REQUESTS_BEFORE_NEXT = 20;

interface Lane {
  readonly tokens: Tokens;
  uses: number;
}

/** `one` makes the holder of one token. A ready-made token stays the only one. */
export function spread(
  { credentials, tokens: most = 1 }: Pick<ClientOptions, 'credentials' | 'tokens'>,
  one: () => Tokens,
): Tokens {
  const lanes: Lane[] = [{ tokens: one(), uses: 0 }];
  let sent = 0;
  const leastUsed = (): Lane => {
    const wanted = credentials.kind === 'token' ? 1 : 1 + Math.floor(sent / REQUESTS_BEFORE_NEXT);
    if (lanes.length < Math.min(most, wanted)) lanes.push({ tokens: one(), uses: 0 });
    return lanes.reduce((least, lane) => (lane.uses < least.uses ? lane : least));
  };
  return {
    current() {
      const lane = leastUsed();
      lane.uses += 1;
      sent += 1;
      return lane.tokens.current();
    },
    refused: (token) => lanes.map(({ tokens }) => tokens.refused(token)).some(Boolean),
    secrets: () => lanes.flatMap(({ tokens }) => tokens.secrets()),
  };
}
