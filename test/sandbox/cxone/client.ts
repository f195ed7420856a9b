/** A sandbox that stands for CXone, with a small org of its own, and the paths of its calls. */
import type { SandboxOptions } from '../../../src/sandbox/options.ts';
import type { Org, OrgUser } from '../../../src/sandbox/org/org.ts';
import { type Client, start } from '../client.ts';

export const API = '/incontactapi/services/v34.0';
export const ANA = 1001;
/** As the sandbox numbers them. */
export const BILLING = 4001;
export const CHAT = 4002;
export const EMAIL = 4003;
export const UNLISTED = 4004;

const person = (id: string, more: Partial<OrgUser> = {}): OrgUser => ({
  id,
  email: `${id}@example.com`,
  name: `${id.toUpperCase()} de la Cruz`,
  team: 'emea',
  assignments: [],
  ...more,
});

/** ana has Billing at 4 and Chat at 20, which does not count; ben is inactive, cem was deleted, dee has ana's address. */
function smallOrg(): Org {
  return {
    id: 'tenant',
    skills: [
      { kind: 'skill', id: 'billing', name: 'Billing' },
      { kind: 'language', id: 'es', name: 'Spanish' },
      { kind: 'skill', id: 'chat', name: 'Chat' },
      { kind: 'skill', id: 'email', name: 'Email', state: 'inactive' },
      { kind: 'skill', id: 'other', name: 'Other Division', unlisted: true },
    ],
    users: [
      person('ana', {
        assignments: [
          { kind: 'skill', id: 'billing', value: 84 },
          { kind: 'language', id: 'es', value: 80 },
          { kind: 'skill', id: 'chat', value: 0, inactive: true },
        ],
      }),
      person('ben', {
        state: 'inactive',
        assignments: [{ kind: 'skill', id: 'email', value: 100 }],
      }),
      person('cem', { state: 'deleted' }),
      person('dee', { email: 'ana@example.com', userName: 'dee.2', team: 'amer' }),
    ],
  };
}

export function startCxone(options: SandboxOptions = {}): Promise<Client> {
  return start({ platform: 'cxone', org: smallOrg(), ...options });
}

export const row = (skillId: number, proficiency?: number, isActive?: boolean) => ({
  skillId: String(skillId),
  ...(proficiency === undefined ? {} : { proficiency }),
  ...(isActive === undefined ? {} : { isActive }),
});
