/** The Admin API as a service: reads and writes have a rate each. */
import { Buckets } from '../buckets.ts';
import type { Service } from '../gate.ts';
import { adminDialect } from './dialect.ts';
import { adminRoutes } from './routes.ts';
import type { AdminWorld } from './world.ts';

export function adminService(world: AdminWorld): Service {
  const { tokens, settings } = world;
  return {
    claims: ['/api/v2/admin/'],
    routes: adminRoutes(world),
    tokens,
    buckets: new Buckets(settings.rates),
    dialect: adminDialect,
  };
}
