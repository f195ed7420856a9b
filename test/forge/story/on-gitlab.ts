/** The story's forge as GitLab: its stand-in, and the template that muster brings. */
import { expect } from 'vitest';
import { readReview } from '../../../src/report/comment/marker.ts';
import { gitlabStandIn, type Merge } from '../gitlab/stand-in.ts';
import type { Host, MergeWay } from './host.ts';
import { ontoMain, ownCommits } from './merging.ts';
import { type Pipeline, runJob } from './pipeline.ts';
import { type Scene, TOKENS } from './scene.ts';
import type { JobEnd } from './workflow.ts';

export async function onGitlab(scene: Scene): Promise<Host> {
  const gitlab = await gitlabStandIn();
  const { desk, g } = scene;

  const pipeline = (commit: string, more: Readonly<Record<string, string>>): Pipeline => ({
    commit,
    env: { ...gitlab.env(more), MUSTER_EU_READ_TOKEN: TOKENS.read },
    protectedEnv: { MUSTER_EU_TOKEN: TOKENS.write },
    clone: scene.clone,
    started: scene.started,
    kept: {},
  });
  const mergeOf = (number: number): Merge => {
    const merge = gitlab.state.merges.get(number);
    if (merge === undefined) throw new Error(`There is no merge request ${number}.`);
    return merge;
  };
  const own = (number: number) => {
    const found = gitlab.state.notes.filter(({ iid }) => iid === number);
    if (found.length !== 1) throw new Error(`!${number} has ${found.length} notes.`);
    return found[0]?.body ?? '';
  };
  const onMain = async (name: string, more: Readonly<Record<string, string>> = {}) => {
    const head = await desk.git('ls-remote', 'origin', 'refs/heads/main');
    const end = await runJob(name, pipeline(head.slice(0, 40), more));
    await scene.dropClones();
    return end;
  };
  const onMerge = async (number: number) => {
    const merge = mergeOf(number);
    merge.sha = await desk.git('rev-parse', merge.source_branch);
    return pipeline(merge.sha, {
      CI_MERGE_REQUEST_IID: String(number),
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: merge.sha,
      CI_MERGE_REQUEST_DIFF_BASE_SHA: merge.diff_refs.base_sha,
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
    });
  };
  /** The note is written whatever became of the plan. */
  const review = async (number: number): Promise<JobEnd> => {
    const run = await onMerge(number);
    if (number === 1) expect(await runJob('validate', run)).toMatchObject({ ok: true });
    const { ok, printed, lost } = await runJob('plan', run);
    const text = run.kept['plans/eu.json'];
    if (text !== undefined) gitlab.state.jobs.push({ sha: run.commit, org: 'eu', text });
    const told = await runJob('comment', run);
    await scene.dropClones();
    return { ok: ok && told.ok, lost, printed: printed + told.printed };
  };

  return {
    async open() {
      const number = gitlab.state.merges.size + 1;
      const [source_branch, sha, base_sha] = await Promise.all([
        desk.git('branch', '--show-current'),
        desk.git('rev-parse', 'HEAD'),
        desk.git('rev-parse', 'origin/main'),
      ]);
      gitlab.merge(number, { sha, source_branch, diff_refs: { base_sha } });
      return number;
    },
    pushed: async (number) => runJob('outdated', await onMerge(number)),
    review,
    async merge(number, way) {
      const merge = mergeOf(number);
      if (way === 'rebase') await rebased(scene, merge, () => review(number));
      const own = await ownCommits(scene, merge.sha);
      const commits = own.map(({ sha: id, message }) => ({ id, message }));
      const mergedAs = await MERGES[way](scene, merge);
      await desk.git('push', '-q', 'origin', `:${merge.source_branch}`);
      Object.assign(merge, { state: 'merged', mergedAs, commits });
    },
    closeUnmerged(number) {
      mergeOf(number).state = 'closed';
    },
    apply: () => onMain('apply'),
    recover: (command, run = '') => onMain('recover', { MUSTER_COMMAND: command, MUSTER_RUN: run }),
    schedule: () => onMain('schedule'),
    drift: ({ adopt } = { adopt: false }) => onMain('drift', { MUSTER_ADOPT: String(adopt) }),
    issues: () =>
      gitlab.state.issues.map(({ title, description, state }) => ({
        title,
        body: description,
        open: state === 'opened',
      })),
    proposal() {
      const merge = mergeOf(Math.max(...gitlab.state.merges.keys()));
      const { source_branch: branch, target_branch: into } = merge;
      return { branch, into, sent: JSON.stringify(gitlab.state.commits.at(-1)) };
    },
    comment: own,
    header: (number) => readReview(own(number)),
    labels: (number) => mergeOf(number).labels,
    verdict: (number) => {
      const state = gitlab.state.statuses.filter(({ sha }) => sha === mergeOf(number).sha).at(-1);
      return state?.state === 'failed' ? 'failure' : (state?.state as string | undefined);
    },
    violations: () => gitlab.state.violations,
    async close() {
      await gitlab.close();
      await g.close();
    },
  };
}

/** GitLab rebases the branch itself, and its jobs run anew, before it may be merged without a merge commit. */
async function rebased(
  { desk }: Scene,
  merge: Merge,
  review: () => Promise<JobEnd>,
): Promise<void> {
  await desk.git('fetch', '-q', 'origin');
  await desk.git('checkout', '-q', merge.source_branch);
  await desk.git('rebase', '-q', 'origin/main');
  await desk.git('push', '-q', '-f', 'origin', 'HEAD');
  Object.assign(merge, { diff_refs: { base_sha: await desk.git('rev-parse', 'origin/main') } });
  const { ok, printed } = await review();
  if (!ok) throw new Error(printed);
}

const MERGES: Readonly<Record<MergeWay, (scene: Scene, merge: Merge) => Promise<string[]>>> = {
  'merge commit': (scene, { iid, sha }) =>
    ontoMain(scene, (git) => git('merge', '-q', '--no-ff', '-m', `Merge !${iid}`, sha)),
  squash: (scene, { iid, sha }) =>
    ontoMain(scene, async (git) => {
      await git('merge', '-q', '--squash', sha);
      await git('commit', '-q', '-m', `A change (!${iid})`);
    }),
  rebase: (scene, { sha }) => ontoMain(scene, (git) => git('merge', '-q', '--ff-only', sha)),
};
