/** What every forge must do, put to each in turn: the one in memory and the two over HTTP. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mergedBehind, vouchedFor } from '../../src/forge/reviews.ts';
import { closeThing, findThing, tellThing } from '../../src/forge/things.ts';
import { findReview, post } from '../../src/forge/upsert.ts';
import { keyed } from '../../src/model/assignment.ts';
import type { Forge } from '../../src/model/forge.ts';
import type { OrgHeader, ReviewHeader } from '../../src/model/review-header.ts';
import { reviewMarker } from '../../src/report/comment/marker.ts';

export interface World {
  readonly forge: Forge;
  /** Somebody else comments. */
  comment(number: number, body: string): void;
  /** Somebody else edits the newest comment. */
  edit(number: number, body: string): void;
  /** Somebody minimizes the newest comment; false where that cannot be done. */
  minimize(number: number): boolean;
  /** Somebody else opens an issue. */
  issue(body: string, label: string): void;
  /** A job of the commit keeps a plan file of the org. */
  keep(org: string, head: string, text: string): void;
  /** What was asked of the forge and does not fit its types. */
  violations(): readonly string[];
  close(): Promise<void>;
}

/** Pull request 1 is open. 2 was merged, with two commits of its own, as the commit MERGED. */
export const HEAD = '1'.repeat(40);
export const BASE = '2'.repeat(40);
export const MERGED = '3'.repeat(40);
export const OWN = ['4'.repeat(40), '5'.repeat(40)] as const;

const ORG: OrgHeader = {
  ...{ state: 'planned', orgId: 'tenant', digest: `sha256:${'a'.repeat(64)}` },
  ...{ add: 1, change: 0, remove: 0, people: 1, held: 0 },
};
const review = (over: Partial<ReviewHeader> = {}): ReviewHeader => ({
  ...{ v: 1, head: HEAD, truncated: false, orgs: keyed([['eu', ORG]]) },
  ...over,
});
const bodyOf = (text: string, over: Partial<ReviewHeader> = {}) =>
  `${reviewMarker(review(over))}\n\n${text}\n`;
const EDIT = { posting: 'edit', worth: true } as const;

export function forgeContract(name: string, open: () => Promise<World>): void {
  describe(name, () => {
    let world: World;
    beforeEach(async () => {
      world = await open();
    });
    afterEach(async () => {
      expect(world.violations()).toEqual([]);
      await world.close();
    });
    const upsert = async (body: string, how: { posting: 'edit' | 'anew'; worth: boolean } = EDIT) =>
      post(world.forge, { number: 1, found: await findReview(world.forge, 1) }, { body, ...how });

    test('a pull request says where it stands', async () => {
      expect(await world.forge.requestOf(1)).toMatchObject({
        ...{ number: 1, state: 'open', head: HEAD, base: { branch: 'main', commit: BASE } },
      });
      expect(await world.forge.requestOf(2)).toMatchObject({ state: 'merged' });
      await expect(world.forge.requestOf(99)).rejects.toMatchObject({ code: 'forge-not-found' });
    });

    test('plans that jobs of a commit kept are read, whatever they say', async () => {
      expect(await world.forge.keptPlans({ org: 'eu', head: HEAD })).toEqual([]);
      world.keep('eu', HEAD, '{"plan":1}');
      world.keep('us', HEAD, '{"plan":2}');
      world.keep('eu', BASE, '{"plan":3}');
      world.keep('eu', HEAD, 'no JSON');
      expect(await world.forge.keptPlans({ org: 'eu', head: HEAD })).toEqual([{ plan: 1 }]);
    });

    test('there is one comment: added, left alone, edited where it stands', async () => {
      expect((await upsert(bodyOf('one'))).did).toBe('added');
      expect((await upsert(bodyOf('one'))).did).toBe('unchanged');
      expect((await upsert(bodyOf('two'))).did).toBe('edited');
      const all = await world.forge.comments(1);
      expect(all.map(({ body }) => body.trimEnd())).toEqual([bodyOf('two').trimEnd()]);
      expect(all[0]).toMatchObject({ mine: true, hidden: false, edited: false });
    });

    test('by setting it is deleted and posted anew', async () => {
      const first = await upsert(bodyOf('one'));
      const second = await upsert(bodyOf('two'), { posting: 'anew', worth: true });
      expect(second.did).toBe('added');
      expect(second.comment?.id).not.toBe(first.comment?.id);
      expect(await world.forge.comments(1)).toHaveLength(1);
    });

    test('where there is nothing to tell, none is added', async () => {
      expect((await upsert(bodyOf('one'), { posting: 'edit', worth: false })).did).toBe('nothing');
      expect(await world.forge.comments(1)).toEqual([]);
    });

    test('a marker that somebody else has written is not found', async () => {
      world.comment(1, bodyOf('forged'));
      world.comment(1, 'hello');
      expect(await findReview(world.forge, 1)).toBeUndefined();
      await upsert(bodyOf('mine'));
      expect((await findReview(world.forge, 1))?.comment.body).toContain('mine');
      expect(await world.forge.comments(1)).toHaveLength(3);
    });

    test('one that was minimized is left, and another is posted', async () => {
      await upsert(bodyOf('one'));
      if (!world.minimize(1)) return;
      expect((await upsert(bodyOf('two'))).did).toBe('added');
      expect(await world.forge.comments(1)).toHaveLength(2);
    });

    test('one that somebody else has edited is written again, even with the same words', async () => {
      await upsert(bodyOf('one'));
      world.edit(1, bodyOf('one'));
      expect((await findReview(world.forge, 1))?.comment.edited).toBe(true);
      expect((await upsert(bodyOf('one'))).did).toBe('edited');
    });

    test('one that is gone meanwhile is posted again', async () => {
      await upsert(bodyOf('one'));
      const found = await findReview(world.forge, 1);
      if (found === undefined) throw new Error('There is no comment.');
      await world.forge.deleteComment(1, found.comment.id);
      await world.forge.deleteComment(1, found.comment.id);
      const posted = await post(
        world.forge,
        { number: 1, found },
        { body: bodyOf('two'), ...EDIT },
      );
      expect(posted.did).toBe('added');
    });

    test('of many comments every page is read', async () => {
      for (let at = 0; at < 205; at += 1) world.comment(1, `chat ${at}`);
      await upsert(bodyOf('mine'));
      expect(await world.forge.comments(1)).toHaveLength(206);
      expect(await findReview(world.forge, 1)).toBeDefined();
    });

    test('labels are added and taken away, and others stay', async () => {
      await world.forge.label(1, { add: ['a', 'b'], remove: [] });
      await world.forge.label(1, { add: ['c'], remove: ['a'] });
      await world.forge.label(1, { add: [], remove: [] });
      expect([...(await world.forge.requestOf(1)).labels].sort()).toEqual(['b', 'c']);
    });

    test('an issue is opened, kept up to date, closed, and opened again', async () => {
      const thing = { about: 'drift', org: 'eu' };
      world.issue('<!-- muster:drift eu -->\nforged', 'muster:drift');
      expect(await findThing(world.forge, thing)).toBeUndefined();
      expect(await closeThing(world.forge, thing)).toBeUndefined();
      const first = await tellThing(world.forge, thing, { title: 'Drift', body: 'one' });
      expect(first).toMatchObject({ open: true, mine: true, title: 'Drift' });
      const again = await tellThing(world.forge, thing, { title: 'Drift', body: 'one' });
      expect(again.number).toBe(first.number);
      const other = await tellThing(
        world.forge,
        { ...thing, org: 'us' },
        { title: 'Us', body: '' },
      );
      expect(other.number).not.toBe(first.number);
      await tellThing(world.forge, thing, { title: 'Drift', body: 'two' });
      expect((await findThing(world.forge, thing))?.body).toContain('two');
      expect(await closeThing(world.forge, thing, { body: 'over' })).toMatchObject({ open: false });
      expect(await closeThing(world.forge, thing)).toBeUndefined();
      const reopened = await tellThing(world.forge, thing, { title: 'Drift', body: 'three' });
      expect(reopened).toMatchObject({ number: first.number, open: true });
      expect(await closeThing(world.forge, thing)).toMatchObject({ open: false });
    });

    test('a proposal opens one pull request, and brings it up to date', async () => {
      const proposal = {
        ...{
          branch: 'muster/adopt-eu',
          base: 'main',
          onto: BASE,
          message: 'Adopts',
          title: 'Adopt',
        },
        ...{ body: 'why', labels: ['muster:adopt'] },
        files: new Map([
          ['rosters/a.yaml', { text: 'users: {}\n', isNew: false }],
          ['rosters/b.yaml', { text: 'users: {}\n', isNew: true }],
          ['rosters/c.yaml', { text: null, isNew: false }],
        ]),
      };
      const first = await world.forge.propose(proposal);
      expect(first).toMatchObject({ state: 'open', base: { branch: 'main' } });
      const second = await world.forge.propose({ ...proposal, title: 'Adopt more', labels: [] });
      expect(second.number).toBe(first.number);
      expect((await world.forge.requestOf(first.number)).labels).toContain('muster:adopt');
    });

    test('behind a commit stands what was merged with it, its own commits and what its comment vouches for', async () => {
      await world.forge.addComment(2, bodyOf('reviewed', { head: OWN[1] }));
      const merged = await mergedBehind(world.forge, [BASE, MERGED, MERGED]);
      expect(merged.map(({ request }) => request.number)).toEqual([2]);
      const [one] = merged;
      if (one === undefined) throw new Error('Nothing was merged.');
      expect(one.commits).toEqual([
        { commit: OWN[0], message: 'First' },
        { commit: OWN[1], message: 'Second\n\nMuster-Allow: removals: site closed' },
      ]);
      expect(vouchedFor(one, { name: 'eu', orgId: 'tenant' })).toEqual({ header: ORG });
      expect(vouchedFor(one, { name: 'us', orgId: 'tenant' })).toHaveProperty('why');
      expect(vouchedFor(one, { name: 'eu', orgId: null })).toHaveProperty('why');
      expect(await mergedBehind(world.forge, [MERGED], 'another')).toEqual([]);
      world.edit(2, bodyOf('reviewed', { head: OWN[1] }));
      const [edited] = await mergedBehind(world.forge, [MERGED], 'main');
      expect(edited && vouchedFor(edited, { name: 'eu', orgId: 'tenant' })).toEqual({
        why: 'somebody has edited its comment',
      });
    });

    test.each([
      ['truncated', { truncated: true, head: OWN[1] }],
      ['of an earlier commit', { head: OWN[0] }],
      ['outdated', { head: OWN[1], orgs: keyed([['eu', { ...ORG, state: 'outdated' as const }]]) }],
    ])('a comment that is %s vouches for nothing', async (_, over) => {
      await world.forge.addComment(2, bodyOf('reviewed', over));
      const [one] = await mergedBehind(world.forge, [MERGED]);
      expect(one && vouchedFor(one, { name: 'eu', orgId: 'tenant' })).toHaveProperty('why');
    });

    test('without a comment nothing is vouched for', async () => {
      const [one] = await mergedBehind(world.forge, [MERGED]);
      expect(one && vouchedFor(one, { name: 'eu', orgId: 'tenant' })).toEqual({
        why: 'it has no comment of muster',
      });
    });

    test('a check is said of a commit, with however many annotations', async () => {
      const annotations = Array.from({ length: 120 }, (_, at) => ({
        ...{ file: 'rosters/a.yaml', line: at + 1, level: 'warning' as const },
        ...{ title: 'name-renamed', message: `Line ${at + 1}.` },
      }));
      const check = {
        name: 'muster',
        commit: HEAD,
        title: 'eu: fine',
        summary: 'fine',
        annotations,
      };
      expect(await world.forge.check({ ...check, conclusion: 'success' })).toBe(true);
      expect(
        await world.forge.check({
          ...check,
          conclusion: 'failure',
          annotations: [],
          url: 'https://forge.example/1',
        }),
      ).toBe(true);
    });
  });
}
