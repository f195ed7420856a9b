/** The calls of Genesys Cloud, each with the scope and the permission it needs. One bucket pays for all of them. */
import { Buckets } from '../buckets.ts';
import type { Need, Route } from '../call.ts';
import type { World } from '../world.ts';
import { assignmentRoutes } from './assignments.ts';
import { listCatalogue } from './catalogue.ts';
import { issueToken, SIGN_IN } from './oauth.ts';
import { readLimits, readOrganization } from './organization.ts';
import { listUsers, queryUsers, readUser } from './users.ts';

const USERS: Need = { kind: 'scope', anyOf: ['users', 'users:readonly'] };
const ROUTING: Need = { kind: 'scope', anyOf: ['routing', 'routing:readonly'] };
const ORGANIZATION: Need = { kind: 'scope', anyOf: ['organization', 'organization:readonly'] };
const SEE_SKILLS: Need = { kind: 'permission', anyOf: ['routing:skill:view'] };
const SEE_PEOPLE: Need = { kind: 'permission', anyOf: ['directory:user:view'] };

/** Literal paths stand before those with parameters. */
export function genesysRoutes(world: World): readonly Route[] {
  const signIns = new Buckets({ calls: world.settings.signIns, burst: world.settings.rates.burst });
  return [
    {
      method: 'POST',
      path: SIGN_IN,
      access: 'open',
      needs: [],
      handle: (call) => issueToken(world, signIns, call),
    },
    read('/api/v2/users', [USERS], (call) => listUsers(world, call)),
    read('/api/v2/users/query', [USERS, SEE_PEOPLE], (call) => queryUsers(world, call)),
    read('/api/v2/users/{userId}', [USERS], (call, params) =>
      readUser(world, call, params.get('userId') ?? ''),
    ),
    ...assignmentRoutes(world),
    read('/api/v2/routing/skills', [ROUTING, SEE_SKILLS], (call) =>
      listCatalogue(world, 'skill', call),
    ),
    read('/api/v2/routing/languages', [ROUTING], (call) => listCatalogue(world, 'language', call)),
    read('/api/v2/organizations/me', [ORGANIZATION], () => readOrganization(world)),
    read('/api/v2/organizations/limits/namespaces/platform.api', [], () => readLimits(world)),
  ];
}

function read(path: string, needs: readonly Need[], handle: Route['handle']): Route {
  return { method: 'GET', path, access: 'calls', needs, handle };
}
