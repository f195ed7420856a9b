import { expect, test } from 'vitest';
import { OUTCOMES } from '../../../src/model/result.ts';
import { resultText } from '../../../src/report/result/text.ts';
import { held, outcome, PLAIN, result } from '../builders.ts';

const firstLines = (...args: Parameters<typeof result>) =>
  resultText(result(...args), PLAIN).split('\n');

test('when all went well the first line counts the changes', () => {
  const users = ['a', 'b'].map((key) => outcome('applied', { key }));
  expect(resultText(result(users), PLAIN)).toBe(
    [
      'Applied 2 people: 30 added, 4 changed, 2 removed.',
      'For eu-prod (admin) on 2026-11-23.',
      '',
      'Applied (2)',
      '  a, b',
      '',
    ].join('\n'),
  );
});

test('who was already as planned is told apart', () => {
  expect(firstLines([outcome('applied'), outcome('unchanged')]).slice(0, 2)).toEqual([
    'Applied 2 people: 30 added, 4 changed, 2 removed.',
    'Of them 1 was already as planned: nothing was sent.',
  ]);
  expect(firstLines([outcome('unchanged')])[0]).toBe(
    'Nothing was sent: 1 person already as planned.',
  );
  expect(firstLines([])[0]).toBe('Nothing to apply.');
});

test('every outcome, with its reason, its request and what to do next', () => {
  const users = OUTCOMES.map((kind) =>
    outcome(kind, {
      name: 'Ana',
      ...(kind === 'applied' || kind === 'unchanged' ? {} : { message: `It is ${kind}.` }),
      ...(kind === 'failed' ? { requestId: 'r-1', hint: 'Mend it.' } : {}),
    }),
  );
  expect(resultText(result(users, { held: [held()] }), PLAIN)).toMatchInlineSnapshot(`
    "Incomplete: 1 of 6 people applied, 1 unchanged, 1 failed, 1 stale, 1 in doubt, 1 not tried.
    Of them 1 was already as planned: nothing was sent.
    For eu-prod (admin) on 2026-11-23.

    Applied (1)
      Ana <applied@example.com>

    Unchanged (1)
      Ana <unchanged@example.com>

    Failed (1)
      Ana <failed@example.com>  request r-1
        It is failed.
        hint: Mend it.

    Stale (1)
      Ana <stale@example.com>
        It is stale.

    In doubt (1)
      Ana <in-doubt@example.com>
        It is in-doubt.

    Not tried (1)
      Ana <not-tried@example.com>
        It is not-tried.

    Held people (1)
      ben@example.com  not-found  rosters/a.yaml:3
        Nobody on the platform has this key.
        hint: correct the key, or remove the entry.

    What to do next
      In doubt: their lists may or may not have been written. Look at muster status,
      then plan again: the plan reads them, and shows what is missing.
      Stale: somebody changed their lists after the plan was made. Plan again, and
      review it.
      Failed: mend what the reason names, then plan and apply again.
      Not tried: nothing was sent for them. Plan and apply again.
    "
  `);
});

test('a run is told by its id', () => {
  expect(firstLines([outcome('applied')], { run: '20261123T210000Z-ab12cd' }).slice(0, 3)).toEqual([
    'Applied 1 person: 30 added, 4 changed, 2 removed.',
    'For eu-prod (admin) on 2026-11-23.',
    'Run 20261123T210000Z-ab12cd.',
  ]);
});

test('people who share a reason share its lines', () => {
  const why = { message: 'The run stopped first.' };
  const users = [
    outcome('not-tried', { key: 'a', ...why }),
    outcome('not-tried', { key: 'b' }),
    outcome('not-tried', { key: 'c', ...why }),
  ];
  expect(resultText(result(users), PLAIN)).toContain(
    `Not tried (3)
  a
  c
    The run stopped first.
  b
    No reason was given.
`,
  );
});

test('a run that was stopped says why first, and is never complete', () => {
  const stopped = {
    code: 'forbidden',
    message: 'The token may not write.',
    hint: 'Add the scope.',
  };
  expect(firstLines([outcome('applied')], { stopped }).slice(0, 5)).toEqual([
    'Stopped: error[forbidden]  docs/errors.md#forbidden',
    '  The token may not write.',
    '  hint: Add the scope.',
    '',
    'Incomplete: 1 of 1 person applied.',
  ]);
});

test('no name or request id reaches the terminal as more than text', () => {
  const bad = 'a\u001b[2J\u202e\nb';
  const text = resultText(
    result([
      outcome('applied', { name: bad }),
      outcome('failed', { key: bad, message: bad, hint: bad, requestId: bad }),
    ]),
    PLAIN,
  );
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
});
