import { expect, test } from 'vitest';
import { resultMarkdown } from '../../../src/report/result/markdown.ts';
import { held, outcome, result } from '../builders.ts';

test('whoever did not reach the plan, and what to do next', () => {
  const users = [
    outcome('applied'),
    outcome('failed', { message: 'Refused.', hint: 'Mend it.', requestId: 'r-1' }),
    outcome('stale', { name: 'a|b<script>' }),
  ];
  expect(resultMarkdown(result(users, { held: [held()] }))).toMatchInlineSnapshot(`
    "Incomplete: 1 of 3 people applied, 1 failed, 1 stale.

    For eu-prod (admin) on 2026-11-23.

    | Who | Outcome | Why |
    | --- | --- | --- |
    | \`failed@example.com\` | failed | Refused. Mend it. Request \`r-1\` |
    | a&#124;b&#60;script&#62; \`stale@example.com\` | stale |  |

    ### Held people

    | Who | Why | What to do |
    | --- | --- | --- |
    | \`ben@example.com\` | not-found, \`rosters/a.yaml:3\`: Nobody on the platform has this key. | correct the key, or remove the entry. |

    ### What to do next

    - Stale: somebody changed their lists after the plan was made. Plan again, and review it.
    - Failed: mend what the reason names, then plan and apply again.
    "
  `);
});

test('who is held without advice has an empty cell for it', () => {
  const { hint: _, ...person } = held();
  expect(resultMarkdown(result([], { held: [person] }))).toMatch(/has this key\. \| {2}\|$/m);
});

test('a run that was stopped says why first', () => {
  const stopped = { code: 'forbidden', message: 'The token lacks `admin:users:write`.' };
  const first = (hint?: string) =>
    resultMarkdown(
      result([], { stopped: hint === undefined ? stopped : { ...stopped, hint } }),
    ).split('\n')[0];
  expect(first()).toBe('Stopped (`forbidden`): The token lacks &#96;admin:users:write&#96;.');
  expect(first('Add it.')).toBe(`${first()} Add it.`);
});

test('when all went well there is no table', () => {
  expect(resultMarkdown(result([outcome('applied')]))).toBe(
    'Applied 1 person: 30 added, 4 changed, 2 removed.\n\nFor eu-prod (admin) on 2026-11-23.\n',
  );
});
