/** What stands in the way of a comment is told with a code and what to do, and nothing is sent where it must not go. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGithub } from '../../../src/forge/github/index.ts';
import type { Forge } from '../../../src/model/forge.ts';
import { type PullRequest, pullRequest } from '../pull-request.ts';
import { type GithubStandIn, githubStandIn } from './stand-in.ts';

let pr: PullRequest;
let github: GithubStandIn;
let plans: string[];

beforeAll(async () => {
  pr = await pullRequest((people) => ({ [people[0]?.email ?? '']: 'Billing: 60' }));
  github = await githubStandIn();
  const sha = await pr.commit({ [pr.people[0]?.email ?? '']: 'Billing: 61' });
  github.pull(1, { head: { ref: 'pr', sha }, base: { ref: 'main', sha: pr.base } });
  plans = await pr.plans();
});

afterAll(async () => {
  expect(github.state.violations).toEqual([]);
  await github.close();
  await pr.close();
});

const run = (args: readonly string[], env: object = {}) =>
  pr.run(['github', 'comment', ...args], { ...github.env(), ...env });
const about = () => ['--pr', '1', '--base', 'main', ...plans];

test.each([
  ['no token', () => about(), { GITHUB_TOKEN: '' }, 'forge-token'],
  ['no repository', () => about(), { GITHUB_REPOSITORY: '' }, 'forge-context'],
  ['no number', () => ['--base', 'main', ...plans], {}, 'forge-context'],
  ['no base', () => ['--pr', '1', '--dry-run', ...plans], {}, 'forge-context'],
  [
    'a base that is not here',
    () => ['--pr', '1', '--base', 'nowhere', ...plans],
    {},
    'revision-unknown',
  ],
  ['another head', () => [...about(), '--head', 'main'], {}, 'plan-other-commit'],
  ['plain http elsewhere', () => about(), { GITHUB_API_URL: 'http://evil.example' }, 'forge-url'],
  [
    'an address with a user',
    () => about(),
    { GITHUB_API_URL: 'https://a@evil.example' },
    'forge-url',
  ],
  ['no address', () => about(), { GITHUB_API_URL: 'evil' }, 'forge-url'],
  ['a wrong token', () => about(), { GITHUB_TOKEN: 'not-a-token' }, 'forge-refused'],
  ['another pull request', () => ['--pr', '9', '--base', 'main', ...plans], {}, 'forge-not-found'],
  ['nobody there', () => about(), { GITHUB_API_URL: 'http://127.0.0.1:1' }, 'forge-unreachable'],
  [
    'a file that cannot be written',
    () => about(),
    { GITHUB_STEP_SUMMARY: '/nowhere/at/all' },
    'job-file-unwritable',
  ],
] as const)('%s', async (_, args, env, code) => {
  const ran = await run(args(), env);
  expect(ran.stderr).toContain(`error[${code}]`);
  expect(ran.stderr).toContain('hint: ');
  expect(ran.code).toBe(1);
  expect(ran.stderr).not.toContain('not-a-token');
});

test.each([
  ['two plans of one org', () => [...about(), ...plans], 'two plans of eu'],
  ['a refusal without a reason', () => ['--pr', '1', '--state', 'refused'], 'needs a --reason'],
] as const)('%s is wrong usage', async (_, args, message) => {
  const ran = await run(args());
  expect(ran.code).toBe(64);
  expect(ran.stderr).toContain(message);
});

test('a plan that was not made of a commit, and a folder outside git, have nothing to be compared with', async () => {
  const outside = await pr.run(
    ['github', 'comment', '--dir', pr.path('.'), ...about()],
    github.env(),
  );
  expect(outside.stderr).toContain('error[forge-context]');
  const moved = await run(['--pr', '1', '--state', 'applying', '--org', 'eu']);
  expect(moved.stdout).toBe('No section was moved on.\n');
});

test('of a pull request that is named, the forge says which commits it is about', async () => {
  const ran = await run(['--pr', '1', ...plans]);
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toMatch(/The comment was (?:added|left as it is)/);
  const first = pr.people[0]?.email ?? '';
  const other = await pr.commit({ [first]: 'Billing: 62' });
  github.pull(2, { head: { ref: 'other', sha: other }, base: { ref: 'main', sha: pr.base } });
  const wrong = await run(['--pr', '2', ...plans]);
  expect(wrong.stderr).toContain('error[plan-other-commit]');
  const [file = ''] = plans;
  const mixed = pr.path('mixed.json');
  expect((await pr.run(['plan', '--out', mixed])).code).toBe(0);
  const twice = await run([...about().slice(0, 4), file, mixed]);
  expect(twice.stderr).toContain('two plans of eu');
});

test('a redirection is not followed, because the request carries a token', async () => {
  const elsewhere = await githubStandIn();
  const to = { location: `${elsewhere.url}/repos/acme/skills/pulls/1` };
  github.fail({ status: 307, headers: to, body: {} });
  const ran = await run(about());
  expect(ran.stderr).toContain('error[forge-redirected]');
  expect(elsewhere.asked).toEqual([]);
  await elsewhere.close();
});

const forge = async (work: (forge: Forge) => Promise<void>) => {
  const opened = await createGithub({
    ...{ api: new URL(github.url), owner: 'acme', repo: 'skills' },
    ...{ token: 'forge-token', agent: 'muster/test' },
  });
  await work(opened);
  await opened.close();
};

test('a limit is waited for, and a failure of the forge is tried again', async () => {
  await forge(async (github1) => {
    const limit = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '0' };
    github.fail({ status: 403, headers: limit, body: { message: 'API rate limit exceeded' } });
    expect((await github1.requestOf(1)).number).toBe(1);
    github.fail({ status: 502, body: {} }, { status: 502, body: {} });
    expect((await github1.requestOf(1)).number).toBe(1);
  });
});

test('what the forge says is told without e-mail addresses, and never with the token', async () => {
  await forge(async (github1) => {
    github.fail({ status: 422, body: { message: 'ana@example.com is not allowed' } });
    await expect(github1.requestOf(1)).rejects.toMatchObject({
      code: 'forge-failed',
      message: 'The forge could not read the pull request (422): [e-mail] is not allowed.',
    });
    github.fail({
      status: 200,
      body: { data: null, errors: [{ type: 'NOT_FOUND', message: 'no' }] },
    });
    await expect(github1.comments(1)).rejects.toMatchObject({ code: 'forge-not-found' });
    github.fail({ status: 200, body: { data: null, errors: [{ message: 'odd' }] } });
    await expect(github1.comments(1)).rejects.toMatchObject({ code: 'forge-failed' });
    github.fail({ status: 422, body: { message: 'no' } });
    await expect(github1.editComment(1, '5', 'x')).rejects.toMatchObject({ code: 'forge-failed' });
  });
});
