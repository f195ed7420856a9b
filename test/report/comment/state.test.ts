import { expect, test } from 'vitest';
import { REVIEW_STATES } from '../../../src/model/review-header.ts';
import { comment } from '../../../src/report/comment/comment.ts';
import { readReview } from '../../../src/report/comment/marker.ts';
import { isBegun, mayFollow, moved, stateBlock } from '../../../src/report/comment/state.ts';
import {
  applyingLines,
  outdatedLines,
  plannedLines,
  refusedLines,
  resultLines,
} from '../../../src/report/comment/state-words.ts';
import { change, held, outcome, result, user } from '../builders.ts';
import { HEAD, input, org } from './world.ts';

const made = () =>
  comment(input([org({ head: { ana: {} }, base: {}, users: [user('ana', [change()])] })]));

test('what was begun is never said to be planned, refused for want of a plan, or outdated again', () => {
  for (const begun of REVIEW_STATES.filter((state) => isBegun({ state }))) {
    for (const later of ['planned', 'outdated'] as const)
      expect(mayFollow(begun, later)).toBe(false);
  }
  expect(mayFollow('applied', 'refused')).toBe(false);
  expect(mayFollow('partly-applied', 'applying')).toBe(true);
});

test('from every state there is a way to applied', () => {
  for (const state of REVIEW_STATES) expect(mayFollow(state, 'applied')).toBe(true);
});

test('moving on changes the marker and the block of that org, and nothing else', () => {
  const { body, review } = made();
  const before = review.orgs['eu-prod'];
  if (before === undefined) throw new Error('There is no org.');
  const move = {
    org: 'eu-prod',
    review: { ...before, state: 'applying' as const, run: 'run-1' },
    lines: applyingLines('run-1', 'https://forge.example/jobs/1'),
  };
  const after = moved(body, review, move) ?? '';
  expect(readReview(after)?.orgs['eu-prod']).toMatchObject({ state: 'applying', run: 'run-1' });
  expect(after).toContain(
    '⏳ **Being applied.** Run `run-1`. [The job](https://forge.example/jobs/1)',
  );
  const rest = (text: string) => text.split('\n').slice(1).join('\n');
  expect(rest(after).replace(stateBlock('eu-prod', move.lines), '')).toBe(
    rest(body).replace(/<!-- muster:state[\s\S]*muster:end eu-prod -->/, ''),
  );
  expect(moved(body, review, { ...move, org: 'us' })).toBeUndefined();
  expect(moved(stateBlock('eu-prod', []).slice(0, 30), review, move)).toBeUndefined();
});

test('each state has its words', () => {
  const counts = { add: 1, change: 0, remove: 0 };
  expect(plannedLines({ state: 'planned', ...counts }, { request: 'merge request' })).toEqual([
    'Planned. Nothing is written before this merge request is merged.',
  ]);
  expect(plannedLines({ state: 'planned', ...counts, add: 0 }, { request: '' })[0]).toContain(
    'nothing',
  );
  expect(plannedLines({ state: 'refused', ...counts }, { request: '' })[0]).toContain('Refused');
  expect(applyingLines(undefined, undefined)).toEqual(['⏳ **Being applied.**']);
  expect(outdatedLines(HEAD)[0]).toContain('`5ab92614c0ff`');
  expect(refusedLines('@team said no.', undefined)).toEqual([
    '⛔ **Not applied**: @&#8288;team said no.',
  ]);
});

test('a result that everybody reached is one line', () => {
  const all = result([outcome('applied'), outcome('unchanged')], { run: 'run-1' });
  expect(resultLines(all, undefined)).toEqual([
    '✅ **Applied 2 people: 30 added, 4 changed, 2 removed.** Run `run-1`.',
  ]);
});

test('a result that somebody did not reach names who, why, and how to go on', () => {
  const partly = result(
    [
      outcome('applied'),
      outcome('failed', { message: 'The platform said no.', hint: 'Ask it.' }),
      outcome('stale'),
    ],
    {
      held: [held()],
      stopped: { code: 'breaker', message: 'Too many failed.' },
    },
  );
  const lines = resultLines(partly, 'https://forge.example/jobs/1').join('\n');
  expect(lines).toContain('⚠️ **Partly applied.** Incomplete: 1 of 3 people applied');
  expect(lines).toContain('Stopped (`breaker`): Too many failed.');
  expect(lines).toContain('| `failed@example.com` | failed: The platform said no. | Ask it. |');
  expect(lines).toContain('| `stale@example.com` | stale |  |');
  expect(lines).toContain('#### Held people');
  expect(lines).toContain('How to go on:\n\n- Stale: ');
});

test('of a run that stopped before its first person there is nobody to name', () => {
  const stopped = result([], { stopped: { code: 'interrupted', message: 'Interrupted.' } });
  expect(resultLines(stopped, undefined).join('\n')).not.toContain('How to go on');
});
