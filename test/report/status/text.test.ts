/** How an org stands, as text: what matters at night comes first. */
import { expect, test } from 'vitest';
import { statusJson } from '../../../src/report/status/json.ts';
import type { Doubtful, OpenPerson, Status } from '../../../src/report/status/status.ts';
import { statusText } from '../../../src/report/status/text.ts';
import { PLAIN } from '../builders.ts';
import { line } from '../history/line.ts';

const COMMIT = 'c'.repeat(40);

function status(over: Partial<Status> = {}): Status {
  return {
    formatVersion: '1.0',
    org: 'eu-prod',
    platform: 'admin',
    at: '2026-11-24T02:00:59.000Z',
    calm: true,
    next: 'muster plan',
    ledger: true,
    doubt: [],
    coverage: [],
    uncounted: 0,
    run: null,
    paused: null,
    last: line(),
    applied: { commit: COMMIT, day: '2026-11-23' },
    head: { commit: COMMIT, relation: 'same' },
    open: [],
    ...over,
  };
}

const text = (over: Partial<Status> = {}) => statusText(status(over), PLAIN);
const doubtful = (key: string, over: Partial<Doubtful> = {}): Doubtful => ({
  userId: `id-${key}`,
  key,
  since: '2026-11-24T01:58:00.000Z',
  ...over,
});

test('all is calm', () => {
  expect(text()).toBe(`\
eu-prod (admin) at 2026-11-24T02:00Z: calm

Nobody is in doubt.

Next: muster plan

Last run: apply 20261123-100000-aaaaaa by ana@host at 2026-11-23T10:00Z,
finished: 2 applied.
Applied: cccccccccccc on 2026-11-23, which is the commit at hand.

Nobody is open: everybody stands at what was applied.
`);
});

test('a killed run: who is in doubt, what is short of people, and what to type come first', () => {
  const shown = text({
    calm: false,
    next: 'muster apply --resume r1',
    doubt: [
      doubtful('a', { reads: 'as-planned' }),
      doubtful('b', { reads: 'as-planned' }),
      doubtful('c', { reads: 'as-before' }),
      doubtful('d', { reads: 'neither' }),
      doubtful('e', { reads: 'unread' }),
    ],
    coverage: [
      { skill: 'Billing', atLeast: 'skilled', needed: 5, holders: 3 },
      { skill: 'Chat', needed: 1, holders: 1 },
      { skill: 'Gone', needed: 2, holders: null },
    ],
    uncounted: 1,
    run: { ...line({ id: 'r1', undoes: 'r0', ended: null, end: 'not-ended' }), undecided: 5 },
    paused: { by: 'ben@host', at: '2026-11-24T01:00:00.000Z', reason: 'migration' },
  });
  expect(shown).toContain(`\
eu-prod (admin) at 2026-11-24T02:00Z: not calm

In doubt: 5 people
  2 read as planned, 1 reads as before, 1 reads as neither, 1 could not be read.
  a  id-a  since 2026-11-24T01:58Z  reads as planned
  b  id-b  since 2026-11-24T01:58Z  reads as planned
  c  id-c  since 2026-11-24T01:58Z  reads as before
  d  id-d  since 2026-11-24T01:58Z  reads as neither
  e  id-e  since 2026-11-24T01:58Z  could not be read

Skills under their coverage now
  Billing at skilled or better: 3 of 5 needed
  Gone: the platform has no such skill, and 2 are needed
Not counted: 1 active person whose list is not known.

Next: muster apply --resume r1

A run is under way
  apply r1, which undoes r0, was begun by ana@host at 2026-11-23T10:00Z and has
  not ended: 2 people, 5 of them undecided.
  If it is no longer at work, --resume goes on with it`);
  expect(shown).toContain('Paused\n  By ben@host since 2026-11-24T01:00Z: migration\n');
});

test('everybody who is covered is told in one line, and so is why nothing live was read', () => {
  const coverage = [{ skill: 'Chat', needed: 1, holders: 1 }];
  expect(text({ coverage })).toContain('Every skill has its coverage (1 looked at).');
  const unread = 'There are no credentials for the org eu-prod.';
  expect(text({ unread })).toContain(`Live lists were not read: ${unread}\n`);
  expect(text({ uncounted: 2, coverage })).toContain('2 active people whose list');
});

test('who is open is told with the reason, the first twenty of them', () => {
  const few: OpenPerson[] = [
    { userId: 'u1', key: 'a', why: 'rolled-back', run: 'r1' },
    { userId: 'u2', key: 'b', why: 'in-doubt', since: '2026-11-23' },
    { userId: 'u5', key: 'e', why: 'uncommitted', since: '2026-11-23' },
    { userId: 'u6', key: 'f', why: 'in-part', since: '2026-11-23' },
    { userId: null, key: 'c', why: 'never-verified' },
    { userId: 'u4', key: 'd', why: 'verified-apart', commit: COMMIT, day: '2026-11-20' },
  ];
  expect(text({ open: few })).toContain(`\
Open (not verified at what was applied): 6
  a  rolled back (run r1 was undone), until the files change
  b  in doubt since 2026-11-23
  e  applied on 2026-11-23 from files that are in no commit
  f  applied on 2026-11-23, but not yet in all that the files say
  c  never verified
  d  verified at cccccccccccc on 2026-11-20
`);
  const many = Array.from({ length: 22 }, (_, at) => doubtful(`p${at}`, { since: '2026-11-23' }));
  const shown = text({ doubt: many.map((one) => ({ ...one, userId: null })) });
  expect(shown).toContain('In doubt: 22 people\n  p0  since 2026-11-23\n');
  expect(shown).toContain('  p19  since 2026-11-23\n  and 2 more (--format json)\n');
});

test('the commit at hand, and a ledger that knows nothing yet', () => {
  const head = (relation: 'ahead' | 'apart' | 'unknown') =>
    text({ head: { commit: COMMIT, relation } });
  expect(head('ahead')).toContain('the commit at hand is ahead');
  expect(head('apart')).toContain('not among the ancestors');
  expect(head('unknown')).toContain('too shallow');
  expect(text({ head: null })).toContain('too shallow');
  const fresh = text({ last: null, applied: null });
  expect(fresh).toContain('No run has ended yet.\nNothing has been applied to the whole org yet.');
  expect(fresh).toMatch(/\nNobody is open\.\n$/);
});

test('outside git it says that there is no ledger, and nothing that only a ledger can know', () => {
  expect(text({ ledger: false, last: null, applied: null, head: null })).toBe(`\
eu-prod (admin) at 2026-11-24T02:00Z: there is no ledger, for this folder is not in a git repository with a commit.

Next: muster plan
`);
});

test('as JSON it is the value itself', () => {
  expect(JSON.parse(statusJson(status()))).toEqual(status());
});
