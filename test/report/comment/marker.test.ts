import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyed } from '../../../src/model/assignment.ts';
import type { OrgHeader, ReviewHeader } from '../../../src/model/review-header.ts';
import {
  readReview,
  readThing,
  reviewMarker,
  thingMarker,
} from '../../../src/report/comment/marker.ts';
import { HEAD } from './world.ts';

const ORG: OrgHeader = {
  state: 'planned',
  orgId: 'tenant',
  digest: `sha256:${'a'.repeat(64)}`,
  ...{ add: 1, change: 2, remove: 3, people: 4, held: 0 },
};
const review = (over: Partial<ReviewHeader> = {}): ReviewHeader => ({
  ...{ v: 1, head: HEAD, truncated: false, orgs: keyed([['eu-prod', ORG]]) },
  ...over,
});
const as = (value: unknown) => readReview(`<!-- muster:review ${JSON.stringify(value)} -->\nrest`);
const org = (over: object) => as({ ...review(), orgs: { 'eu-prod': { ...ORG, ...over } } });

test('what the marker says is read back, with or without a run, and whatever follows', () => {
  const orgs = keyed([
    ['us', { ...ORG, orgId: null }],
    ['eu', { ...ORG, run: 'run-1' }],
  ]);
  const marker = reviewMarker(review({ orgs }));
  expect(readReview(marker)).toEqual(review({ orgs }));
  expect(readReview(`${marker}\r\nrest`)).toEqual(review({ orgs }));
  expect(marker.indexOf('"eu"')).toBeLessThan(marker.indexOf('"us"'));
});

test('nothing in it can end the comment it hides in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (orgId, run) => {
      const wild = review({ orgs: keyed([['eu', { ...ORG, orgId: `${orgId}--><b>`, run }]]) });
      const marker = reviewMarker(wild);
      expect(marker.slice(4, -3)).not.toMatch(/[<>\n\r]|--/);
      expect(readReview(marker)).toEqual(wild);
    }),
  );
});

test('only a first line counts, and only one that muster would have written', () => {
  const marker = reviewMarker(review());
  expect(readReview(`hello\n${marker}`)).toBeUndefined();
  expect(readReview(` ${marker}`)).toBeUndefined();
  expect(readReview(`${marker} more`)).toBeUndefined();
  expect(readReview('<!-- muster:review {"v":1 -->')).toBeUndefined();
  expect(readReview('<!-- muster:review {"v":1,} -->')).toBeUndefined();
});

test.each([
  ['another version', { ...review(), v: 2 }],
  ['a head that is no commit', { ...review(), head: 'main' }],
  ['no head', { ...review(), head: 7 }],
  ['truncated left out', { v: 1, head: HEAD, orgs: {} }],
  ['orgs as a list', { ...review(), orgs: [] }],
  ['orgs as a text', { ...review(), orgs: 'eu' }],
  ['no orgs', { ...review(), orgs: null }],
  ['an org by a wrong name', { ...review(), orgs: { EU: ORG } }],
])('%s is no marker', (_, value) => expect(as(value)).toBeUndefined());

test.each([
  [{ state: 'reviewed' }],
  [{ digest: 'sha256:1' }],
  [{ digest: 7 }],
  [{ orgId: 7 }],
  [{ run: 7 }],
  [{ add: -1 }],
  [{ change: 1.5 }],
  [{ remove: '1' }],
  [{ people: null }],
  [{ held: undefined }],
])('an org with %j is none', (over) => expect(org(over)).toBeUndefined());

test('the marker of anything else says what it is about, and of which org', () => {
  expect(readThing(`${thingMarker('drift', 'eu-prod')}\nrest`)).toEqual({
    about: 'drift',
    org: 'eu-prod',
  });
  expect(readThing('drift')).toBeUndefined();
});
