/** The issue of an org's drift, night after night. */
import { expect, test } from 'vitest';
import { tellDrift } from '../../src/forge/drift-issue.ts';
import type { Drift, DriftedPerson } from '../../src/report/drift/drift.ts';
import { createMemoryForge } from './memory.ts';

const ana: DriftedPerson = {
  ...{ userId: 'u1', key: 'ana@example.com', name: 'Ana', teams: [] },
  drifted: [
    {
      ...{ kind: 'skill', id: 'a', name: 'Billing', applied: 90, live: 40, putBack: 0 },
      contested: false,
      place: { file: 'rosters/a.yaml', line: 7, col: 3 },
    },
  ],
};
const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}T02:00:00.000Z`;
const drift = (day: number, people: readonly DriftedPerson[], org = 'eu'): Drift => ({
  ...{ formatVersion: '1.0', org, orgId: null, platform: 'admin', at: at(day), people },
  applied: { commit: '0123456789abcdef', day: '2026-11-01' },
  ...{ ignored: 0, pending: { changes: 0, people: 0 }, held: [] },
});

test('it is opened once, kept up to date, closed when the drift is gone, and opened again', async () => {
  const forge = createMemoryForge();
  const night = (day: number, found: Drift | undefined) =>
    tellDrift(forge, { org: 'eu', drift: found, at: at(day), naming: 'name', proficiency: true });
  expect((await night(1, drift(1, []))).done).toBe('none');
  expect((await night(2, undefined)).done).toBe('none');
  expect(forge.written.issues).toEqual([]);

  expect((await night(3, drift(3, [ana]))).done).toBe('opened');
  expect((await night(4, drift(4, [ana]))).done).toBe('updated');
  const failed = await night(5, undefined);
  expect(failed.done).toBe('updated');
  expect(failed.issue).toMatchObject({
    open: true,
    body: expect.stringContaining('Looking failed'),
  });
  expect((await night(6, drift(6, []))).done).toBe('closed');
  expect((await night(7, drift(7, []))).done).toBe('updated');
  expect((await night(8, undefined)).issue).toMatchObject({ open: false });
  const again = await night(10, drift(10, [ana]));
  expect(again.done).toBe('reopened');
  expect(again.looks.map(({ found }) => found)).toEqual([
    'drift',
    'drift',
    'failed',
    'none',
    'none',
    'failed',
    'drift',
  ]);
  expect(again.issue?.body).toContain('48 hours ago: a nightly run was missed');
  expect(forge.written.issues).toHaveLength(1);
});

test('each org has its own, and neither another account’s nor another matter’s is touched', async () => {
  const forge = createMemoryForge();
  const tell = (org: string) =>
    tellDrift(forge, {
      ...{ org, drift: drift(3, [ana], org), at: at(3), naming: 'id', proficiency: false },
      url: 'https://forge.example/run/1',
    });
  const { issue } = await tell('eu');
  const forged = { ...forge.written.issues[0], number: 2, mine: false } as never;
  forge.written.issues.push(forged);
  await tell('us');
  await tell('eu');
  expect(forge.written.issues).toHaveLength(3);
  expect(forge.written.issues[1]).toBe(forged);
  expect(issue?.body).not.toMatch(/Ana|ana@|90|40/);
});
