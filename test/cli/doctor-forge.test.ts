/** What muster doctor says of the token of a forge: found by name, tried by a read in a job of that forge, never shown. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Check, Examination } from '../../src/model/checkup.ts';
import { type GithubStandIn, githubStandIn } from '../forge/github/stand-in.ts';
import { type GitlabStandIn, gitlabStandIn } from '../forge/gitlab/stand-in.ts';
import { type Folder, muster, tempFolder } from '../support/shell.ts';

const COMMIT = '5ab92614c0ffee5ab92614c0ffee5ab92614c0ff';
let folder: Folder;
let github: GithubStandIn;
let gitlab: GitlabStandIn;

beforeAll(async () => {
  folder = await tempFolder({}, 'examples/quickstart');
  github = await githubStandIn();
  gitlab = await gitlabStandIn();
  const ends = {
    head: { ref: 'pr', sha: COMMIT },
    base: { ref: 'main', sha: '0'.repeat(40) },
  };
  github.pull(1, { ...ends, mergedAs: [COMMIT] });
});
afterAll(async () => {
  expect([...github.state.violations, ...gitlab.state.violations]).toEqual([]);
  await Promise.all([github.close(), gitlab.close(), folder.remove()]);
});

/** Without credentials of a platform: only this machine and the forge are looked at. */
async function seen(env: Readonly<Record<string, string>>): Promise<Check | undefined> {
  const ran = await muster(['doctor', '--format', 'json'], {
    cwd: folder.path,
    env: { PATH: process.env.PATH ?? '', ...env },
  });
  expect(ran.stdout).not.toContain('forge-token"');
  expect(ran.stdout).not.toContain('hush');
  const { checks } = JSON.parse(ran.stdout) as Examination;
  return checks.find(({ check }) => check === 'forge');
}

test('none is missed but in a pipeline', async () => {
  expect(await seen({})).toMatchObject({ health: 'ok' });
  expect(await seen({ GITLAB_CI: 'true' })).toMatchObject({
    health: 'warning',
    fix: expect.stringContaining('GITLAB_TOKEN'),
  });
});

test('one that is set outside of a job, or where no commit is named, is not tried', async () => {
  const outside = await seen({ GITHUB_TOKEN: 'hush' });
  expect(outside).toMatchObject({ health: 'unknown', message: expect.stringContaining('GITHUB') });
  const nowhere = await seen(github.env());
  expect(nowhere).toMatchObject({ health: 'unknown', message: expect.stringContaining('commit') });
  expect(github.asked).toEqual([]);
});

test('one that reads pull requests is good, on both forges', async () => {
  const there = await seen(github.env({ GITHUB_SHA: COMMIT }));
  expect(there).toEqual({
    ...{ check: 'forge', title: 'Forge token', health: 'ok' },
    message: 'Found GITHUB_TOKEN, and it reads pull requests. Writing was not tried.',
  });
  const here = await seen(gitlab.env({ CI_COMMIT_SHA: COMMIT }));
  expect(here).toMatchObject({ health: 'ok', message: expect.stringContaining('GITLAB_TOKEN') });
});

test('one that is refused, has too few permissions, or belongs to a forge that is not there is named, with a fix', async () => {
  const wrong = await seen(github.env({ GITHUB_SHA: COMMIT, GITHUB_TOKEN: 'hush' }));
  expect(wrong).toMatchObject({ health: 'warning', fix: expect.stringContaining('permissions') });
  github.state.forbidden.push('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls');
  const narrow = await seen(github.env({ GITHUB_SHA: COMMIT }));
  github.state.forbidden.length = 0;
  expect(narrow).toMatchObject({ health: 'warning', message: expect.stringContaining('403') });
  const away = { GITHUB_SHA: COMMIT, GITHUB_API_URL: 'http://127.0.0.1:1' };
  expect(await seen(github.env(away))).toMatchObject({
    health: 'warning',
    fix: expect.stringContaining('network'),
  });
});

test("a job's own token writes no notes on GitLab", async () => {
  const before = gitlab.asked.length;
  const alone = await seen(gitlab.env({ GITLAB_TOKEN: '', CI_JOB_TOKEN: 'hush' }));
  expect(alone).toMatchObject({ health: 'warning', fix: expect.stringContaining('GITLAB_TOKEN') });
  expect(gitlab.asked.length).toBe(before);
});
