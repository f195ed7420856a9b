/** The life of a merge request on GitLab, in whole runs. */
import { afterEach, expect, test } from 'vitest';
import { readReview } from '../../../src/report/comment/marker.ts';
import { type PullRequest, pullRequest, type Skills, type Ways } from '../pull-request.ts';
import { type GitlabStandIn, gitlabStandIn, type Merge } from './stand-in.ts';

let mr: PullRequest;
let gitlab: GitlabStandIn;
let merge: Merge;

async function open(skills: Parameters<typeof pullRequest>[0], ways?: Ways) {
  mr = await pullRequest(skills, ways);
  gitlab = await gitlabStandIn();
  merge = gitlab.merge(1, { sha: mr.base, diff_refs: { base_sha: mr.base } });
}

afterEach(async () => {
  expect(gitlab.state.violations).toEqual([]);
  await gitlab.close();
  await mr.close();
});

async function push(skills: Skills): Promise<void> {
  merge.sha = await mr.commit(skills);
}

async function comment(...args: readonly string[]) {
  const env = gitlab.env({
    CI_MERGE_REQUEST_IID: '1',
    CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: merge.sha,
    CI_MERGE_REQUEST_DIFF_BASE_SHA: mr.base,
  });
  const ran = await mr.run(['gitlab', 'comment', ...args], env);
  expect(ran.code, ran.stderr).toBe(0);
  return ran;
}

const only = () => {
  expect(gitlab.state.notes).toHaveLength(1);
  return gitlab.state.notes[0]?.body ?? '';
};
const email = (at: number) => mr.people[at]?.email ?? '';

test('a note is added, edited, left alone, and moved on when the run has ended', async () => {
  await open((people) => ({
    [people[0]?.email ?? '']: 'Billing: 60',
    [people[1]?.email ?? '']: 'Billing: 50',
  }));
  expect((await mr.run(['apply', '--yes'])).code).toBe(0);
  await push({ [email(0)]: 'Billing: 80', 'nobody@example.com': 'Chat: 10' });
  const quality = mr.path('quality.json');
  const added = await comment('--code-quality', quality, ...(await mr.plans()));
  expect(added.stdout).toContain(
    'The comment was added: https://gitlab.example/acme/skills/-/merge_requests/1#note_1',
  );
  expect(only()).toContain('Nothing is written before this merge request is merged.');
  expect(only()).toContain('https://gitlab.example/acme/skills/-/blob/');
  expect(only()).toContain('(https://gitlab.example/acme/skills/-/jobs/7/artifacts/browse)');
  expect(merge.labels).toEqual(['muster:removes']);
  expect(gitlab.state.statuses.at(-1)).toMatchObject({
    sha: merge.sha,
    state: 'success',
    name: 'muster',
  });
  const [found, ...others] = JSON.parse(await mr.files.read('quality.json'));
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    check_name: 'held: not-found',
    severity: 'info',
    location: { path: 'rosters/shared/a.yaml', lines: { begin: expect.any(Number) } },
    fingerprint: expect.stringMatching(/^sha256:/),
  });

  expect((await comment(...(await mr.plans()))).stdout).toContain('left as it is');
  await push({ [email(0)]: 'Billing: 80', [email(1)]: 'Billing: 50' });
  expect((await comment(...(await mr.plans()))).stdout).toContain('edited');
  expect(merge.labels).toEqual([]);

  Object.assign(merge, { state: 'merged', mergedAs: [merge.sha] });
  const ran = await mr.run(['apply', '--yes', '--format', 'json']);
  await mr.files.write('result.json', ran.stdout);
  const told = await mr.run(['gitlab', 'comment', mr.path('result.json')], gitlab.env());
  expect(told.stdout).toBe('Told on #1.\n');
  expect(readReview(only())?.orgs.eu?.state).toBe('applied');
});

test('under `id` no name and no e-mail is in any request', async () => {
  await open(
    (people) => ({
      [people[0]?.email ?? '']: 'Billing: 60',
      [people[1]?.email ?? '']: 'Billing: 50',
    }),
    {
      config: 'report: { comment: id }\n',
    },
  );
  await push({ [email(0)]: 'Billing: 61', 'nobody@example.com': 'Billing: 10' });
  const quality = mr.path('quality.json');
  await comment('--code-quality', quality, ...(await mr.plans()));
  const said = `${gitlab.bytes()}\n${await mr.files.read('quality.json')}`;
  expect(said).toContain(mr.people[0]?.id);
  for (const { email: key, name } of mr.people)
    expect(said.includes(key) || said.includes(name)).toBe(false);
  expect(said).not.toContain('@example.com');
});

test("a job's own token may add notes where GitLab lets it, and is told of where it does not", async () => {
  await open((people) => ({ [people[0]?.email ?? '']: 'Billing: 60' }));
  await push({ [email(0)]: 'Billing: 61' });
  const plans = await mr.plans();
  const { GITLAB_TOKEN: _token, ...env } = gitlab.env({ CI_JOB_TOKEN: 'forge-token' });
  gitlab.state.forbidden.push('GET /user');
  const args = ['gitlab', 'comment', '--pr', '1', '--base', mr.base, ...plans];
  const refused = await mr.run(args, env);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('error[forge-refused]');
  expect(gitlab.asked.at(-1)?.headers['job-token']).toBe('forge-token');
  gitlab.state.forbidden.length = 0;
  gitlab.state.forbidden.push('POST /projects/{id}/statuses');
  const told = await mr.run(args, env);
  expect(told.code, told.stderr).toBe(0);
  expect(told.stderr).toContain('may not add a check');
  expect((await mr.run(['gitlab', 'orgs', '--base', 'main'])).stdout).toBe('["eu"]\n');
});
