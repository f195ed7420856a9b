import { findCredentials } from '../../src/http/credentials.ts';
import { createAdmin } from '../../src/providers/admin/index.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { rig, virtualClock } from '../http/support.ts';
import { orgOf } from '../providers/admin/support.ts';
import { emailOf, skillName } from './narrowings.ts';
import { providerContract } from './provider.ts';

for (const [name, settings] of [
  ['admin, one by one', { bulk: 'never' }],
  ['admin, in bulk by JSON', { bulk: 'always' }],
  ['admin, in bulk by CSV', { bulk: 'always', bulkFormat: 'csv' }],
] as const) {
  providerContract(name, { odd: 0 }, async ({ users, skills, refuse, unreadable }) => {
    const sandbox = await startSandbox({
      org: {
        id: 'org',
        skills: skills.map((id) => ({ kind: 'skill', id, name: skillName(id) })),
        users: Object.entries(users).map(([id, list]) => ({
          id,
          email: emailOf(id),
          name: id,
          team: 'a',
          assignments: Object.entries(list).map(([skill, value]) => ({
            kind: 'skill',
            id: skill,
            value,
          })),
        })),
      },
      rates: { reads: 0, writes: 0 },
      jobs: { delayMs: 0 },
      pages: { max: 2, omitSkillsEvery: unreadable === undefined ? 0 : 1 },
      faults: [
        ...(refuse === undefined
          ? []
          : [
              {
                kind: 'status',
                status: 400,
                method: settings.bulk === 'never' ? 'PUT' : 'POST',
                times: 1,
              } as const,
            ]),
        ...(unreadable === undefined
          ? []
          : [{ kind: 'empty', method: 'GET', path: `*/${unreadable}/skills` } as const]),
      ],
    });
    const env = { MUSTER_TOKEN: sandbox.token };
    const { client, clock } = rig({
      baseUrl: sandbox.url,
      credentials: findCredentials(env, { org: 'acme', orgs: 1, mode: 'write' }),
      clock: virtualClock(),
    });
    const provider = createAdmin({
      org: orgOf(settings),
      client,
      clock,
      random: () => 0.5,
      listener: () => undefined,
    });
    return {
      provider,
      truth: (userId) =>
        Object.fromEntries(
          sandbox.skillsOf(userId).map(({ skillId, ...fields }) => {
            const plain = Object.keys(fields).length === 1;
            return [skillId, plain ? fields.proficiency : fields];
          }),
        ),
      async close() {
        await provider.close();
        await sandbox.close();
      },
    };
  });
}
