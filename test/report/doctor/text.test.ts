import { expect, test } from 'vitest';
import type { Examination } from '../../../src/model/checkup.ts';
import { examinationJson } from '../../../src/report/doctor/json.ts';
import { examinationText } from '../../../src/report/doctor/text.ts';

const EXAMINATION: Examination = {
  formatVersion: '1.0',
  org: 'eu-prod',
  platform: 'admin',
  at: '2026-11-23T10:00:00.000Z',
  healthy: false,
  checks: [
    { check: 'node', title: 'Node.js', health: 'ok', message: 'Version 22.1.0.' },
    {
      check: 'permission',
      title: 'admin:users:read',
      health: 'failed',
      message: 'It is missing.',
      fix: 'Grant it.',
    },
    { check: 'permission', title: 'admin:users:write', health: 'not-tried', message: 'Needed.' },
    { check: 'tenant', title: 'Tenant', health: 'unknown', message: 'It does not tell.' },
    {
      check: 'header-x-request-id',
      title: 'X-Request-ID',
      health: 'warning',
      message: 'Something on the way drops it, or puts its own in its place: it comes back as x.',
      fix: 'Have whoever runs the proxy let it pass.',
    },
  ],
};

test('each thing has its line; what is long, and what to do, stands below', () => {
  expect(examinationText(EXAMINATION, { color: false, width: 70 })).toBe(`eu-prod (admin)

ok         Node.js            Version 22.1.0.
failed     admin:users:read   It is missing.
             fix: Grant it.
not tried  admin:users:write  Needed.
unknown    Tenant             It does not tell.
warning    X-Request-ID
             Something on the way drops it, or puts its own in its
             place: it comes back as x.
             fix: Have whoever runs the proxy let it pass.

1 thing fails, 1 warning.
`);
});

test('colours tell how it stands', () => {
  const text = examinationText(EXAMINATION, { color: true, width: 100 });
  expect(text).toContain('\u001b[32mok ');
  expect(text).toContain('\u001b[31mfailed');
  expect(text).toContain('\u001b[33mwarning');
});

test.each([
  [['ok', 'unknown'], 'Nothing is wrong.'],
  [['warning', 'warning'], '2 warnings.'],
  [['failed', 'failed', 'ok'], '2 things fail.'],
] as const)('%j comes to %s', (healths, summary) => {
  const checks = healths.map((health) => ({ check: 'c', title: 'T', health, message: 'M.' }));
  const text = examinationText(
    { ...EXAMINATION, org: null, platform: null, checks },
    { color: false, width: 80 },
  );
  expect(text.startsWith('ok') || text.startsWith('warning') || text.startsWith('failed')).toBe(
    true,
  );
  expect(text.endsWith(`\n\n${summary}\n`)).toBe(true);
});

test('as JSON it is all there', () => {
  expect(JSON.parse(examinationJson(EXAMINATION))).toEqual(EXAMINATION);
});
