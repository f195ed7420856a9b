/** The calls of the Admin API, each with the scopes it needs and the bucket that pays for it. */
import type { Need, Route } from '../call.ts';
import { jobStatus, startJob } from './bulk.ts';
import { listSkills, listUsers } from './listing.ts';
import { readSkills, replaceSkills } from './lists.ts';
import { issueToken } from './oauth.ts';
import type { AdminWorld } from './world.ts';

const READ = scope('admin:users:read');
const WRITE = scope('admin:users:write');
const BULK = scope('admin:users:bulkupdate');

/** Literal paths stand before those with parameters. */
export function adminRoutes(world: AdminWorld): readonly Route[] {
  const users = '/api/v2/admin/users';
  const read = { method: 'GET', access: 'reads', needs: [READ] } as const;
  return [
    {
      method: 'POST',
      path: '/oauth/token',
      access: 'open',
      needs: [],
      handle: (call) => issueToken(world, call),
    },
    {
      method: 'POST',
      path: `${users}/bulkupdate`,
      access: 'writes',
      needs: [WRITE, BULK],
      handle: (call) => startJob(world, call),
    },
    {
      ...read,
      path: `${users}/bulkupdate/{jobId}`,
      handle: (_call, params) => jobStatus(world, params.get('jobId') ?? ''),
    },
    {
      ...read,
      path: `${users}/{userId}/skills`,
      handle: (_call, params) => readSkills(world, params.get('userId') ?? ''),
    },
    {
      method: 'PUT',
      path: `${users}/{userId}/skills`,
      access: 'writes',
      needs: [WRITE],
      handle: (call, params) => replaceSkills(world, params.get('userId') ?? '', call),
    },
    { ...read, path: users, handle: (call) => listUsers(world, call) },
    { ...read, path: '/api/v2/admin/skills', handle: (call) => listSkills(world, call) },
  ];
}

function scope(name: string): Need {
  return { kind: 'scope', anyOf: [name] };
}
