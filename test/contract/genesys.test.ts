import { expect } from 'vitest';
import { findCredentials } from '../../src/http/credentials.ts';
import type { ClientOptions } from '../../src/http/options.ts';
import type { Kind } from '../../src/model/assignment.ts';
import { openGenesys } from '../../src/providers/genesys/open.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { virtualClock } from '../http/support.ts';
import { orgOf } from '../providers/admin/support.ts';
import { createChecker } from '../sandbox/genesys/checker.ts';
import { emailOf, skillName } from './narrowings.ts';
import { type BenchWorld, providerContract } from './provider.ts';

// A fraction that no rounding leaves as it is.
const ODD = 0.1 + 0.2;
const AT = 20;

/** One user's list as an org holds it: Genesys Cloud's own number beside the one that other platforms show. */
function assignmentsOf({ users, speakers }: BenchWorld, userId: string) {
  const of = (kind: Kind, values: object = {}) =>
    Object.entries(values).map(([id, value]) => ({
      kind,
      id,
      value: Math.round(value * AT),
      exactly: { platform: 'genesys', value } as const,
    }));
  return [...of('skill', users[userId]), ...of('language', speakers[userId])];
}

for (const [name, pages] of [
  ['genesys', {}],
  [
    'genesys, in small pages that hide lists',
    { max: 2, omitSkillsEvery: 2, omitLanguagesEvery: 3 },
  ],
] as const satisfies readonly (readonly [string, SandboxOptions['pages']])[]) {
  providerContract(name, { odd: ODD, languages: true }, async (world) => {
    const { users, skills, languages, refuse, unreadable } = world;
    const hidden = unreadable === undefined ? pages : { ...pages, omitSkillsEvery: 1 };
    const checker = createChecker();
    const sandbox = await startSandbox({
      platform: 'genesys',
      watch: checker.watch,
      org: {
        id: 'org',
        skills: [
          ...skills.map((id) => ({ kind: 'skill', id, name: skillName(id) }) as const),
          ...languages.map((id) => ({ kind: 'language', id, name: skillName(id) }) as const),
        ],
        users: Object.keys(users).map((id) => ({
          id,
          email: emailOf(id),
          name: id,
          team: 'a',
          assignments: assignmentsOf(world, id),
        })),
      },
      rates: { calls: 0 },
      pages: hidden,
      faults: [
        ...(refuse === undefined
          ? []
          : (['PUT', 'PATCH'] as const).map((method) => {
              const path = `*/users/${refuse}/routingskills/bulk`;
              return { kind: 'status', status: 400, method, path } as const;
            })),
        ...(unreadable === undefined
          ? []
          : [{ kind: 'empty', method: 'GET', path: `*/${unreadable}/routingskills` } as const]),
      ],
    });
    const env = { MUSTER_TOKEN: sandbox.token };
    const outside: Omit<ClientOptions, 'platform' | 'baseUrl' | 'pace'> = {
      credentials: findCredentials(env, { org: 'acme', orgs: 1, mode: 'write' }),
      allowedHosts: [],
      clock: virtualClock(),
      random: () => 0.5,
      newRequestId: () => 'id',
      listener: () => undefined,
      readOnly: () => false,
    };
    const pace = { reads: 60_000, writes: 60_000 };
    const org = orgOf({ platform: 'genesys', baseUrl: sandbox.url, orgId: 'org', pace });
    const provider = openGenesys({ org, outside });
    const listed = (entries: readonly { readonly id: string; readonly proficiency?: number }[]) =>
      Object.fromEntries(entries.map(({ id, proficiency }) => [id, proficiency]));
    return {
      provider,
      truth: (userId) => listed(sandbox.genesys.listsOf(userId).skills),
      spoken: (userId) => listed(sandbox.genesys.listsOf(userId).languages),
      async close() {
        await provider.close();
        await sandbox.close();
        expect(checker.wrong).toEqual([]);
      },
    };
  });
}
