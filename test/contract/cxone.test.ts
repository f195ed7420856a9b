import { findCredentials } from '../../src/http/credentials.ts';
import { type Assignments, dormant, keyed, type Value } from '../../src/model/assignment.ts';
import type { Org } from '../../src/model/config.ts';
import type { LiveState, OwnList } from '../../src/model/live.ts';
import type { Provider } from '../../src/model/provider.ts';
import { openCxone } from '../../src/providers/cxone/open.ts';
import type { FaultRule } from '../../src/sandbox/faults.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import type { OrgAssignment } from '../../src/sandbox/org/org.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { virtualClock } from '../http/support.ts';
import { orgOf } from '../providers/admin/support.ts';
import { emailOf, skillName } from './narrowings.ts';
import { providerContract } from './provider.ts';

// Ids of CXone are numbers; the contract's are words.
const NUMBERS: Readonly<Record<string, string>> = { u: '10', s: '20' };
const idThere = (id: string) => id.replace(/^([us])(\d)$/, (_, kind, n) => `${NUMBERS[kind]}${n}`);
const idHere = (id: string) =>
  id.replace(/^(10|20)(\d)$/, (_, number, n) => `${number === '10' ? 'u' : 's'}${n}`);

function listWith(toId: (id: string) => string, { skill, language }: Assignments): Assignments {
  return { skill: keyed(Object.entries(skill).map(([id, value]) => [toId(id), value])), language };
}

function listHere(own: OwnList): OwnList {
  return own.proven ? { ...own, assignments: listWith(idHere, own.assignments) } : own;
}

function liveHere(live: LiveState): LiveState {
  return {
    ...live,
    catalogue: live.catalogue?.map((item) => ({ ...item, id: idHere(item.id) })),
    users: new Map(
      [...live.users].map(([id, { person, list }]) => {
        return [idHere(id), { person: { ...person, id: idHere(id) }, list: listHere(list) }];
      }),
    ),
  };
}

/** The provider as one that speaks the contract's ids. */
function inWords(provider: Provider): Provider {
  const keyThere = (key: string) => key.replace(/^id:(.*)$/, (_, id) => `id:${idThere(id)}`);
  return {
    ...provider,
    async fetch({ keys, only }) {
      const ids = [...(only?.ids ?? [])].map(([key, id]) => [key, idThere(id)] as const);
      const narrowed = only === undefined ? {} : { only: { ids: new Map(ids) } };
      return liveHere(await provider.fetch({ keys: keys.map(keyThere), ...narrowed }));
    },
    async fetchOwn(userIds) {
      const lists = await provider.fetchOwn(userIds.map(idThere));
      return new Map([...lists].map(([id, own]) => [idHere(id), listHere(own)]));
    },
    async *write(batch) {
      const there = batch.map(({ userId, before, after }) => ({
        userId: idThere(userId),
        before: listWith(idThere, before),
        after: listWith(idThere, after),
      }));
      for await (const report of provider.write(there))
        yield { ...report, userId: idHere(report.userId) };
    },
  };
}

function assignmentOf([id, value]: readonly [string, Value]): OrgAssignment {
  const asleep = typeof value === 'object';
  const worth = asleep ? Number(value.dormant) : value;
  const exactly = { platform: 'cxone', value: worth } as const;
  const own = { kind: 'skill', id: idThere(id), value: 50, exactly } as const;
  return asleep ? { ...own, inactive: true } : own;
}

const userOf = (id: string, assignments: readonly OrgAssignment[]) => ({
  ...{ id: idThere(id), email: emailOf(id), name: id, team: 'a', assignments },
});

function refusing(userId: string | undefined): FaultRule[] {
  if (userId === undefined) return [];
  return (['POST', 'PUT', 'DELETE'] as const).map((method) => {
    return { kind: 'status', status: 400, method, path: `*/agents/${idThere(userId)}/skills` };
  });
}

const unread = (userId: string | undefined): FaultRule[] =>
  userId === undefined
    ? []
    : [{ kind: 'empty', method: 'GET', path: `*/agents/${idThere(userId)}/skills` }];

for (const [name, settings, more] of [
  ['cxone, agent by agent', { bulk: 'never' }, {}],
  ['cxone, many in a call, in small pages', { bulk: 'always' }, { pages: { max: 2 } }],
  ['cxone, as it judges best', { bulk: 'auto', bulkThreshold: 2 }, { pages: { max: 1 } }],
] as const satisfies readonly (readonly [string, Partial<Org>, SandboxOptions])[]) {
  providerContract(name, { odd: dormant(4) }, async ({ users, skills, refuse, unreadable }) => {
    const people = Object.entries(users).map(([id, list]) =>
      userOf(id, Object.entries(list).map(assignmentOf)),
    );
    const sandbox = await startSandbox({
      platform: 'cxone',
      ...more,
      org: {
        id: 'org',
        skills: skills.map((id) => ({ kind: 'skill', id: idThere(id), name: skillName(id) })),
        // Somebody hidden makes the listing prove nobody's list, so that his own call is looked at.
        users: unreadable === undefined ? people : [...people, userOf('u4', [])],
      },
      hideEvery: unreadable === undefined ? 0 : 4,
      rates: { calls: 0 },
      faults: [...refusing(refuse), ...unread(unreadable)],
    });
    // Only calls for the one agent are refused.
    const bulk = refuse === undefined ? settings.bulk : 'never';
    const env = {
      MUSTER_ACCESS_KEY_ID: sandbox.accessKey.id,
      MUSTER_ACCESS_KEY_SECRET: sandbox.accessKey.secret,
    };
    const provider = openCxone({
      org: orgOf({
        ...{ platform: 'cxone', loginUrl: sandbox.url, orgId: 'org', ...settings, bulk },
        pace: { reads: 60_000, writes: 60_000 },
      }),
      outside: {
        credentials: findCredentials(env, {
          ...{ org: 'acme', orgs: 1, mode: 'write', accessKey: true },
        }),
        allowedHosts: [],
        clock: virtualClock(),
        random: () => 0.5,
        newRequestId: () => 'id',
        listener: () => undefined,
        readOnly: () => false,
      },
    });
    return {
      provider: inWords(provider),
      truth: (userId) =>
        Object.fromEntries(
          sandbox.cxone
            .rowsOf(Number(idThere(userId)))
            .map(({ skillId, proficiency, isActive }) => [
              idHere(String(skillId)),
              isActive ? proficiency : { dormant: proficiency },
            ]),
        ),
      async close() {
        await provider.close();
        await sandbox.close();
      },
    };
  });
}
