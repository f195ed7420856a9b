/** After the merge, with GitHub: what its comments vouch for is applied, drift is an issue, adopting a pull request. */
import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type PullRequest, pullRequest, type Skills } from '../pull-request.ts';
import { type GithubStandIn, githubStandIn, type Pull } from './stand-in.ts';

let pr: PullRequest;
let github: GithubStandIn;
let pull: Pull;
const email = (at: number) => pr.people[at]?.email ?? '';
const BEFORE = () => ({ [email(0)]: 'Billing: 60', [email(1)]: 'Billing: 50' });

beforeEach(async () => {
  pr = await pullRequest((people) => ({
    [people[0]?.email ?? '']: 'Billing: 60',
    [people[1]?.email ?? '']: 'Billing: 50',
  }));
  github = await githubStandIn();
  pull = github.pull(1, { head: { ref: 'pr', sha: pr.base }, base: { ref: 'main', sha: pr.base } });
  expect((await pr.run(['apply', '--yes'])).code).toBe(0);
});
afterEach(async () => {
  expect(github.state.violations).toEqual([]);
  await github.close();
  await pr.close();
});

const env = () => ({ ...github.env(), GITHUB_REF_NAME: 'main' });
const skill = () => pr.g.sandbox.org.skills.find(({ name }) => name === 'Billing')?.id ?? '';
const billing = (at: number) =>
  pr.g.sandbox.skillsOf(pr.people[at]?.id ?? '').find(({ skillId }) => skillId === skill())
    ?.proficiency;
const byHand = (at: number, proficiency: number) =>
  pr.g.sandbox.edit(pr.people[at]?.id ?? '', [{ skillId: skill(), proficiency }]);

/** Pushed, planned, told, its plan kept; then merged as one commit on main. */
async function reviewedAndMerged(skills: Skills, message = 'A change'): Promise<void> {
  pull.head.sha = await pr.commit(skills, message);
  const [file = ''] = await pr.plans();
  const told = await pr.run(['github', 'comment', file], github.env(await pr.event(pull.head.sha)));
  expect(told.code, told.stderr).toBe(0);
  github.state.artifacts.push({
    ...{ name: 'muster-plan-eu', head: pull.head.sha },
    files: { 'eu.json': await readFile(file, 'utf8'), 'notes.txt': 'x' },
  });
  pull.commits = [{ sha: pull.head.sha, message }];
  await squash();
}

async function squash(): Promise<void> {
  const { git } = pr.g.main;
  await git('checkout', '-q', 'main');
  await git('merge', '-q', '--squash', 'pr');
  await git('commit', '-q', '-m', 'Squashed (#1)');
  const sha = await git('rev-parse', 'HEAD');
  Object.assign(pull, { state: 'closed', merged_at: '2026-11-23T10:00:00Z', mergedAs: [sha] });
}

const apply = () => pr.run(['apply', '--yes', '--require-review'], env());

test('what the comment vouches for is written, what drifted is held, and the built command does it', async () => {
  await reviewedAndMerged({ ...BEFORE(), [email(0)]: 'Billing: 80' });
  byHand(1, 11);
  const ran = await pr.built(['apply', '--yes', '--require-review'], env());
  expect(ran.code, ran.stderr).toBe(4);
  expect([billing(0), billing(1)]).toEqual([80, 11]);
  expect(ran.stdout).toContain(`${email(1)}: Billing  unreviewed`);
});

test('the plan of a fork, which a run of the base has kept, is found by its name', async () => {
  await reviewedAndMerged({ ...BEFORE(), [email(0)]: 'Billing: 80' });
  const [kept] = github.state.artifacts.splice(0);
  const name = `muster-plan-eu-${pull.head.sha}`;
  github.state.artifacts.push({ name, head: pr.base, files: kept?.files ?? {} });
  const ran = await apply();
  expect(ran.code, ran.stderr).toBe(0);
  expect(billing(0)).toBe(80);
});

test('the sections of merged pull requests are moved on without their numbers', async () => {
  await reviewedAndMerged({ ...BEFORE(), [email(0)]: 'Billing: 80' });
  const move = (...args: readonly string[]) => pr.run(['github', 'comment', ...args], env());
  expect((await move('--state', 'applying', '--org', 'eu')).stdout).toBe('applying: eu.\n');
  const ran = await move('--state', 'refused', '--org', 'eu', '--reason', 'refused: removals');
  expect(ran.stdout).toBe('refused: eu.\n');
  expect(github.state.comments[0]?.body).toContain('refused: removals');
});

test.each<[string, () => unknown]>([
  ['whose comment somebody else has edited', () => edit((one) => (one.editor = 'mallory'))],
  ['whose comment is of somebody else', () => edit((one) => Object.assign(one, { author: 'x' }))],
  ['whose comment was minimized', () => edit((one) => (one.minimized = true))],
  [
    'whose comment does not show everything',
    () => edit((one) => (one.body = one.body.replace('"truncated":false', '"truncated":true'))),
  ],
  [
    'whose comment is of another org',
    () => edit((one) => (one.body = one.body.replace('"eu":{', '"us":{'))),
  ],
  ['whose plan is gone', () => github.state.artifacts.splice(0)],
  [
    'whose plan was swapped',
    () => {
      const [kept] = github.state.artifacts;
      const text = kept?.files['eu.json']?.replaceAll('80', '81') ?? '';
      github.state.artifacts.splice(0, 1, { ...kept, files: { 'eu.json': text } } as never);
    },
  ],
  ['that was pushed to after its plan', () => Object.assign(pull.head, { sha: 'f'.repeat(40) })],
])('a pull request %s never counts as reviewed', async (_what, spoil) => {
  await reviewedAndMerged({ ...BEFORE(), [email(0)]: 'Billing: 80' });
  spoil();
  const ran = await apply();
  expect(ran.code).toBe(4);
  expect(billing(0)).toBe(60);
  expect(ran.stderr).toContain('Does not count as reviewed: #1: ');
});

function edit(change: (comment: (typeof github.state.comments)[number]) => unknown): void {
  for (const comment of github.state.comments) change(comment);
}

test('a guard is allowed by a trailer of the pull request’s own commits', async () => {
  const { main } = pr.g;
  await main.git('checkout', '-q', 'main');
  const config = await main.read('muster.yaml');
  await main.write('muster.yaml', `${config}guards:\n  removals: { percent: 0, count: 0 }\n`);
  await pr.commit(BEFORE(), 'Guards');
  expect((await pr.run(['apply', '--yes'])).code).toBe(0);
  await main.git('checkout', '-q', '-B', 'pr');
  const without = { [email(0)]: 'Chat: 20', [email(1)]: 'Billing: 50' };
  await reviewedAndMerged(without, 'Less\n\nMuster-Allow: removals: site closed');
  const ran = await apply();
  expect(ran.code, ran.stderr).toBe(0);
  expect(billing(0)).toBeUndefined();
  expect((await main.record()).overrides).toEqual([{ guard: 'removals', reason: 'site closed' }]);
});

test('drift is one issue, told to a chat without names, and closed when it is gone', async () => {
  const drift = (...args: readonly string[]) => pr.run(['github', 'drift', ...args], env());
  expect((await drift()).stdout).toBe('Issue about drift in eu: none.\n');
  byHand(1, 11);
  const opened = await drift();
  expect(opened.code, opened.stderr).toBe(0);
  expect(opened.stdout).toMatch(/^Issue about drift in eu: opened \(https:/);
  expect(github.state.issues).toMatchObject([{ state: 'open', labels: ['muster:drift'] }]);
  expect(github.state.issues[0]?.body).toContain('| ~ 50 → 11 |');
  await writeFile(pr.path('broken.json'), '');
  const failed = await drift(pr.path('broken.json'));
  expect(failed.code).toBe(1);
  expect(github.state.issues[0]?.body).toContain('Looking failed tonight');
  byHand(1, 50);
  const json = await pr.run(['drift', '--format', 'json']);
  await writeFile(pr.path('drift.json'), json.stdout);
  expect((await drift(pr.path('drift.json'))).stdout).toContain('closed');
  expect(github.state.issues).toMatchObject([{ state: 'closed' }]);
});

test('a chat that cannot be reached is told of and changes nothing', async () => {
  byHand(1, 11);
  const ran = await pr.run(['github', 'drift'], { ...env(), MUSTER_WEBHOOK_URL: 'nonsense' });
  expect(ran.code).toBe(0);
  expect(ran.stderr).toContain('The address of the webhook is no https URL.');
});

test('what is live is proposed as a pull request, and brought up to date', async () => {
  await pr.g.main.git('checkout', '-q', 'main');
  const adopt = (...args: readonly string[]) => pr.run(['github', 'adopt', ...args], env());
  expect((await adopt()).stdout).toBe('Nothing to take over.\n');
  byHand(1, 11);
  const opened = await adopt();
  expect(opened.code, opened.stderr).toBe(0);
  const made = github.state.pulls.get(2);
  expect(made).toMatchObject({ head: { ref: 'muster/adopt-eu' }, base: { ref: 'main' } });
  expect(made?.body).toContain('Takes over 1 assignment of 1 person');
  const tree = JSON.stringify([...github.state.trees.values()]);
  expect(tree).toContain('rosters/shared/a.yaml');
  expect(tree).toContain('Billing: 11');
  byHand(1, 12);
  expect((await adopt('--into', 'main')).code).toBe(0);
  expect(github.state.pulls.size).toBe(2);
  expect((await pr.run(['github', 'adopt'], github.env())).code).toBe(1);
  expect((await adopt('--rolled-back', 'x.json')).code).toBe(64);
});

test('after a rollback the pull request makes the files agree', async () => {
  await reviewedAndMerged({ ...BEFORE(), [email(0)]: 'Billing: 80' });
  expect((await apply()).code).toBe(0);
  expect((await pr.run(['rollback', '--last', '--yes'], env())).code).toBe(0);
  expect(billing(0)).toBe(60);
  const ran = await pr.run(['github', 'adopt', '--rolled-back'], env());
  expect(ran.code, ran.stderr).toBe(0);
  expect(github.state.pulls.get(2)).toMatchObject({ head: { ref: 'muster/agree-eu' } });
  expect(JSON.stringify([...github.state.trees.values()])).toContain('Billing: 60');
});
