/** Reviewed is applied, with GitLab vouching for it: what a note does not vouch for is never written, in whole applies. */
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type PullRequest, pullRequest } from '../pull-request.ts';
import { type GitlabStandIn, gitlabStandIn, type Merge, OTHER } from './stand-in.ts';

let mr: PullRequest;
let gitlab: GitlabStandIn;
let merge: Merge;
const email = (at: number) => mr.people[at]?.email ?? '';

/** Pushed, planned, told, its plan kept; then merged as one commit on main. Nothing of it is applied yet. */
beforeAll(async () => {
  mr = await pullRequest((people) => ({
    [people[0]?.email ?? '']: 'Billing: 60',
    [people[1]?.email ?? '']: 'Billing: 50',
  }));
  gitlab = await gitlabStandIn();
  expect((await mr.run(['apply', '--yes'])).code).toBe(0);
  const sha = await mr.commit({ [email(0)]: 'Billing: 80', [email(1)]: 'Billing: 50' });
  merge = gitlab.merge(1, { sha, diff_refs: { base_sha: mr.base } });
  const [file = ''] = await mr.plans();
  const about = { CI_MERGE_REQUEST_IID: '1', CI_MERGE_REQUEST_DIFF_BASE_SHA: mr.base };
  const told = await mr.run(
    ['gitlab', 'comment', file],
    gitlab.env({ ...about, CI_COMMIT_SHA: sha }),
  );
  expect(told.code, told.stderr).toBe(0);
  gitlab.state.jobs.push({ sha, org: 'eu', text: await readFile(file, 'utf8') });
  const { git } = mr.g.main;
  await git('checkout', '-q', 'main');
  await git('merge', '-q', '--squash', 'pr');
  await git('commit', '-q', '-m', 'Squashed (!1)');
  Object.assign(merge, { state: 'merged', mergedAs: [await git('rev-parse', 'HEAD')] });
});
afterAll(async () => {
  await gitlab.close();
  await mr.close();
});
afterEach(() => {
  expect(gitlab.state.violations).toEqual([]);
});

const billing = (at: number) => {
  const { org, skillsOf } = mr.g.sandbox;
  const id = org.skills.find(({ name }) => name === 'Billing')?.id;
  return skillsOf(mr.people[at]?.id ?? '').find(({ skillId }) => skillId === id)?.proficiency;
};
const apply = () => mr.run(['apply', '--yes', '--require-review'], gitlab.env());

type Note = (typeof gitlab.state.notes)[number];
const note = (change: (one: Note) => Partial<Note>) => () => {
  gitlab.state.notes = gitlab.state.notes.map((one) => ({ ...one, ...change(one) }));
};

test.each<[string, () => unknown]>([
  ['whose note somebody else has edited', note(() => ({ editor: OTHER }))],
  ['whose note is of somebody else', note(() => ({ author: OTHER }))],
  [
    'whose note does not show everything',
    note(({ body }) => ({ body: body.replace('"truncated":false', '"truncated":true') })),
  ],
  [
    'whose note is of another org',
    note(({ body }) => ({ body: body.replace('"eu":{', '"us":{') })),
  ],
  ['whose note is gone', () => Object.assign(gitlab.state, { notes: [] })],
  ['whose plan is gone', () => Object.assign(gitlab.state, { jobs: [] })],
  [
    'whose plan was swapped',
    () => {
      const swapped = gitlab.state.jobs.map((job) => ({
        ...job,
        text: job.text.replaceAll('80', '81'),
      }));
      Object.assign(gitlab.state, { jobs: swapped });
    },
  ],
  ['that was pushed to after its plan', () => Object.assign(merge, { sha: 'f'.repeat(40) })],
])('a merge request %s never counts as reviewed', async (_what, spoil) => {
  const { notes, jobs } = gitlab.state;
  const { sha } = merge;
  spoil();
  const ran = await apply();
  Object.assign(gitlab.state, { notes, jobs });
  Object.assign(merge, { sha });
  expect(ran.code).toBe(4);
  expect(billing(0)).toBe(60);
  expect(ran.stderr).toContain('Does not count as reviewed: #1: ');
});

test('one that is as muster left it does, and what drifted meanwhile is held', async () => {
  const { sandbox } = mr.g;
  const skillId = sandbox.org.skills.find(({ name }) => name === 'Billing')?.id ?? '';
  sandbox.edit(mr.people[1]?.id ?? '', [{ skillId, proficiency: 11 }]);
  const ran = await apply();
  expect(ran.code, ran.stderr).toBe(4);
  expect([billing(0), billing(1)]).toEqual([80, 11]);
  expect(ran.stdout).toContain(`${email(1)}: Billing  unreviewed`);
});
