/** The story's forge as GitHub: its stand-in, and the workflow files that muster brings. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readReview } from '../../../src/report/comment/marker.ts';
import { githubStandIn, type Pull } from '../github/stand-in.ts';
import type { Host, MergeWay } from './host.ts';
import { ontoMain, ownCommits } from './merging.ts';
import { type Scene, TOKENS } from './scene.ts';
import { type Files, type JobEnd, type JobOf, type Runner, runJob } from './workflow.ts';

const REPOSITORY = 'acme/skills';

type Github = Awaited<ReturnType<typeof githubStandIn>>;

export interface RunOf {
  readonly head: string;
  /** What its jobs check out when they name nothing; `head` when left out. */
  readonly at?: string;
  readonly event: object;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs of workflows: what the jobs of one keep is there for its other jobs, and as artifacts. */
export function workflowsOn(scene: Scene, github: Github) {
  let runs = 0;
  return async ({ head, at = head, event, env }: RunOf) => {
    runs += 1;
    const file = join(scene.desk.path, `../event-${runs}.json`);
    await writeFile(file, JSON.stringify(event));
    const kept = new Map<string, Files>();
    const runner: Runner = {
      clone: (revision) => scene.clone(revision === 'HEAD' ? at : revision),
      started: scene.started,
      keep(name, files) {
        kept.set(name, files);
        github.state.artifacts.push({ name, head, files });
      },
      kept: () => kept,
      env: {
        ...github.env({ GITHUB_RUN_ID: String(runs), GITHUB_EVENT_PATH: file, GITHUB_TOKEN: '' }),
        ...{ GITHUB_REF_NAME: 'main', GITHUB_SHA: at, ...env },
      },
      secrets: {
        repository: { MUSTER_EU_READ_TOKEN: TOKENS.read },
        environment: { MUSTER_EU_TOKEN: TOKENS.write },
      },
    };
    const context = { event, repository: REPOSITORY, token: 'forge-token' };
    const job = (of: Omit<JobOf, 'github' | 'org'>) =>
      runJob(runner, { ...of, github: context, org: 'eu' });
    return { first: runs === 1, job };
  };
}

export async function onGithub(scene: Scene): Promise<Host> {
  const github = await githubStandIn();
  const { desk, g } = scene;
  const workflow = workflowsOn(scene, github);

  const pullOf = (number: number): Pull => {
    const pull = github.state.pulls.get(number);
    if (pull === undefined) throw new Error(`There is no pull request ${number}.`);
    return pull;
  };
  const own = (number: number) => {
    const found = github.state.comments.filter((one) => one.number === number);
    if (found.length !== 1) throw new Error(`#${number} has ${found.length} comments.`);
    return found[0]?.body ?? '';
  };
  const onPull = async (number: number) => {
    const pull = pullOf(number);
    const { ref } = pull.head;
    pull.head.sha = await desk.git('rev-parse', ref);
    await desk.git('push', '-q', '-f', 'origin', `${pull.head.sha}:refs/pull/${number}/head`);
    const { head, base } = pull;
    const at = await triedOut(scene, pull);
    return workflow({ head: head.sha, at, event: { pull_request: { number, head, base } } });
  };
  /** Jobs of one run of the default branch. */
  const onMain = async (file: string, jobs: readonly string[], inputs: JobOf['inputs'] = {}) => {
    const head = await desk.git('ls-remote', 'origin', 'refs/heads/main');
    const event = { repository: { default_branch: 'main' } };
    const run = await workflow({ head: head.slice(0, 40), event });
    const ends: JobEnd[] = [];
    for (const job of jobs) ends.push(await run.job({ file, job, inputs }));
    await scene.dropClones();
    return together(ends);
  };

  return {
    async open() {
      const number = github.state.pulls.size + 1;
      const [ref, sha, base] = await Promise.all([
        desk.git('branch', '--show-current'),
        desk.git('rev-parse', 'HEAD'),
        desk.git('rev-parse', 'origin/main'),
      ]);
      github.pull(number, { head: { ref, sha }, base: { ref: 'main', sha: base } });
      return number;
    },
    async pushed(number) {
      const run = await onPull(number);
      return run.job({ file: 'plan.yml', job: 'outdated' });
    },
    async review(number) {
      const run = await onPull(number);
      const file = 'plan.yml';
      const ends: JobEnd[] = [];
      const jobs = run.first ? ['validate', 'plan', 'comment'] : ['plan', 'comment'];
      for (const job of jobs) ends.push(await run.job({ file, job }));
      await scene.dropClones();
      return together(ends);
    },
    async merge(number, way) {
      const pull = pullOf(number);
      pull.commits = await ownCommits(scene, pull.head.sha);
      const mergedAs = await MERGES[way](scene, pull);
      await desk.git('push', '-q', 'origin', `:${pull.head.ref}`);
      Object.assign(pull, { state: 'closed', merged_at: '2026-11-23T10:00:00Z', mergedAs });
    },
    closeUnmerged(number) {
      pullOf(number).state = 'closed';
    },
    apply: () => onMain('apply.yml', ['apply']),
    recover: (command, run = '') => onMain('recover.yml', ['recover'], { org: 'eu', command, run }),
    schedule: () => onMain('schedule.yml', ['schedule']),
    drift: ({ adopt } = { adopt: false }) =>
      onMain('drift.yml', adopt ? ['drift', 'adopt'] : ['drift'], { adopt }),
    issues: () =>
      github.state.issues.map(({ title, body, state }) => ({
        title,
        body,
        open: state === 'open',
      })),
    proposal() {
      const { head, base } = pullOf(Math.max(...github.state.pulls.keys()));
      const sent = JSON.stringify([...github.state.trees.values()].at(-1));
      return { branch: head.ref, into: base.ref, sent };
    },
    comment: own,
    header: (number) => readReview(own(number)),
    labels: (number) => pullOf(number).labels,
    verdict: (number) =>
      github.state.checks.filter((one) => one.head_sha === pullOf(number).head.sha).at(-1)
        ?.conclusion,
    violations: () => github.state.violations,
    async close() {
      await github.close();
      await g.close();
    },
  };
}

/** The merge that GitHub makes to try one out. */
async function triedOut({ desk }: Scene, { number, head }: Pull): Promise<string> {
  await desk.git('fetch', '-q', 'origin');
  await desk.git('checkout', '-q', '--detach', 'origin/main');
  await desk.git('merge', '-q', '--no-ff', '-m', `Merge ${head.sha}`, head.sha);
  const made = await desk.git('rev-parse', 'HEAD');
  await desk.git('push', '-q', '-f', 'origin', `HEAD:refs/pull/${number}/merge`);
  await desk.git('checkout', '-q', head.ref);
  return made;
}

function together(ends: readonly JobEnd[]): JobEnd {
  return {
    ok: ends.every(({ ok }) => ok),
    lost: ends.some(({ lost }) => lost),
    printed: ends.map(({ printed }) => printed).join(''),
  };
}

const MERGES: Readonly<Record<MergeWay, (scene: Scene, pull: Pull) => Promise<string[]>>> = {
  'merge commit': (scene, { number, head }) =>
    ontoMain(scene, (git) => git('merge', '-q', '--no-ff', '-m', `Merge #${number}`, head.sha)),
  squash: (scene, { number, head }) =>
    ontoMain(scene, async (git) => {
      await git('merge', '-q', '--squash', head.sha);
      await git('commit', '-q', '-m', `A change (#${number})`);
    }),
  // The commits on main are new ones; the pull request keeps its own.
  rebase: (scene, { head }) =>
    ontoMain(scene, (git) => git('cherry-pick', '--allow-empty', `HEAD..${head.sha}`)),
};
