/** Which pipeline runs this and for which change, by the semantic conventions for CI/CD and version control. */

type Environment = Readonly<Record<string, string | undefined>>;
type Attributes = Record<string, string>;

/** What is not known is left out. No address of anybody's, and no URL that holds a credential. */
export function ciAttributes(env: Environment): Attributes {
  const found = env.GITHUB_ACTIONS === 'true' ? github(env) : env.GITLAB_CI ? gitlab(env) : {};
  const known = Object.entries(found).filter((entry): entry is [string, string] => !!entry[1]);
  return Object.fromEntries(known);
}

function github(env: Environment): Record<string, string | undefined> {
  const server = env.GITHUB_SERVER_URL ?? 'https://github.com';
  const repository = env.GITHUB_REPOSITORY;
  const url = repository && `${server}/${repository}`;
  const run = env.GITHUB_RUN_ID;
  const [, change] = /^refs\/pull\/(\d+)\//.exec(env.GITHUB_REF ?? '') ?? [];
  return {
    'cicd.pipeline.name': env.GITHUB_WORKFLOW,
    'cicd.pipeline.run.id': run,
    'cicd.pipeline.run.url.full': url && run && `${url}/actions/runs/${run}`,
    'cicd.pipeline.task.name': env.GITHUB_JOB,
    'vcs.provider.name': 'github',
    'vcs.repository.name': repository?.split('/').at(-1),
    'vcs.repository.url.full': url,
    'vcs.owner.name': env.GITHUB_REPOSITORY_OWNER,
    'vcs.ref.head.name': env.GITHUB_HEAD_REF || env.GITHUB_REF_NAME,
    'vcs.ref.head.type': env.GITHUB_REF_TYPE,
    'vcs.ref.base.name': env.GITHUB_BASE_REF,
    'vcs.change.id': change,
  };
}

function gitlab(env: Environment): Record<string, string | undefined> {
  return {
    'cicd.pipeline.name': env.CI_PIPELINE_NAME,
    'cicd.pipeline.run.id': env.CI_PIPELINE_ID,
    'cicd.pipeline.run.url.full': env.CI_PIPELINE_URL,
    'cicd.pipeline.task.name': env.CI_JOB_NAME,
    'cicd.pipeline.task.run.id': env.CI_JOB_ID,
    'cicd.pipeline.task.run.url.full': env.CI_JOB_URL,
    'vcs.provider.name': 'gitlab',
    'vcs.repository.name': env.CI_PROJECT_NAME,
    // CI_REPOSITORY_URL holds a token.
    'vcs.repository.url.full': env.CI_PROJECT_URL,
    'vcs.owner.name': env.CI_PROJECT_NAMESPACE,
    'vcs.ref.head.name': env.CI_MERGE_REQUEST_SOURCE_BRANCH_NAME || env.CI_COMMIT_REF_NAME,
    'vcs.ref.head.type': env.CI_COMMIT_TAG ? 'tag' : env.CI_COMMIT_REF_NAME && 'branch',
    'vcs.ref.base.name': env.CI_MERGE_REQUEST_TARGET_BRANCH_NAME,
    'vcs.change.id': env.CI_MERGE_REQUEST_IID,
  };
}
