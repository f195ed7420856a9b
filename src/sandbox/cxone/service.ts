/** CXone as a service: both sign-ins, discovery and the tenant's services on one port. */
import { Buckets } from '../buckets.ts';
import type { Service } from '../gate.ts';
import { cxoneDialect, SERVICES } from './dialect.ts';
import { cxoneRoutes } from './routes.ts';
import { DISCOVERY, GLOBAL, REGIONAL } from './sign-in.ts';
import type { CxoneWorld } from './world.ts';

export function cxoneService(world: CxoneWorld): Service {
  const { tokens, settings } = world;
  const { calls, burst } = settings.rates;
  return {
    claims: [SERVICES, GLOBAL, REGIONAL, DISCOVERY],
    routes: cxoneRoutes(world),
    tokens,
    buckets: new Buckets({ calls, burst }),
    dialect: cxoneDialect,
  };
}
