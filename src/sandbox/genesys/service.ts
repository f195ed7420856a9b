/** Genesys Cloud as a service: the login host and the API host on one port, and one bucket a token for all calls. */
import { Buckets } from '../buckets.ts';
import type { Service } from '../gate.ts';
import type { World } from '../world.ts';
import { genesysDialect } from './dialect.ts';
import { SIGN_IN } from './oauth.ts';
import { genesysRoutes } from './routes.ts';

export function genesysService(world: World): Service {
  const { tokens, settings } = world;
  const { calls, burst } = settings.rates;
  return {
    claims: ['/api/v2/', SIGN_IN],
    routes: genesysRoutes(world),
    tokens,
    buckets: new Buckets({ calls, burst }),
    dialect: genesysDialect(settings.seed),
  };
}
