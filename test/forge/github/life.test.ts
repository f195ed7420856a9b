/** The life of a pull request on GitHub, in whole runs of the built command. */
import { afterEach, expect, test } from 'vitest';
import { readReview } from '../../../src/report/comment/marker.ts';
import { type PullRequest, pullRequest, type Skills, type Ways } from '../pull-request.ts';
import { type GithubStandIn, githubStandIn, type Pull } from './stand-in.ts';

let pr: PullRequest;
let github: GithubStandIn;
let pull: Pull;

async function open(skills: Parameters<typeof pullRequest>[0], ways?: Ways) {
  pr = await pullRequest(skills, ways);
  github = await githubStandIn();
  pull = github.pull(1, { head: { ref: 'pr', sha: pr.base }, base: { ref: 'main', sha: pr.base } });
}

afterEach(async () => {
  expect(github.state.violations).toEqual([]);
  await github.close();
  await pr.close();
});

async function push(skills: Skills, message?: string): Promise<string> {
  const head = await pr.commit(skills, message);
  pull.head.sha = head;
  return head;
}

async function comment(...args: readonly string[]) {
  return commentBy(pr.run, args);
}

async function commentBy(run: PullRequest['run'], args: readonly string[]) {
  const env = github.env(await pr.event(pull.head.sha));
  const ran = await run(['github', 'comment', ...args], env);
  expect(ran.code, ran.stderr).toBe(0);
  return ran;
}

const bodies = () => github.state.comments.map(({ body }) => body);
const only = () => {
  expect(github.state.comments).toHaveLength(1);
  return bodies()[0] ?? '';
};
const email = (at: number) => pr.people[at]?.email ?? '';
const state = () => readReview(only())?.orgs.eu?.state;

test('from the first push to the last word of the run, with the built command', {
  timeout: 120_000,
}, async () => {
  const built = (...args: readonly string[]) => commentBy(pr.built, args);
  await open((people) => ({
    [people[0]?.email ?? '']: 'Billing: 60',
    [people[1]?.email ?? '']: 'Billing: 50',
  }));
  expect((await pr.run(['apply', '--yes'])).code).toBe(0);

  const first = await push({ [email(0)]: 'Billing: 80', [email(1)]: 'Billing: 50' });
  const added = await built(...(await pr.plans()));
  expect(added.stdout).toContain(
    'The comment was added: https://github.example/acme/skills/pull/1#',
  );
  expect(only()).toContain('1 person changes');
  expect(only()).toContain(`blob/${first}/rosters/shared/a.yaml#L`);
  expect(only()).toContain(
    '[The full plan](https://github.example/acme/skills/actions/runs/7#artifacts)',
  );
  expect(github.state.checks.at(-1)).toMatchObject({ conclusion: 'success', head_sha: first });
  expect(await pr.files.read('summary')).toContain('1 person changes');
  const outputs = await pr.files.read('output');
  expect(outputs).toContain(
    'changes=true\nto-add=0\nto-change=1\nto-destroy=0\nreview-digest=sha256:',
  );

  expect((await comment(...(await pr.plans()))).stdout).toContain('left as it is');
  expect(github.state.comments[0]?.edits).toBe(0);

  await push({ [email(0)]: 'Billing: 80' });
  expect((await built(...(await pr.plans()))).stdout).toContain('edited');
  expect(only()).toContain('⚠️ **Left the files** (1 person)');
  expect(pull.labels).toEqual(['muster:removes']);

  const { sandbox } = pr.g;
  const skillId = sandbox.org.skills.find(({ name }) => name === 'Billing')?.id ?? '';
  sandbox.edit(pr.people[1]?.id ?? '', [{ skillId, proficiency: 11 }]);
  const third = await push({ [email(0)]: 'Billing: 81', [email(1)]: 'Billing: 50' });
  await comment(...(await pr.plans()));
  expect(only()).toContain('<summary>Not by this pull request: 1 change (1 drifted)</summary>');
  expect(pull.labels).toEqual([]);

  const late = await pr.plans();
  const fourth = await push({ [email(0)]: 'Billing: 61', [email(1)]: 'Billing: 50' });
  const left = await pr.run(
    ['github', 'comment', '--head', third, ...late],
    github.env({ ...(await pr.event(third)) }),
  );
  expect(left.stderr).toContain(`Nothing was posted: it has moved on to ${fourth.slice(0, 12)}`);
  await comment('--state', 'outdated');
  expect(state()).toBe('outdated');
  await comment(...(await pr.plans()));
  expect(state()).toBe('planned');

  Object.assign(pull, { state: 'closed', merged_at: '2026-11-23T10:00:00Z', mergedAs: [fourth] });
  await comment('--state', 'applying');
  expect(only()).toContain(
    '⏳ **Being applied.** [The job](https://github.example/acme/skills/actions/runs/7)',
  );
  const ran = await pr.run(['apply', '--yes', '--format', 'json']);
  expect(ran.code, ran.stderr).toBe(0);
  await pr.files.write('result.json', ran.stdout);
  const told = await pr.built(['github', 'comment', pr.path('result.json')], github.env());
  expect(told.stdout).toBe('Told on #1.\n');
  expect(only()).toContain('✅ **Applied 2 people: 0 added, 2 changed, 0 removed.**');
  expect(state()).toBe('applied');
  expect((await pr.run(['github', 'comment', pr.path('result.json')], github.env())).stdout).toBe(
    'No comment waits for it.\n',
  );
  const again = await pr.run(
    ['github', 'comment', ...late],
    github.env({ ...(await pr.event(third)) }),
  );
  expect(again.stderr).toContain('eu is being applied, or was');
});

test('a guard refuses, and a trailer lets it pass', async () => {
  await open((people) =>
    Object.fromEntries(
      people.slice(0, 20).map(({ email: key }) => [key, 'Billing: 60, Refunds: 40']),
    ),
  );
  expect((await pr.run(['apply', '--yes'])).code).toBe(0);
  const without = Object.fromEntries(
    pr.people.slice(0, 20).map(({ email: key }) => [key, 'Refunds: 40']),
  );
  await push(without);
  await comment(...(await pr.plans()));
  expect(only()).toContain('⛔ **Refused by guard `skill`**: 20 of 38 holders lose');
  expect(only()).toContain('`Muster-Allow: skill: why`');
  expect(state()).toBe('refused');
  expect(pull.labels.sort()).toEqual(['muster:refused', 'muster:removes']);
  expect(github.state.checks.at(-1)).toMatchObject({ conclusion: 'failure' });

  await push(
    without,
    'Close the site\n\nMuster-Allow: skill: site closed\nMuster-Allow: nothing\n',
  );
  await comment(...(await pr.plans()));
  expect(only()).toContain('⚠️ **Guard `skill`, allowed** (site closed): 20 of 38');
  expect(state()).toBe('planned');
  expect(pull.labels).toEqual(['muster:removes']);
  expect(github.state.checks.at(-1)).toMatchObject({ conclusion: 'success' });
});

test('a run that somebody did not come through is told with who, why, and how to go on', async () => {
  await open((people) => ({ [people[0]?.email ?? '']: 'Billing: 60' }));
  await push({ [email(0)]: 'Billing: 60', 'nobody@example.com': 'Billing: 10' });
  await comment(...(await pr.plans()));
  expect(only()).toContain('nobody@example.com');
  const ran = await pr.run(['apply', '--yes', '--format', 'json']);
  expect(ran.code).toBe(4);
  await pr.files.write('result.json', ran.stdout);
  await comment('--pr', '1', pr.path('result.json'));
  expect(only()).toContain('⚠️ **Partly applied.**');
  expect(only()).toContain('How to go on:');
  expect(state()).toBe('partly-applied');
  await comment('--state', 'refused', '--reason', 'Paused by ana.');
  expect(only()).toContain('⛔ **Not applied**: Paused by ana.');
});

test('under `id` no name and no e-mail is in any request, nor in the summary of the job', async () => {
  const config =
    'report: { comment: id, proficiency: false }\nguards: { protected: { users: [PROTECTED] } }\n';
  await open(
    (people) =>
      Object.fromEntries(people.slice(0, 12).map(({ email: key }) => [key, 'Billing: 60'])),
    { config: config.replace('PROTECTED', 'someone@example.com') },
  );
  expect((await pr.run(['apply', '--yes'])).code).toBe(0);
  const kept = pr.people.slice(0, 6).map(({ email: key }) => [key, 'Billing: 61']);
  const head = await push({
    ...Object.fromEntries(kept),
    [email(6)]: 'released',
    'nobody@example.com': 'Billing: 10',
  });
  // What the pull request says of it does not count.
  const loud = (await pr.g.main.read('muster.yaml')).replace('comment: id', 'comment: email');
  await pr.g.main.write('muster.yaml', loud);
  await pr.g.main.git('commit', '-qam', 'Tell more');
  pull.head.sha = await pr.head();
  expect(pull.head.sha).not.toBe(head);
  await comment(...(await pr.plans()));
  await comment('--state', 'applying');
  await pr.g.main.git('revert', '--no-edit', 'HEAD');
  const ran = await pr.run(['apply', '--yes', '--format', 'json']);
  await pr.files.write('result.json', ran.stdout);
  await comment('--pr', '1', pr.path('result.json'));
  const said = `${github.bytes()}\n${await pr.files.read('summary')}`;
  expect(said).toContain(pr.people[0]?.id);
  for (const { email: key, name } of pr.people) {
    expect(said).not.toContain(key);
    expect(said).not.toContain(name);
  }
  expect(said).not.toContain('@example.com');
  expect(only()).toContain('~ Billing changed');
});

test('by setting the comment is deleted and posted anew', async () => {
  await open((people) => ({ [people[0]?.email ?? '']: 'Billing: 60' }), {
    config: 'report: { posting: anew }\n',
  });
  await push({ [email(0)]: 'Billing: 61' });
  await comment(...(await pr.plans()));
  const [first] = github.state.comments;
  await push({ [email(0)]: 'Billing: 62' });
  expect((await comment(...(await pr.plans()))).stdout).toContain('added');
  expect(github.state.comments[0]?.id).not.toBe(first?.id);
  only();
});

test('two orgs, of which one has no plan; and one that the pull request does not concern has no section', async () => {
  await open((people) => ({ [people[0]?.email ?? '']: 'Billing: 60' }), { orgs: ['eu', 'us'] });
  await push({ [email(0)]: 'Billing: 61' });
  const orgs = await pr.run(['github', 'orgs'], github.env(await pr.event(pull.head.sha)));
  expect(orgs.stdout).toBe('["eu","us"]\n');
  expect(await pr.files.read('output')).toContain('orgs=["eu","us"]');
  const [eu = ''] = await pr.plans();
  await comment(eu);
  expect(only()).toContain('### `us`: not planned');
  expect(github.state.checks.at(-1)).toMatchObject({ conclusion: 'failure' });
  await comment(...(await pr.plans()));
  expect(only()).toContain('Skills in `eu` and `us`');
  await pr.g.main.write('rosters/shared/b.yaml', '# nothing that counts\nversion: 1\nskills: {}\n');
  await push({ [email(0)]: 'Billing: 60' });
  expect((await pr.run(['github', 'orgs', '--base', 'main'])).stdout).toBe('[]\n');
  await comment(...(await pr.plans()));
  expect(only()).toContain('nothing changes');
});

test('files with errors are told with annotations, and nothing is planned', async () => {
  await open((people) => ({ [people[0]?.email ?? '']: 'Billing: 60' }));
  await push({ [email(0)]: 'Billing: sixty' });
  await comment();
  expect(only()).toContain('1 error in the files');
  expect(github.state.checks.at(-1)).toMatchObject({ conclusion: 'failure' });
  expect(github.state.checks.at(-1)?.output.annotations[0]).toMatchObject({
    path: 'rosters/shared/a.yaml',
    annotation_level: 'failure',
  });
  github.state.forbidden.push('POST /repos/{owner}/{repo}/check-runs');
  const ran = await comment();
  expect(ran.stdout).toContain('::error file=rosters/shared/a.yaml,line=4');
  expect(ran.stderr).toContain('may not add a check');
});

test('what concerns no org is not told, and a dry run asks nobody', async () => {
  await open((people) => ({ [people[0]?.email ?? '']: 'Billing: 60' }));
  await push({ [email(0)]: 'Billing: 60' });
  const plans = await pr.plans();
  expect((await comment('--no-labels', '--no-check', ...plans)).stdout).toContain(
    'no org is concerned',
  );
  expect(bodies()).toEqual([]);
  const asked = github.asked.length;
  const dry = await pr.run(['github', 'comment', '--dry-run', '--base', 'main', ...plans]);
  expect(dry.stdout).toContain('## Skills: nothing changes');
  expect(github.asked).toHaveLength(asked);
});
