/** How the way to CXone is looked at. It tells a soft limit of calls a day; whose the credentials are, the token tells. */
import type { Checkup } from '../../model/checkup.ts';
import { PlatformError } from '../../model/error.ts';
import { problem } from '../codes.ts';
import { isFields } from '../fields.ts';
import type { Means } from './means.ts';

export function checkupCxone({ client, calls, tenant }: Means): Checkup {
  const query = { skip: 0, top: 1 };
  return {
    needs: [
      { name: 'Users: View', use: 'read people', read: { path: calls.agents, query } },
      { name: 'Skills: View', use: 'read the catalogue', read: { path: calls.skills, query } },
      { name: 'Skills: User Assignment', use: 'write skills' },
    ],
    calm: { path: calls.skills, query },
    namesRequests: false,
    note: 'An access key ends with its user: once that account is deactivated, nothing signs in any more.',
    ...(tenant && {
      async tenant() {
        // Signs in, where nobody has yet.
        if (tenant() === undefined) await client.read(calls.skills, query);
        const id = tenant();
        if (id === undefined) throw problem('tenant-unchecked', 'The token tells no tenant.');
        return { id: client.clean(id) };
      },
    }),
    async limits() {
      const { body } = await client.read(calls.businessUnit).catch(unlessRefused);
      const limit = limitIn(body);
      return limit === undefined ? undefined : `The business unit may make ${limit} calls a day.`;
    },
    probe: client.probe,
  };
}

/** Whoever may not look at the business unit may still do all the rest. */
function unlessRefused(error: unknown): { readonly body: undefined } {
  const refused = error instanceof PlatformError && [403, 404].includes(error.status ?? 0);
  if (refused) return { body: undefined };
  throw error;
}

/** Where it stands in the answer is not documented. */
function limitIn(body: unknown, depth = 3): number | undefined {
  if (Array.isArray(body)) return limitIn(body[0], depth);
  if (!isFields(body) || depth === 0) return undefined;
  const { apiPublishedLimit: limit } = body;
  if (typeof limit === 'number' && limit > 0) return limit;
  for (const inner of Object.values(body)) {
    const found = limitIn(inner, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
