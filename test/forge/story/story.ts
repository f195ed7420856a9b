/**
 * The life of pull requests, told once for both forges: whole runs of the built command, by the workflow files and the
 * template that muster brings, in fresh clones, over real HTTP. After each step every list on the platform is accounted for.
 */
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Host } from './host.ts';
import { type Entries, openScene, type Scene } from './scene.ts';

// Each step is some processes.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

export function tellStory(open: (scene: Scene) => Promise<Host>): void {
  let scene: Scene;
  let host: Host;
  /** What the files of main say, by person. */
  let files: Map<number, string>;

  beforeAll(async () => {
    scene = await openScene();
    host = await open(scene);
    files = new Map(scene.people.map((_, at) => [at, 'Billing: 60, Refunds: 40']));
    await scene.push(files, 'Rosters');
    const first = await scene.atDesk('apply', '--yes', '--quiet');
    expect(first.code, first.stderr).toBe(0);
    for (const at of files.keys()) {
      scene.shall(at, 'Billing', 60);
      scene.shall(at, 'Refunds', 40);
    }
    scene.expectLive();
  });
  afterAll(() => host.close());
  afterEach(() => {
    scene.expectLive();
    expect(host.violations()).toEqual([]);
  });

  const state = (number: number) => host.header(number)?.orgs.eu?.state;
  const changed = (...changes: readonly (readonly [number, string | undefined])[]): Entries => {
    const next = new Map(files);
    for (const [at, text] of changes) {
      if (text === undefined) next.delete(at);
      else next.set(at, text);
    }
    return next;
  };

  /** A branch with this, as a pull request whose jobs went well. */
  async function proposed(name: string, entries: Entries, message?: string): Promise<number> {
    await scene.branch(name);
    await scene.push(entries, message);
    const number = await host.open();
    const { ok, printed } = await host.review(number);
    expect(ok, printed).toBe(true);
    return number;
  }
  const merged = async (number: number, way: Parameters<Host['merge']>[1], entries: Entries) => {
    await host.merge(number, way);
    files = new Map(entries);
  };

  test('opened: the comment says what it does, and nothing is written', async () => {
    const number = await proposed('raise', changed([0, 'Billing: 80, Refunds: 40']));
    expect(number).toBe(1);
    expect(host.comment(1)).toContain('1 person changes');
    expect(state(1)).toBe('planned');
    expect(host.labels(1)).toEqual([]);
    expect(host.verdict(1)).toBe('success');
  });

  test('pushed again: the comment says that it is outdated, then what it does now, whoever leaves first', async () => {
    await scene.push(changed([0, 'Billing: 80, Refunds: 40'], [1, undefined]));
    const early = await host.pushed(1);
    expect(early.ok, early.printed).toBe(true);
    expect(state(1)).toBe('outdated');
    expect(host.comment(1)).toContain('🕓 **Outdated**: there is a newer commit, `');
    const { ok, printed } = await host.review(1);
    expect(ok, printed).toBe(true);
    expect(state(1)).toBe('planned');
    expect(host.comment(1)).not.toContain('Outdated');
    expect(host.comment(1)).toContain('⚠️ **Left the files** (1 person)');
    expect(host.labels(1)).toEqual(['muster:removes']);
  });

  test('unrelated drift is told apart from what the pull request changes', async () => {
    scene.byHand(2, 'Billing', 11);
    // Somebody runs the jobs of the same commit again.
    const told = host.comment(1);
    expect((await host.pushed(1)).ok).toBe(true);
    expect(host.comment(1)).toBe(told);
    expect((await host.review(1)).ok).toBe(true);
    expect(host.comment(1)).toContain('<summary>Not by this ');
    expect(host.comment(1)).toContain('1 change (1 drifted)');
  });

  test('merged with a merge commit: what was reviewed is written, and what drifted since is held by name', async () => {
    scene.byHand(9, 'Billing', 12);
    await merged(1, 'merge commit', changed([0, 'Billing: 80, Refunds: 40'], [1, undefined]));
    const { ok, printed } = await host.apply();
    expect(ok).toBe(false);
    scene.shall(0, 'Billing', 80);
    scene.shall(1, 'Billing', undefined);
    scene.shall(1, 'Refunds', undefined);
    // The plan that was reviewed showed that it would be put back.
    scene.shall(2, 'Billing', 60);
    scene.expectLive();
    expect(state(1), printed).toBe('partly-applied');
    expect(host.comment(1)).toContain('unreviewed');
    expect(host.comment(1)).toContain('How to go on:');
    await scene.fetchLedger();
    const { open } = await scene.ledger();
    expect(Object.keys(open)).toEqual([scene.person(9).id]);
  });

  test('drift is put back, and the job that is run again has nothing left to say but applied', async () => {
    const back = await scene.atDesk('drift', '--revert', '--yes', '--quiet');
    expect(back.code, back.stderr).toBe(0);
    scene.shall(9, 'Billing', 60);
    const before = scene.writes();
    const { ok, printed } = await host.apply();
    expect(ok, printed).toBe(true);
    expect(scene.writes()).toBe(before);
    expect(state(1)).toBe('applied');
  });

  const withoutRefunds = () =>
    new Map([...files].map(([at, text]) => [at, text.replace(', Refunds: 40', '')]));

  test('a guard refuses, with its numbers; nothing of it can be applied, should somebody merge it', async () => {
    await scene.branch('no-refunds');
    await scene.push(withoutRefunds(), 'No more refunds');
    const number = await host.open();
    await host.review(number);
    expect(state(2)).toBe('refused');
    expect(host.comment(2)).toContain('⛔ **Refused by guard `skill`**: ');
    expect(host.comment(2)).toContain('`Muster-Allow: skill: why`');
    expect([...host.labels(2)].sort()).toEqual(['muster:refused', 'muster:removes']);
    expect(host.verdict(2)).toBe('failure');
  });

  test('the trailer of a commit lets it pass, and merged by squash it is applied with its reason on record', async () => {
    const why = 'It is meant\n\nMuster-Allow: skill: the desk closes';
    await scene.push(withoutRefunds(), why);
    expect((await host.review(2)).ok).toBe(true);
    expect(state(2)).toBe('planned');
    expect(host.comment(2)).toContain('⚠️ **Guard `skill`, allowed** (the desk closes)');
    expect(host.labels(2)).toEqual(['muster:removes']);
    expect(host.verdict(2)).toBe('success');
    const gone = [...files.keys()];
    await merged(2, 'squash', withoutRefunds());
    const { ok, printed } = await host.apply();
    for (const at of gone) scene.shall(at, 'Refunds', undefined);
    expect(ok, printed).toBe(true);
    expect(state(2)).toBe('applied');
    await scene.fetchLedger();
    const { overrides } = await scene.desk.record();
    expect(overrides).toEqual([{ guard: 'skill', reason: 'the desk closes' }]);
  });

  test('merged by rebase behind another commit, and half applied: who, why, and how to go on', async () => {
    const next = changed([3, 'Billing: 70'], [4, 'Billing: 71'], [5, 'Billing: 72']);
    await scene.branch('raise-three');
    await scene.push(changed([3, 'Billing: 70']), 'One');
    await scene.push(next, 'Two more');
    const number = await host.open();
    expect((await host.review(number)).ok).toBe(true);
    await scene.desk.git('checkout', '-q', '-B', 'main', 'origin/main');
    await scene.desk.commit({ README: 'Something else is merged meanwhile.\n' });
    await merged(number, 'rebase', next);
    const path = `*${scene.person(4).id}*`;
    const put = scene.sandbox.requests.findLast(({ method }) => method !== 'GET')?.method ?? '';
    scene.sandbox.setFaults([{ kind: 'status', status: 400, method: put, path }]);
    expect((await host.apply()).ok).toBe(false);
    scene.shall(3, 'Billing', 70);
    scene.shall(5, 'Billing', 72);
    expect(state(number)).toBe('partly-applied');
    expect(host.comment(number)).toContain('⚠️ **Partly applied.**');
    expect(host.comment(number)).toContain('What became of it');
    expect(host.comment(number)).toContain('How to go on:');
  });

  test('run again when the platform is well, the job writes the rest alone', async () => {
    scene.sandbox.setFaults([]);
    const before = scene.writes();
    const { ok, printed } = await host.apply();
    expect(ok, printed).toBe(true);
    expect(scene.writes()).toBe(before + 1);
    scene.shall(4, 'Billing', 71);
    expect(state(3)).toBe('applied');
  });

  test('a runner is lost in the middle; somebody recovers from a fresh clone, and the comment says applied', async () => {
    const all = [...files.keys()];
    const next = new Map(all.map((at) => [at, 'Billing: 50']));
    const number = await proposed('all', next);
    await merged(number, 'squash', next);
    scene.killAfter(6);
    const { lost } = await host.apply();
    expect(lost).toBe(true);
    expect(state(number)).toBe('applying');
    const left = all.filter((at) => !is50(at));
    expect(left.length).toBeGreaterThan(0);
    expect(left.length).toBeLessThan(all.length);

    const status = await scene.atDesk('status');
    const run = /apply --resume (\S+)/.exec(status.stdout)?.[1] ?? '';
    const { ok, printed } = await host.recover('resume', run);
    expect(ok, printed).toBe(true);
    for (const at of all) scene.shall(at, 'Billing', 50);
    expect(state(number)).toBe('applied');
  });

  const is50 = (at: number) => {
    const { id } = scene.person(at);
    return scene.sandbox.skillsOf(id).some(({ proficiency }) => proficiency === 50);
  };

  test('run once more, an apply writes nothing, and no comment is touched', async () => {
    const writes = scene.writes();
    const comments = [1, 2, 3, 4].map(host.comment);
    const { ok, printed } = await host.apply();
    expect(ok, printed).toBe(true);
    expect(scene.writes()).toBe(writes);
    expect([1, 2, 3, 4].map(host.comment)).toEqual(comments);
  });

  test('two that are merged quickly are both applied by one job', async () => {
    const first = changed([6, 'Billing: 76']);
    const second = changed([7, 'Billing: 77']);
    const one = await proposed('six', first);
    const other = await proposed('seven', second);
    await merged(one, 'squash', first);
    await merged(other, 'merge commit', changed([7, 'Billing: 77']));
    const { ok, printed } = await host.apply();
    expect(ok, printed).toBe(true);
    scene.shall(6, 'Billing', 76);
    scene.shall(7, 'Billing', 77);
    expect([state(one), state(other)]).toEqual(['applied', 'applied']);
  });

  test('a branch that is behind is planned as it would be merged', async () => {
    const first = changed([10, 'Billing: 30']);
    const second = changed([11, 'Billing: 31']);
    const one = await proposed('ten', first);
    const other = await proposed('eleven', second);
    await merged(one, 'squash', first);
    expect((await host.apply()).ok).toBe(true);
    scene.shall(10, 'Billing', 30);
    const { ok, printed } = await host.review(other);
    expect(ok, printed).toBe(true);
    expect(state(other)).toBe('planned');
    expect(host.comment(other)).toContain('1 person changes');
    expect(host.comment(other)).not.toContain('Not by this');
    await merged(other, 'squash', changed([11, 'Billing: 31']));
    const end = await host.apply();
    scene.shall(11, 'Billing', 31);
    expect(end.ok, end.printed).toBe(true);
    expect(state(other)).toBe('applied');
  });

  test('files with errors have no plan, and are told all the same', async () => {
    await scene.branch('never');
    await scene.push(changed([8, 'Billing: sixty']));
    const number = await host.open();
    expect((await host.review(number)).ok).toBe(false);
    expect(host.comment(number)).toContain('1 error in the files');
    expect(host.verdict(number)).toBe('failure');
  });

  test('closed without a merge: nothing of it is ever applied', async () => {
    await scene.push(changed([8, 'Billing: 88']));
    const number = 9;
    expect((await host.review(number)).ok).toBe(true);
    expect(state(number)).toBe('planned');
    host.closeUnmerged(number);
    const late = await host.review(number);
    expect(late.printed).toContain('is not open any more');
    const writes = scene.writes();
    expect((await host.apply()).ok).toBe(true);
    expect(scene.writes()).toBe(writes);
    expect(state(number)).toBe('planned');
  });
}
