/** The tenant, and the limits it is under. */
import { type Answer, json } from '../answer.ts';
import type { World } from '../world.ts';

const NAMESPACE = 'platform.api';

export function readOrganization({ state }: World): Answer {
  const { id } = state.org;
  return json({
    id,
    name: 'Muster Sandbox',
    domain: 'sandbox.example.com',
    version: 1,
    state: 'active',
    selfUri: `/api/v2/organizations/${id}`,
  });
}

export function readLimits({ settings }: World): Answer {
  const { calls } = settings.rates;
  const limit = (key: string, value: number) => ({ key, namespace: NAMESPACE, value });
  return json({
    entities: calls === 0 ? [] : [limit('client.credentials.token.rate.per.minute', calls)],
  });
}
