/** What the environment says: whether anything is wanted, and which pipeline this is. */
import { expect, test } from 'vitest';
import { ciAttributes } from '../../src/telemetry/ci.ts';
import { wantedIn } from '../../src/telemetry/wanted.ts';

test.each([
  {},
  { OTEL_SERVICE_NAME: 'muster', OTEL_RESOURCE_ATTRIBUTES: 'a=b', OTEL_LOG_LEVEL: 'debug' },
  { OTEL_EXPORTER_OTLP_ENDPOINT: ' ' },
  { OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: '', OTEL_LOGS_EXPORTER: 'none' },
  { OTEL_TRACES_EXPORTER: 'zipkin', OTEL_METRICS_EXPORTER: 'prometheus' },
  { OTEL_SDK_DISABLED: 'TRUE', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' },
])('%j wants nothing', (env) => {
  expect(wantedIn(env)).toBeUndefined();
});

test.each([
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c' }, 'traces metrics logs'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c', OTEL_METRICS_EXPORTER: 'none' }, 'traces logs'],
  [{ OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://c' }, 'logs'],
  [{ OTEL_TRACES_EXPORTER: 'console,otlp' }, 'traces'],
  [{ OTEL_METRICS_EXPORTER: 'otlp', OTEL_SDK_DISABLED: 'false' }, 'metrics'],
])('%j wants %s, and nothing else', (env, signals) => {
  const wanted = Object.entries(wantedIn(env) ?? {}).flatMap(([name, on]) => (on ? [name] : []));
  expect(wanted.join(' ')).toBe(signals);
});

test('outside CI nothing is known of a pipeline', () => {
  expect(ciAttributes({ GITHUB_REPOSITORY: 'acme/skills' })).toEqual({});
});

test('a GitHub workflow is named by the semantic conventions', () => {
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKFLOW: 'skills',
    GITHUB_REPOSITORY: 'acme/skills',
    GITHUB_REPOSITORY_OWNER: 'acme',
    GITHUB_RUN_ID: '42',
    GITHUB_JOB: 'plan',
    GITHUB_REF: 'refs/pull/7/merge',
    GITHUB_REF_NAME: '7/merge',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_HEAD_REF: 'ana-billing',
    GITHUB_BASE_REF: 'main',
  };
  expect(ciAttributes(env)).toEqual({
    'cicd.pipeline.name': 'skills',
    'cicd.pipeline.run.id': '42',
    'cicd.pipeline.run.url.full': 'https://github.com/acme/skills/actions/runs/42',
    'cicd.pipeline.task.name': 'plan',
    'vcs.provider.name': 'github',
    'vcs.repository.name': 'skills',
    'vcs.repository.url.full': 'https://github.com/acme/skills',
    'vcs.owner.name': 'acme',
    'vcs.ref.head.name': 'ana-billing',
    'vcs.ref.head.type': 'branch',
    'vcs.ref.base.name': 'main',
    'vcs.change.id': '7',
  });
  const push = {
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: 'https://ghe',
    GITHUB_REF_NAME: 'main',
  };
  expect(ciAttributes(push)).toEqual({
    'vcs.provider.name': 'github',
    'vcs.ref.head.name': 'main',
  });
});

test('a GitLab job is named too, and never by the URL that holds its token', () => {
  const env = {
    GITLAB_CI: 'true',
    CI_PIPELINE_ID: '9',
    CI_PIPELINE_URL: 'https://gitlab.com/acme/skills/-/pipelines/9',
    CI_JOB_NAME: 'apply',
    CI_JOB_ID: '11',
    CI_PROJECT_URL: 'https://gitlab.com/acme/skills',
    CI_REPOSITORY_URL: 'https://gitlab-ci-token:glcbt-secret@gitlab.com/acme/skills.git',
    CI_COMMIT_REF_NAME: 'main',
  };
  const found = ciAttributes(env);
  expect(found).toEqual({
    'cicd.pipeline.run.id': '9',
    'cicd.pipeline.run.url.full': 'https://gitlab.com/acme/skills/-/pipelines/9',
    'cicd.pipeline.task.name': 'apply',
    'cicd.pipeline.task.run.id': '11',
    'vcs.provider.name': 'gitlab',
    'vcs.repository.url.full': 'https://gitlab.com/acme/skills',
    'vcs.ref.head.name': 'main',
    'vcs.ref.head.type': 'branch',
  });
  expect(ciAttributes({ ...env, CI_COMMIT_TAG: 'v1' })['vcs.ref.head.type']).toBe('tag');
});
