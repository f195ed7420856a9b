/** Opens the way to an Admin API: its address is the org's `baseUrl`, and it counts reads and writes apart. */
import { createClient } from '../../http/client.ts';
import type { Provider } from '../../model/provider.ts';
import { problem } from '../codes.ts';
import { type Opening, paceOf } from '../opening.ts';
import { createAdmin } from './index.ts';

const PACE = { reads: 300, writes: 60 };

/** Throws PlatformError `address-missing`, and what creating a client and a provider throws. */
export function openAdmin({ org, outside }: Opening): Provider {
  const { clock, random, listener } = outside;
  const { name, baseUrl, loginUrl, place } = org;
  if (baseUrl === undefined)
    throw problem('address-missing', `The org ${name} has no \`baseUrl\`.`, { place });
  const client = createClient({
    ...outside,
    platform: 'admin',
    baseUrl,
    ...(loginUrl === undefined ? {} : { loginUrl }),
    pace: paceOf(org, PACE),
  });
  return createAdmin({ org, client, listener, clock, random });
}
