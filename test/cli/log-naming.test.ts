/** What is printed in CI names people as the files say, and no more than the branch they go to allows. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PullRequest, pullRequest } from '../forge/pull-request.ts';

let pr: PullRequest;
const CI = { CI: 'true' };
const TELLING = /@example\.com/;

beforeAll(async () => {
  pr = await pullRequest(
    (people) => ({
      [people[0]?.email ?? '']: 'Billing: 60',
      [people[1]?.email ?? '']: 'Billing: 50',
    }),
    { config: 'report: { log: id }\n' },
  );
});
afterAll(() => pr.close());

const names = () => new RegExp(pr.people.map(({ name }) => name).join('|'));

test('a plan, an apply, drift and findings are told by id in CI, and in full elsewhere', async () => {
  const here = await pr.run(['plan']);
  expect(here.stdout).toMatch(TELLING);
  const plan = await pr.run(['plan'], CI);
  expect(plan.stdout).toContain(pr.people[0]?.id);
  expect(plan.stdout + plan.stderr).not.toMatch(TELLING);
  expect(plan.stdout).not.toMatch(names());
  const markdown = await pr.run(['plan', '--format', 'markdown'], CI);
  expect(markdown.stdout).not.toMatch(TELLING);
  expect((await pr.run(['plan', '--format', 'json'], CI)).stdout).toMatch(TELLING);
  const apply = await pr.run(['apply', '--yes'], CI);
  expect(apply.stdout + apply.stderr).not.toMatch(TELLING);
  const skillId = pr.g.sandbox.org.skills.find(({ name }) => name === 'Billing')?.id ?? '';
  pr.g.sandbox.edit(pr.people[0]?.id ?? '', [{ skillId, proficiency: 1 }]);
  const drift = await pr.run(['drift'], CI);
  expect(drift.code).toBe(2);
  expect(drift.stdout).not.toMatch(TELLING);
  expect(drift.stdout).not.toMatch(names());
  await pr.commit({
    [pr.people[0]?.email ?? '']: 'Billing: sixty',
    'ANA@example.com': 'Billing: 1',
    'ana@example.com': 'Billing: 2',
  });
  for (const args of [['plan'], ['validate'], ['validate', '--format', 'github']]) {
    const ran = await pr.run(args, CI);
    expect(ran.code).toBe(1);
    expect(ran.stdout + ran.stderr).toContain('rosters/shared/a.yaml');
    expect(ran.stdout + ran.stderr).not.toMatch(TELLING);
  }
});

test('a guard that refuses names nobody either', async () => {
  await pr.commit({ [pr.people[1]?.email ?? '']: 'Billing: 51' });
  const config = await pr.g.main.read('muster.yaml');
  await pr.g.main.write(
    'muster.yaml',
    `${config}guards: { protected: { users: [${pr.people[1]?.email}] } }\n`,
  );
  const ran = await pr.run(['apply', '--yes'], CI);
  expect(ran.code).toBe(3);
  expect(ran.stderr).toContain('refused by guard protected: Changed, though protected');
  expect(ran.stderr + ran.stdout).not.toMatch(TELLING);
  await pr.g.main.write('muster.yaml', config);
});

test('a change cannot make its own log more talkative', async () => {
  const config = await pr.g.main.read('muster.yaml');
  await pr.g.main.write('muster.yaml', config.replace('log: id', 'log: email'));
  expect((await pr.run(['plan'], CI)).stdout).toMatch(TELLING);
  await pr.g.main.git('push', '-q', 'origin', 'main');
  const github = await pr.run(['plan'], { ...CI, GITHUB_BASE_REF: 'main' });
  expect(github.stdout).not.toMatch(TELLING);
  const gitlab = await pr.run(['plan'], { ...CI, CI_MERGE_REQUEST_DIFF_BASE_SHA: pr.base });
  expect(gitlab.stdout).not.toMatch(TELLING);
  const unknown = await pr.run(['plan'], { ...CI, GITHUB_BASE_REF: 'nowhere' });
  expect(unknown.stdout).toMatch(TELLING);
});

test('the pages that a job keeps name people as `artifact` says', async () => {
  const file = pr.path('eu.json');
  await pr.g.main.write(
    'muster.yaml',
    (await pr.g.main.read('muster.yaml')).replace('log: email', 'artifact: id'),
  );
  const base = await pr.commit({ [pr.people[1]?.email ?? '']: 'Billing: 51' });
  await pr.commit({ [pr.people[1]?.email ?? '']: 'Billing: 52' });
  expect((await pr.run(['plan', '--out', file])).code).toBe(0);
  const ran = await pr.run([
    'github',
    'comment',
    '--dry-run',
    '--base',
    base,
    '--pages',
    pr.path('pages'),
    file,
  ]);
  expect(ran.code, ran.stderr).toBe(0);
  const page = await pr.files.read('pages/eu.html');
  expect(page).toContain(pr.people[1]?.id);
  expect(page).not.toMatch(TELLING);
  expect(page).not.toMatch(names());
});
