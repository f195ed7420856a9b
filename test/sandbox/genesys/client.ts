/** A sandbox that stands for Genesys Cloud, with a small org of its own, and the paths of its calls. */
import type { SandboxOptions } from '../../../src/sandbox/options.ts';
import type { Org, OrgUser } from '../../../src/sandbox/org/org.ts';
import { type Client, start } from '../client.ts';

export const USERS = '/api/v2/users';

const person = (id: string, more: Partial<OrgUser> = {}): OrgUser => ({
  id,
  email: `${id}@example.com`,
  name: id.toUpperCase(),
  team: 'emea',
  assignments: [],
  ...more,
});

/** ana has two skills and a language, ben is inactive, cem was deleted, dee has nothing. */
function smallOrg(): Org {
  return {
    id: 'tenant',
    skills: [
      { kind: 'skill', id: 's1', name: 'Billing' },
      { kind: 'skill', id: 's2', name: 'Billing Disputes' },
      { kind: 'skill', id: 's3', name: 'Chat', state: 'deleted' },
      { kind: 'skill', id: 's4', name: 'Other Division', unlisted: true },
      { kind: 'language', id: 'l1', name: 'Spanish' },
      { kind: 'language', id: 'l2', name: 'Catalan' },
    ],
    users: [
      person('ana', {
        assignments: [
          { kind: 'skill', id: 's1', value: 87 },
          { kind: 'skill', id: 's4', value: 60, inactive: true },
          { kind: 'language', id: 'l1', value: 80 },
        ],
      }),
      person('ben', { state: 'inactive' }),
      person('cem', { state: 'deleted' }),
      person('dee', { team: 'amer' }),
    ],
  };
}

export function startGenesys(options: SandboxOptions = {}): Promise<Client> {
  return start({ platform: 'genesys', org: smallOrg(), ...options });
}
