/** Opens the way to a CXone tenant: its address comes from the sign-in, unless it is written. */
import { createClient } from '../../http/client.ts';
import { isLoopback } from '../../http/hosts.ts';
import { oneLine } from '../../http/secret.ts';
import type { SignIn } from '../../http/sign-in.ts';
import type { Org } from '../../model/config.ts';
import type { Listener, MusterEvent } from '../../model/event.ts';
import type { Provider } from '../../model/provider.ts';
import { PROVIDER_CODES, problem } from '../codes.ts';
import { textField } from '../fields.ts';
import { type Opening, paceOf } from '../opening.ts';
import { demandTenant } from '../tenant.ts';
import { createCxone } from './index.ts';
import { accessKeySignIn, claimsIn } from './sign-in.ts';

/** The vendor publishes no rate, and counts the calls of a day: slow enough to be nobody's trouble. */
const PACE = { reads: 120, writes: 30 };
/** What the vendor tells to wait is not to be relied upon. */
const PAUSES_MS = [2_000, 6_000, 18_000] as const;

/** What is on loopback stands in for the whole platform, its sign-in included. */
function loginOf({ loginUrl, baseUrl }: Org): string | undefined {
  const standsIn = baseUrl !== undefined && URL.canParse(baseUrl) && isLoopback(new URL(baseUrl));
  return loginUrl ?? (standsIn ? baseUrl : undefined);
}

const UNCHECKED: MusterEvent = {
  type: 'notice',
  code: 'tenant-unchecked',
  message: 'The ready-made token does not tell its tenant, so `orgId` was not compared.',
  hint: PROVIDER_CODES['tenant-unchecked'].cure,
};

/** How the tenant is known, and how to sign in where there is no token yet. */
interface Way {
  readonly signIn?: SignIn;
  readonly tenant?: () => string | undefined;
}

/** A ready-made token says nothing of where the API is, and of its tenant only where it can be read. */
function readyWay(org: Org, token: string, listener: Listener): Way {
  if (org.baseUrl === undefined)
    throw problem(
      'address-missing',
      `The org ${org.name} has a ready-made token and no \`baseUrl\`.`,
      {
        place: org.place,
        hint: "Set `baseUrl` to the tenant's API endpoint, or sign in with an access key instead.",
      },
    );
  const tenant = textField(claimsIn(token), 'tenantId');
  if (tenant === undefined) {
    if (org.orgId !== undefined) listener(UNCHECKED);
    return {};
  }
  demandTenant(org, { id: oneLine(tenant) });
  return { tenant: () => tenant };
}

function wayOf({ org, outside }: Opening): Way {
  const { credentials, allowedHosts, listener } = outside;
  if (credentials.kind === 'token') return readyWay(org, credentials.token.reveal(), listener);
  if (credentials.kind === 'client') throw new Error('A client alone cannot sign in: a bug.');
  const signIn = accessKeySignIn({ org, credentials, allowedHosts, loginUrl: loginOf(org) });
  return { signIn, tenant: signIn.tenant };
}

/** Throws PlatformError `address-missing`, `org-mismatch`, and what creating a client and a provider throws. */
export function openCxone(opening: Opening): Provider {
  const { org, outside } = opening;
  const { clock, listener } = outside;
  const { baseUrl } = org;
  const { signIn, tenant } = wayOf(opening);
  const client = createClient({
    ...outside,
    ...(signIn === undefined ? {} : { signIn }),
    platform: 'cxone',
    ...(baseUrl === undefined ? {} : { baseUrl }),
    pace: paceOf(org, PACE),
    pausesMs: PAUSES_MS,
  });
  return createCxone({ org, client, listener, clock, ...(tenant && { tenant }) });
}
