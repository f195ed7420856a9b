/** Opens the way to a Genesys Cloud org: its region gives the addresses, unless they are written. */
import { createClient } from '../../http/client.ts';
import { isLoopback } from '../../http/hosts.ts';
import type { Org } from '../../model/config.ts';
import type { Provider } from '../../model/provider.ts';
import { regionDomain } from '../../model/region.ts';
import { problem } from '../codes.ts';
import type { Opening } from '../opening.ts';
import { createGenesys } from './index.ts';
import { pacesFor, USUAL_RATE } from './pace.ts';

/** What is on loopback stands in for the whole platform, its sign-in included. */
function standsIn(baseUrl: string): boolean {
  return URL.canParse(baseUrl) && isLoopback(new URL(baseUrl));
}

function addressesOf({ name, region, baseUrl, loginUrl, place }: Org) {
  const domain = region === undefined ? undefined : regionDomain(region);
  const api = baseUrl ?? (domain && `https://api.${domain}`);
  if (api === undefined)
    throw problem('address-missing', `The org ${name} has neither \`region\` nor \`baseUrl\`.`, {
      place,
    });
  const login = loginUrl ?? (standsIn(api) ? api : domain && `https://login.${domain}`);
  return { baseUrl: api, ...(login === undefined ? {} : { loginUrl: login }) };
}

/** Throws PlatformError `address-missing`, and what creating a client throws. */
export function openGenesys({ org, outside }: Opening): Provider {
  const { clock, random, listener, credentials } = outside;
  // A ready-made token stays the only one.
  const tokens = credentials.kind === 'token' ? 1 : org.tokens;
  const client = createClient({
    ...outside,
    ...addressesOf(org),
    platform: 'genesys',
    tokens,
    pace: pacesFor(org, tokens, USUAL_RATE),
  });
  return createGenesys({ org, client, listener, clock, random, tokens });
}
