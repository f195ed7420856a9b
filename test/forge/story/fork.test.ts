/** A pull request from a fork: planned by the base's code and settings, its rosters merged in as data, and applied once it is merged. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readReview } from '../../../src/report/comment/marker.ts';
import { type GithubStandIn, githubStandIn, type Pull } from '../github/stand-in.ts';
import { ontoMain } from './merging.ts';
import { workflowsOn } from './on-github.ts';
import { openScene, type Scene } from './scene.ts';

/** The little of it that the workflow uses. */
const GH = `#!${process.execPath}
const [, path, , , ...fields] = process.argv.slice(2);
const query = new URLSearchParams(fields.filter((one) => one !== '-f').map((one) => one.split(/=(.*)/s).slice(0, 2)));
const headers = { authorization: 'Bearer ' + process.env.GITHUB_TOKEN };
fetch(process.env.GITHUB_API_URL + '/' + path + '?' + query, { headers })
  .then((answer) => answer.text())
  .then((text) => process.stdout.write(text));
`;

let scene: Scene;
let github: GithubStandIn;
let pull: Pull;
let bin: string;

beforeAll(async () => {
  scene = await openScene();
  github = await githubStandIn();
  bin = join(scene.desk.path, '../bin');
  await mkdir(bin);
  await writeFile(join(bin, 'gh'), GH, { mode: 0o755 });
  await scene.push(new Map([[0, 'Billing: 60']]), 'Rosters');
  expect((await scene.atDesk('apply', '--yes', '--quiet')).code).toBe(0);
  scene.shall(0, 'Billing', 60);
}, 120_000);
afterAll(async () => {
  await github.close();
  await scene.close();
});

test('the rosters of a fork are planned with the settings of the base, told, and applied once merged', {
  timeout: 240_000,
}, async () => {
  const { desk } = scene;
  const base = await desk.git('rev-parse', 'HEAD');
  const fork = join(desk.path, '../fork.git');
  await desk.git('clone', '-q', '--bare', scene.remote, fork);
  // It would send the token elsewhere, and tell e-mails.
  const config = await desk.read('muster.yaml');
  await desk.git('checkout', '-q', '-b', 'theirs');
  await desk.write(
    'muster.yaml',
    `${config.replace(/baseUrl: .*/, 'baseUrl: https://evil.example')}report: { comment: email }\n`,
  );
  await desk.write('rosters/a.yaml', (await desk.read('rosters/a.yaml')).replace('60', '75'));
  await desk.git('commit', '-qam', 'A change');
  const sha = await desk.git('rev-parse', 'HEAD');
  await desk.git('push', '-q', fork, 'theirs');
  await desk.git('push', '-q', 'origin', `${sha}:refs/pull/1/head`);
  // Meanwhile the base has gone on.
  await desk.git('checkout', '-q', '-B', 'main', 'origin/main');
  const at = await desk.commit({ README: 'More\n' });
  pull = github.pull(1, { head: { ref: 'theirs', sha }, base: { ref: 'main', sha: base } });

  const workflow = workflowsOn(scene, github);
  const validated = (head_sha: string) =>
    workflow({
      head: at,
      event: {
        workflow_run: {
          ...{ event: 'pull_request', conclusion: 'success', head_sha, head_branch: 'theirs' },
          head_repository: {
            full_name: 'someone/skills',
            clone_url: fork,
            owner: { login: 'someone' },
          },
        },
      },
      env: { PATH: `${bin}:${process.env.PATH}` },
    });
  const run = await validated(sha);
  for (const job of ['plan', 'comment']) {
    const { ok, printed } = await run.job({ file: 'plan-fork.yml', job });
    expect(ok, printed).toBe(true);
  }
  const body = github.state.comments[0]?.body ?? '';
  expect(readReview(body)).toMatchObject({
    head: sha,
    orgs: { eu: { state: 'planned', change: 1 } },
  });
  expect(body).toContain('60 → 75');
  expect(body).not.toContain('Settings');
  expect(body).not.toContain(scene.person(0).email);

  const outdated = async (newest: string) => {
    pull.head.sha = newest;
    const early = await validated(newest);
    const { ok, printed } = await early.job({ file: 'plan-fork.yml', job: 'outdated' });
    expect(ok, printed).toBe(true);
  };
  await outdated(sha);
  expect(github.state.comments[0]?.body).toBe(body);
  await outdated(base);
  expect(readReview(github.state.comments[0]?.body ?? '')?.orgs.eu?.state).toBe('outdated');
  // It goes back to what was planned.
  pull.head.sha = sha;
  const again = await run.job({ file: 'plan-fork.yml', job: 'comment' });
  expect(again.ok, again.printed).toBe(true);
  expect(github.state.comments[0]?.body).toBe(body);

  pull.commits = [{ sha, message: 'A change' }];
  const mergedAs = await ontoMain(scene, async (git) => {
    await git('checkout', '-q', sha, '--', 'rosters');
    await git('commit', '-q', '-m', 'A change (#1)');
  });
  Object.assign(pull, { state: 'closed', merged_at: '2026-11-23T10:00:00Z', mergedAs });
  const [head = ''] = mergedAs;
  const onMain = await workflow({ head, event: { repository: { default_branch: 'main' } } });
  const { ok, printed } = await onMain.job({ file: 'apply.yml', job: 'apply' });
  expect(ok, printed).toBe(true);
  scene.shall(0, 'Billing', 75);
  scene.expectLive();
  expect(github.state.violations).toEqual([]);
});
