/** How the way to an Admin API is looked at. Whose the credentials are, and what its limits are, it does not tell. */
import type { Checkup } from '../../model/checkup.ts';
import { type Means, SCOPES } from './means.ts';

export function checkupAdmin({ client, assumed }: Means): Checkup {
  const query = { pageSize: 1, pageNumber: 1 };
  return {
    needs: [
      {
        name: SCOPES.read,
        use: 'read people and skills',
        read: { path: assumed.usersPath, query },
      },
      { name: SCOPES.write, use: 'write single lists' },
      { name: SCOPES.bulk, use: 'write by bulk jobs' },
    ],
    calm: { path: assumed.skillsPath, query },
    namesRequests: true,
    probe: client.probe,
  };
}
