/** Requests spread evenly over several tokens of one client, where the platform counts them by token. */
import type { ClientOptions } from './options.ts';
import type { Tokens } from './tokens.ts';

/** So many requests go before another token is signed in for: a short job needs one. */
const REQUESTS_BEFORE_NEXT = 20;

interface Lane {
  readonly tokens: Tokens;
  uses: number;
}

/**
 * `one` makes the holder of one token. A ready-made token stays the only one. Nobody waits for a further one: requests
 * go with those that are there, and where it cannot be had it is asked for again later.
 */
export function spread(
  { credentials, tokens: most = 1 }: Pick<ClientOptions, 'credentials' | 'tokens'>,
  one: () => Tokens,
): Tokens {
  const lanes: Lane[] = [{ tokens: one(), uses: 0 }];
  const opened: Tokens[] = lanes.map(({ tokens }) => tokens);
  let sinceNext = 0;

  function openNext(): void {
    sinceNext = 0;
    const tokens = one();
    opened.push(tokens);
    const join = () =>
      void lanes.push({ tokens, uses: Math.min(...lanes.map(({ uses }) => uses)) });
    const forget = () => void opened.splice(opened.indexOf(tokens), 1);
    tokens.current().then(join, forget);
  }

  return {
    current() {
      const lane = lanes.reduce((least, each) => (each.uses < least.uses ? each : least));
      lane.uses += 1;
      sinceNext += 1;
      const wanted = credentials.kind === 'client' && opened.length < most;
      if (wanted && sinceNext >= REQUESTS_BEFORE_NEXT) openNext();
      return lane.tokens.current();
    },
    refused: (token) => lanes.map(({ tokens }) => tokens.refused(token)).some(Boolean),
    secrets: () => opened.flatMap((tokens) => tokens.secrets()),
  };
}
