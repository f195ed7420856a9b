/** How the way to Genesys Cloud is looked at. It tells whose the credentials are, and how much a token may ask. */
import type { Checkup, Need } from '../../model/checkup.ts';
import { CATALOGUE, USERS } from './calls.ts';
import type { Means } from './means.ts';
import { NEEDS, type Use } from './permissions.ts';
import { readRate, readTenant } from './ready.ts';

function need(of: Use, use: string, path?: string): Need {
  const { scope, permission } = NEEDS[of];
  const name = permission === '' ? scope : `${scope} and ${permission}`;
  return { name, use, ...(path === undefined ? {} : { read: { path, query: { pageSize: 1 } } }) };
}

export function checkupGenesys(means: Means): Checkup {
  return {
    needs: [
      need('read', 'read people and their skills', USERS),
      need('catalogue', 'read the catalogue', CATALOGUE.skill),
      need('skill', 'write skills'),
      need('language', 'write languages'),
    ],
    calm: { path: CATALOGUE.skill, query: { pageSize: 1 } },
    namesRequests: true,
    tenant: () => readTenant(means),
    async limits() {
      const rate = await readRate(means);
      return rate === undefined ? undefined : `Each token may make ${rate} requests a minute.`;
    },
    probe: means.client.probe,
  };
}
