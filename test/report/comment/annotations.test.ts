import { expect, test } from 'vitest';
import { annotationsOf, checkOf } from '../../../src/report/comment/annotations.ts';
import { codeQuality } from '../../../src/report/comment/code-quality.ts';
import { comment } from '../../../src/report/comment/comment.ts';
import type { CommentInput } from '../../../src/report/comment/input.ts';
import { change, finding, held, user, verdict } from '../builders.ts';
import { input, org } from './world.ts';

const { place: _place, hint: _hint, ...whole } = finding({ severity: 'warning' });
const { hint: _other, ...unadvised } = held({ key: 'cem' });
const one = () =>
  org({
    base: {},
    head: { ana: { name: 'Ana Ruiz' } },
    users: [user('ana', [change()], { name: 'Ana Ruiz' })],
    plan: {
      findings: [whole, finding({ hint: 'Mend it.', message: 'Of `ana`.' })],
      held: [held({ key: 'ana', assignment: { kind: 'skill', id: 's', name: 'Chat' } }), unadvised],
    },
  });

test('every finding and everybody held is an annotation at its line, each once', () => {
  const both = [one(), { ...one(), plan: { ...one().plan, org: 'us' } }];
  const found = annotationsOf(input(both, { naming: 'id' }), 'contact-centre/');
  expect(found).toEqual([
    expect.objectContaining({ file: 'contact-centre/muster.yaml', line: 1, level: 'warning' }),
    expect.objectContaining({
      ...{ file: 'contact-centre/rosters/a.yaml', line: 12, level: 'failure' },
      ...{ title: 'skill-unknown', message: 'Of `id-ana`. Mend it.' },
    }),
    expect.objectContaining({
      level: 'notice',
      title: 'held: not-found',
      message: expect.stringMatching(/^Chat: /),
    }),
    expect.objectContaining({ level: 'notice', message: 'Nobody on the platform has this key.' }),
  ]);
  const quality = JSON.parse(codeQuality(found, (text) => `digest of ${text.length}`));
  expect(quality.map(({ severity }: { severity: string }) => severity)).toEqual([
    'minor',
    'blocker',
    'info',
    'info',
  ]);
});

const checked = (given: CommentInput, url?: string) =>
  checkOf(given, comment(given), { folder: '', ...(url === undefined ? {} : { url }) });

test('the check fails for whatever keeps the plan from being applied, or from being seen', () => {
  expect(checked(input([one()]), 'https://forge.example')).toMatchObject({
    ...{ conclusion: 'success', title: 'eu-prod: Plan: 1 to add, 0 to change, 0 to destroy.' },
    url: 'https://forge.example',
  });
  const refused = { ...one(), plan: { ...one().plan, guards: [verdict('removals')] } };
  const failed = checked(input([refused]));
  expect(failed.conclusion).toBe('failure');
  expect(failed.summary).toContain('Refused by guard `removals`');
  expect(checked(input([], { findings: [finding()] }))).toMatchObject({
    ...{ conclusion: 'failure', title: '1 error in the files' },
  });
  expect(checked(input([], { unplanned: [{ org: 'eu', why: 'No.' }] }))).toMatchObject({
    ...{ conclusion: 'failure', title: 'eu: not planned', summary: 'eu: not planned' },
  });
  const many = org({
    ...{ base: {}, head: {} },
    users: Array.from({ length: 300 }, (_, at) => user(`key-${at}`, [change()])),
  });
  expect(checked(input([many], { limit: 2000 })).conclusion).toBe('failure');
  expect(checked(input([]))).toMatchObject({
    conclusion: 'neutral',
    title: 'No org is concerned.',
  });
});
