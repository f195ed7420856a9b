/** A job of the template for GitLab, run as GitLab runs it: detached at a commit, with variables and what earlier jobs have kept. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { tempFolder } from '../../support/shell.ts';
import { type Running, startScript } from './script.ts';
import { type Files, filesIn, type JobEnd, writeAll } from './workflow.ts';

interface Job {
  readonly extends?: string;
  readonly environment?: string;
  readonly variables?: Files;
  readonly before_script?: readonly string[];
  readonly script: readonly string[];
  readonly artifacts?: { readonly paths?: readonly string[]; readonly when?: string };
}

export interface Pipeline {
  readonly commit: string;
  readonly env: Readonly<Record<string, string>>;
  /** Variables that are there on protected branches alone. */
  readonly protectedEnv: Readonly<Record<string, string>>;
  clone(revision: string): Promise<string>;
  started(running: Running): void;
  /** What its jobs have kept, by path. */
  readonly kept: Record<string, string>;
}

/** The template, its org renamed to that of the story. */
async function template(): Promise<Readonly<Record<string, Job>>> {
  const text = await readFile('examples/gitlab/.gitlab-ci.yml', 'utf8');
  return parse(text.replaceAll('eu-prod', 'eu').replaceAll('EU_PROD', 'EU'));
}

export async function runJob(name: string, pipeline: Pipeline): Promise<JobEnd> {
  const jobs = await template();
  const own = jobs[name];
  if (own === undefined) throw new Error(`The template has no job ${name}.`);
  const job: Job = { ...(own.extends === undefined ? {} : jobs[own.extends]), ...own };
  const alone = await tempFolder();
  const cwd =
    own.variables?.GIT_STRATEGY === 'none' ? alone.path : await pipeline.clone(pipeline.commit);
  await writeAll(cwd, pipeline.kept);
  const running = startScript({
    text: [...(job.before_script ?? []), ...job.script].join('\n'),
    cwd,
    env: {
      MUSTER: `${process.execPath} ${resolve('dist/cli/main.js')}`,
      ...{ GITLAB_CI: 'true', CI_DEFAULT_BRANCH: 'main', CI_COMMIT_SHA: pipeline.commit },
      ...pipeline.env,
      ...(job.environment === undefined ? {} : pipeline.protectedEnv),
      ...(own.extends === undefined ? {} : jobs[own.extends]?.variables),
      ...own.variables,
    },
  });
  pipeline.started(running);
  const { code, printed } = await running.ended;
  const { paths = [], when } = job.artifacts ?? {};
  if (code === 0 || (code !== null && when === 'always'))
    for (const path of paths) Object.assign(pipeline.kept, await under(cwd, path));
  await alone.remove();
  return { ok: code === 0, lost: code === null, printed };
}

async function under(cwd: string, path: string): Promise<Record<string, string>> {
  const files = await filesIn(join(cwd, path));
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [join(path, name), text]));
}
