/** The laws of a comment: it fits, it names what it must, and no name can make it anything else. */
import fc from 'fast-check';
import { Lexer, type Token, walkTokens } from 'marked';
import { describe, expect, test } from 'vitest';
import type { Naming } from '../../../src/model/report-settings.ts';
import { comment } from '../../../src/report/comment/comment.ts';
import type { CommentInput } from '../../../src/report/comment/input.ts';
import { readReview } from '../../../src/report/comment/marker.ts';
import { change, finding, held, user, verdict } from '../builders.ts';
import { crowd, HEAD, input, org } from './world.ts';

const HOSTILE = [
  '|',
  '@team',
  '<img src=x onerror=1>',
  '```',
  '👩‍💻',
  '--> <script>',
  '</details>',
  '#12 GH-12 !12 ~bug %1',
  'https://evil.example www.evil.example',
  '[x](javascript:1) ![y](z)',
  '5ab9261 acme/skills@5ab92614c0ffee5ab92614c0ffee5ab92614c0ff',
  '\u202eevil\u0007\nline',
  '<!-- muster:review {"v":1} -->',
];

const written = (made: CommentInput) => comment(made).body;

/** What is shown, as the forge shows it. */
function tokens(markdown: string): Token[] {
  const all: Token[] = [];
  void walkTokens(Lexer.lex(markdown, { gfm: true }), (token) => {
    all.push(token);
  });
  return all;
}

const OWN_HTML = /^(?:<!-- muster:[^>]* -->|<\/?details>|<summary>|<\/summary>|<br>|[^<>])*$/;

/** Nothing but muster's own tags and links, and no row of a table with another number of cells than its head. */
function expectHarmless(markdown: string) {
  const all = tokens(markdown);
  for (const token of all) {
    if (token.type === 'html') expect(token.raw).toMatch(OWN_HTML);
    if (token.type === 'link') expect(token.href).toMatch(/^https:\/\/forge\.example\//);
    expect(['image', 'code', 'blockquote', 'del']).not.toContain(token.type);
    if (token.type === 'table') {
      expect(new Set(token.rows.map((row: readonly unknown[]) => row.length))).toEqual(
        new Set([token.header.length]),
      );
    }
  }
  const shown = markdown.replaceAll(/`[^`\n]*`/g, '').replace(/\]\([^)]*\)/g, '');
  const decoded = shown.replace(/&#(\d+);/g, (_, point) => String.fromCharCode(Number(point)));
  expect(decoded).not.toMatch(/@\w|#\d|\bgh-\d|https?:\/\/|\bwww\.|!\d|~\w|%\d/i);
  expect(decoded.replace(/^<!--.*-->$/gm, '')).not.toMatch(/\b[0-9a-f]{7,40}\b/);
}

describe('five thousand people', () => {
  const plan = crowd(5000);

  test('are within the limit, with everybody who loses something named', () => {
    const { body, review } = comment(input([plan]));
    expect(body.length).toBeLessThanOrEqual(60_000);
    for (let at = 0; at < 5000; at += 10) {
      expect(body, `agent ${at}`).toMatch(new RegExp(`\\b(Agent|A\\.) ${at} of Many\\b`));
    }
    expect(review.truncated).toBe(true);
    expect(readReview(body)?.truncated).toBe(true);
    expect(body).toContain('Not everything is shown');
  });

  test('with hostile names are as harmless', () => {
    const hostile = crowd(5000, (at) => `${HOSTILE[at % HOSTILE.length]} ${at}`);
    const body = written(input([hostile]));
    expect(body.length).toBeLessThanOrEqual(60_000);
    expectHarmless(body);
  });

  test('are all named where there is room for them', () => {
    const { body, review } = comment(input([plan], { limit: 1_000_000, unit: 'bytes' }));
    expect(review.truncated).toBe(false);
    for (let at = 0; at < 5000; at += 1) expect(body).toContain(`Agent ${at} of Many`);
    expect(Buffer.byteLength(body)).toBeLessThan(1_000_000);
  });
});

test('a thousand people are named in fewer words before anybody is cut', () => {
  const { body, review } = comment(input([crowd(1500)]));
  expect(review.truncated).toBe(false);
  expect(body.length).toBeLessThanOrEqual(60_000);
  for (let at = 0; at < 1500; at += 1) expect(body).toMatch(new RegExp(`\\b${at} of Many\\b`));
});

test('removals are cut only when nothing else is left to cut', () => {
  const losing = Array.from({ length: 3000 }, (_, at) =>
    user(`agent${at}@example.com`, [change({ action: 'remove', before: 1 })], {
      name: `Somebody With A Long Name ${at}`,
    }),
  );
  const { body, review } = comment(input([org({ head: {}, base: {}, users: losing })]));
  expect(review.truncated).toBe(true);
  expect(body.length).toBeLessThanOrEqual(60_000);
  expect(body).toMatch(/\*\*\d+ changes more\*\* not named here/);
});

test.each(HOSTILE)('the name %j is shown, and is nothing else', (name) => {
  const key = `${name}@example.com`;
  const one = org({
    head: { [key]: { name, teams: [name] } },
    base: {},
    users: [
      user(
        key,
        [
          change({
            name,
            level: name,
            source: { file: `${name}.yaml`, line: 1, col: 1, chain: [`team ${name}`] },
          }),
        ],
        {
          name,
        },
      ),
    ],
    plan: {
      held: [held({ key, message: name, hint: name })],
      findings: [finding({ message: name, hint: name, place: { file: name, line: 2, col: 1 } })],
      guards: [verdict('removals', { message: name })],
      released: [key],
      upcoming: [
        {
          day: '2026-11-28',
          edge: 'ends',
          user: key,
          kind: 'skill',
          name,
          place: { file: name, line: 1, col: 1 },
        },
      ],
      losses: [{ kind: 'skill', id: name, name, lose: 1, gain: 0 }],
    },
  });
  const unplanned = [{ org: 'us', why: name }];
  const body = written(input([one], { unplanned, findings: [] }));
  expectHarmless(body);
  expect(readReview(body)?.head).toBe(HEAD);
});

test('whatever people are called, the comment is harmless', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary', maxLength: 30 }), { maxLength: 12 }),
      (names) => {
        const users = names.map((name, at) => user(`k${at}`, [change({ name })], { name }));
        const head = Object.fromEntries(names.map((name, at) => [`k${at}`, { name }]));
        expectHarmless(written(input([org({ head, base: {}, users })])));
      },
    ),
    { numRuns: 60 },
  );
});

test.each<Naming>(['initials', 'id', 'count'])(
  'under %s no name and no key is told, wherever it stands',
  (naming) => {
    const key = 'ana.ruiz@example.com';
    const says = `Changed, though protected: ${key}, Ana Ruiz; \`${key}\` and Ana.Ruiz@example.com; other@example.com.`;
    const one = org({
      head: {
        [key]: { name: 'Ana Ruiz' },
        'ben ode': { name: 'Ben Ode', released: true },
        'other@example.com': {},
      },
      base: { [key]: { name: 'Ana Ruiz' }, 'ben ode': { name: 'Ben Ode' } },
      users: [
        user(key, [change({ action: 'remove', before: 1 })], { name: 'Ana Ruiz', userId: 'u-1' }),
        user('cem@example.com', [change({ cause: 'drift' })], { name: 'Cem Ak', userId: 'u-2' }),
      ],
      plan: {
        scope: { users: [key] },
        held: [held({ key, message: says, hint: says }), held({ key: 'eva@example.com' })],
        findings: [finding({ message: says, hint: says })],
        guards: [verdict('protected', { message: says })],
        released: ['ben ode'],
        upcoming: [
          {
            day: '2026-11-28',
            edge: 'ends',
            user: key,
            kind: 'skill',
            name: 'Spanish',
            place: { file: 'a', line: 1, col: 1 },
          },
        ],
      },
    });
    const body = written(
      input([{ ...one, overrides: [{ guard: 'protected', reason: says }] }], { naming }),
    );
    expect(body).not.toMatch(/\bana\b|ruiz|\bben\b|\bode\b|\bcem\b|\bak\b|\beva\b|example\.com|@/i);
  },
);

test('the same plan gives the same bytes, whatever order its people come in', () => {
  const one = crowd(50);
  const reversed = {
    ...one,
    plan: { ...one.plan, users: Object.fromEntries(Object.entries(one.plan.users).reverse()) },
  };
  expect(written(input([reversed]))).toBe(written(input([one])));
});
