/** Whatever a roster looks like, an edit says what it was asked to say, and touches that user's lines alone. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { parseDocument } from 'yaml';
import { type Edit, editRosters } from '../../src/rosters/edit.ts';
import { law } from '../support/laws.ts';

const KEYS = ['ana@x.com', 'Ben@x.com', 'cem', 'id:7', 'zoe@x.com'];
const SKILLS = ['Billing', 'Chat', 'Über', '# odd', 'a: b', 'yes', "it's"];

const quote = (key: string) => (/^[\w@.]+$/.test(key) && key !== 'yes' ? key : JSON.stringify(key));
const value = fc.oneof(
  fc.constantFrom('80', 'expert', '"skilled"', "'skilled'", 'absent'),
  fc.constantFrom(
    '{ proficiency: 9, until: 2026-01-01 }',
    '[1, { proficiency: 2, from: 2026-01-01 }]',
  ),
  fc.constantFrom(
    '\n{in}proficiency: 3\n{in}reason: x',
    '\n{in}- 4\n{in}- { proficiency: 5, until: 2026-01-01 }',
  ),
);
const note = fc.constantFrom('', '', ' # note', '   # with: colon, { and }');
const above = (indent: string) =>
  fc.constantFrom('', '', '\n', `${indent}# above\n`, `\n${indent}# above\n\n`, '# far left\n');

const block = (names: readonly string[], step: number) => {
  const indent = ' '.repeat(step * 3);
  const lines = names.map((name) =>
    fc.tuple(above(indent), value, note).map(([before, text, after]) => {
      const inner = text.replaceAll('{in}', ' '.repeat(step * 4));
      return `${before}${indent}${quote(name)}:${inner.startsWith('\n') ? after + inner : ` ${inner}${after}`}\n`;
    }),
  );
  return fc.tuple(...lines).map((all) => all.join(''));
};
const flow = (names: readonly string[]) =>
  fc
    .tuple(...names.map(() => fc.constantFrom('80', 'expert', '[1]', '{ proficiency: 2 }')))
    .map((values) => `{ ${names.map((name, n) => `${quote(name)}: ${values[n]}`).join(', ')} }`);

const section = (step: number) =>
  fc
    .tuple(fc.subarray(SKILLS, { minLength: 1 }), fc.boolean(), note)
    .chain(([names, blocky, after]) =>
      blocky
        ? block(names, step).map((lines) => `skills:${after}\n${lines}`)
        : flow(names).map((text) => `skills: ${text}${after}\n`),
    );

const entry = (key: string, step: number) => {
  const one = ' '.repeat(step);
  const two = ' '.repeat(step * 2);
  return fc.oneof(
    fc.constantFrom(`${one}${quote(key)}: {}\n`, `${one}${quote(key)}:\n${two}name: Me # me\n`),
    flow(SKILLS.slice(0, 2)).map(
      (text) => `${one}${quote(key)}: { name: x, skills: ${text} } # own\n`,
    ),
    fc
      .tuple(note, fc.constantFrom('', `${two}name: Me\n`), section(step), above(two))
      .map(
        ([after, name, skills, tail]) =>
          `${one}${quote(key)}:${after}\n${name}${two}${skills}${tail}`,
      ),
  );
};

/** A roster as its pieces: what stands before, one piece for each user, what stands behind. */
const roster = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.shuffledSubarray(KEYS, { minLength: 1 }))
  .chain(([step, keys]) =>
    fc.record({
      head: fc.constantFrom(
        'version: 1\nusers:\n',
        '# top\nversion: 1\nteams: {}\nusers: # all\n\n',
      ),
      keys: fc.constant(keys),
      entries: fc.tuple(...keys.map((key) => entry(key, step))),
      tail: fc.constantFrom('', 'profiles: { p: { skills: { X: 1 } } } # p\n', '\n# the end\n'),
      eol: fc.constantFrom('\n', '\r\n'),
    }),
  );

const change = fc.record({
  user: fc.constantFrom(...KEYS),
  kind: fc.constantFrom('skill' as const, 'language' as const),
  skill: fc.constantFrom(...SKILLS, 'New', 'Zz'),
  entry: fc.constantFrom(7, 'novice', { proficiency: 8, until: '2027-01-01' }, undefined),
});

const data = (text: string) => parseDocument(text, { stringKeys: true }).toJS();

type Users = Record<string, Record<string, Record<string, unknown>>>;

function after(before: { users: Users }, edits: readonly Edit[]): unknown {
  const wanted = structuredClone(before);
  for (const { user, kind, skill, entry: to } of edits) {
    const of = kind === 'skill' ? 'skills' : 'languages';
    const own = wanted.users[user] ?? {};
    const named = own[of] ?? {};
    if (to === undefined) delete named[skill];
    else named[skill] = to;
    if (Object.keys(named).length > 0) own[of] = named;
    else delete own[of];
    if (wanted.users[user] !== undefined || to !== undefined) wanted.users[user] = own;
  }
  return wanted;
}

law(
  'an edit does what it says, and changes the lines of its user alone',
  fc.property(roster, change, ({ head, keys, entries, tail, eol }, one) => {
    const unix = head + entries.join('') + tail;
    const text = unix.replaceAll('\n', eol);
    const { changed, findings } = editRosters(
      [{ path: 'a.yaml', text }],
      [{ ...one, file: 'a.yaml' }],
    );
    expect(findings).toEqual([]);
    const result = changed[0]?.text ?? text;
    expect(data(result)).toEqual(after(data(text), [one]));
    const at = keys.indexOf(one.user);
    if (at === -1) return;
    const before = (head + entries.slice(0, at).join('')).replaceAll('\n', eol);
    const behind = (entries.slice(at + 1).join('') + tail).replaceAll('\n', eol);
    expect(result.startsWith(before)).toBe(true);
    expect(result.endsWith(behind)).toBe(true);
  }),
);

law(
  'many edits come to the same together',
  fc.property(roster, fc.array(change, { maxLength: 12 }), ({ head, entries, tail }, edits) => {
    const text = head + entries.join('') + tail;
    const files = [{ path: 'a.yaml', text }];
    const { changed, findings } = editRosters(
      files,
      edits.map((one) => ({ ...one, file: 'a.yaml' })),
    );
    expect(findings).toEqual([]);
    const result = changed[0]?.text ?? text;
    const last = new Map(edits.map((one) => [`${one.user} ${one.kind} ${one.skill}`, one]));
    expect(data(result)).toEqual(after(data(text), [...last.values()]));
  }),
);
