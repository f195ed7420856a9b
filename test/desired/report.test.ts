import { expect, test } from 'vitest';
import { load } from '../../src/desired/load.ts';
import { DEFAULT_REPORT } from '../../src/model/report-settings.ts';
import { config, memory, roster, told } from './world.ts';

const loaded = (more: string, text = roster('users: {}'), ...settings: string[]) =>
  load(memory({ 'muster.yaml': config(...settings) + more, 'rosters/a.yaml': text }));

test('what is left out of report has its default', async () => {
  expect((await loaded('')).config?.report).toEqual(DEFAULT_REPORT);
  expect((await loaded('report: {}\n')).config?.report).toEqual(DEFAULT_REPORT);
});

test('every setting of report is read', async () => {
  const text =
    'report: { comment: id, issue: count, artifact: email, log: initials, proficiency: false, posting: anew }\n';
  const { config: read, findings } = await loaded(text);
  expect(findings).toEqual([]);
  expect(read?.report).toEqual({
    comment: 'id',
    issue: 'count',
    artifact: 'email',
    log: 'initials',
    proficiency: false,
    posting: 'anew',
  });
});

test('a word that report does not know is told, and the default holds', async () => {
  const { config: read, findings } = await loaded('report: { comment: everything }\n');
  expect(told(findings)).toEqual([expect.stringMatching(/^bad-value muster\.yaml:/)]);
  expect(read?.report.comment).toBe('name');
});

test('with `keys: id` whatever names somebody otherwise is told, without repeating it', async () => {
  const text = roster(
    'teams:\n  t: { members: [ben@example.com, "id:7"] }\nusers:\n  ana@example.com: { skills: {} }\n  id:8: { name: Cem Ak, formerly: cem@example.com }\n  dan@example.com: { orgs: [other] }\n',
  );
  const { findings } = await loaded('', text, 'keys: id');
  const own = findings.filter(({ code }) => code === 'key-not-id');
  expect(told(own)).toEqual([
    'key-not-id rosters/a.yaml:3:18',
    'key-not-id rosters/a.yaml:5:3',
    'key-not-id rosters/a.yaml:6:3',
  ]);
  expect(JSON.stringify(own)).not.toMatch(/example\.com|Cem/);
  expect((await loaded('', text)).findings.map(({ code }) => code)).not.toContain('key-not-id');
});
