/** An id that is pinned and gone stands for its name, and yet no plan comes of it: nothing can write it. */
import { expect, test } from 'vitest';
import { keyed, NO_ASSIGNMENTS } from '../../src/model/assignment.ts';
import { createMemory } from '../../src/providers/memory/index.ts';
import { filesOf, planOfFiles } from '../support/pipeline.ts';

const CONFIG = `version: 1
orgs:
  eu:
    platform: admin
    baseUrl: https://eu.mypurecloud.com
`;

const roster = (id: string) => `version: 1
skills:
  Billing: { id: ${id} }
users:
  ana@example.com: { skills: { Billing: 70 } }
`;

async function planned(id: string) {
  const calls: string[] = [];
  const provider = createMemory({
    users: [
      {
        person: { id: 'u1', email: 'ana@example.com', active: true },
        assignments: { ...NO_ASSIGNMENTS, skill: keyed([['s1', 10]]) },
      },
    ],
    catalogue: [{ kind: 'skill', id: 's1', name: 'Billing' }],
    at: ({ call }) => void calls.push(call),
  });
  const files = new Map([
    ['muster.yaml', CONFIG],
    ['rosters/a.yaml', roster(id)],
  ]);
  const plan = planOfFiles(filesOf(files), provider, { org: 'eu', day: '2026-11-23' });
  return { calls, plan: await plan.catch((error: Error) => error.message) };
}

test('files that pin an id that is gone are not planned at all', async () => {
  for (const scope of ['gone', 'constructor']) {
    const { plan, calls } = await planned(scope);
    expect(plan).toContain('"code": "skill-id-unknown"');
    expect(calls).toEqual(['fetch']);
  }
});

test('the same files with the id that is there are', async () => {
  const { plan } = await planned('s1');
  expect(plan).toMatchObject({ users: { u1: { changes: [{ id: 's1', action: 'change' }] } } });
});
