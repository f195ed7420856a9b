/**
 * A job of the workflows that come with muster, run as GitHub runs it, in a clone of its own: its steps in order, with the
 * secrets that the job may have, and the artifacts it keeps. muster is the built command.
 */
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { tempFolder } from '../../support/shell.ts';
import { type Contexts, evaluated, filledIn } from './expressions.ts';
import { type Running, type Script, startScript } from './script.ts';

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly env?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly on: {
    readonly workflow_call: {
      readonly inputs: Readonly<Record<string, { readonly default?: unknown }>>;
    };
  };
  readonly jobs: Readonly<
    Record<string, { readonly environment?: string; readonly steps: readonly Step[] }>
  >;
}

export type Files = Readonly<Record<string, string>>;

export interface Runner {
  /** A fresh clone of the whole repository at this revision. */
  clone(revision: string): Promise<string>;
  /** Told of each script as it starts. */
  started(running: Running): void;
  keep(artifact: string, files: Files): void;
  /** What jobs of this run have kept, by artifact. */
  kept(): ReadonlyMap<string, Files>;
  readonly env: Readonly<Record<string, string>>;
  /** `environment`: those that only a job in an environment is handed. */
  readonly secrets: { readonly repository: Files; readonly environment: Files };
}

export interface JobOf {
  readonly file: string;
  readonly job: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly github: Readonly<Record<string, unknown>>;
  readonly org: string;
}

export interface JobEnd {
  readonly ok: boolean;
  /** A runner that was killed ends no job. */
  readonly lost: boolean;
  readonly printed: string;
}

export async function runJob(
  runner: Runner,
  { file, job: name, org, ...given }: JobOf,
): Promise<JobEnd> {
  const workflow = parse(await readFile(join('.github/workflows', file), 'utf8')) as Workflow;
  const job = workflow.jobs[name];
  if (job === undefined) throw new Error(`${file} has no job ${name}.`);
  const place = await tempFolder();
  const folder = await install(place.path);
  const defaults = Object.entries(workflow.on.workflow_call.inputs);
  const { repository, environment } = runner.secrets;
  const env = org.toUpperCase().replaceAll('-', '_');
  const contexts: Record<string, unknown> = {
    inputs: {
      ...Object.fromEntries(defaults.map(([key, input]) => [key, input.default])),
      ...given.inputs,
    },
    matrix: { org, env },
    secrets: { ...repository, ...(job.environment === undefined ? {} : environment) },
    github: given.github,
    runner: { temp: folder },
    steps: {},
  };
  const run = new JobRun(runner, folder, contexts);
  for (const step of job.steps) await run.step(step);
  await place.remove();
  return run.end();
}

/** Where the step that installs it would have put the package. */
async function install(temp: string): Promise<string> {
  const modules = join(temp, '.runner/muster/node_modules');
  await mkdir(join(modules, '.bin'), { recursive: true });
  await symlink(resolve('.'), join(modules, 'musterctl'));
  await writeFile(
    join(modules, '.bin/muster'),
    `#!/bin/sh\nexec "${process.execPath}" "${resolve('dist/cli/main.js')}" "$@"\n`,
    { mode: 0o755 },
  );
  return join(temp, '.runner');
}

class JobRun {
  #cwd: string;
  #failed = false;
  #lost = false;
  #printed = '';
  #count = 0;
  readonly #runner: Runner;
  readonly #temp: string;
  readonly #contexts: Contexts;

  constructor(runner: Runner, temp: string, contexts: Contexts) {
    this.#runner = runner;
    this.#cwd = temp;
    this.#temp = temp;
    this.#contexts = contexts;
  }

  end(): JobEnd {
    return { ok: !this.#failed && !this.#lost, lost: this.#lost, printed: this.#printed };
  }

  async step(step: Step): Promise<void> {
    if (this.#lost || !this.#wanted(step.if)) return;
    const using = step.uses?.split('@')[0];
    if (using !== undefined) await this.#use(using, this.#filled(step.with));
    else if (!step.run?.includes('npm install')) await this.#script(step);
  }

  #wanted(condition: string | undefined): boolean {
    const plain = condition?.replace(/^\$\{\{(.*)\}\}$/s, '$1') ?? 'success()';
    const status = { always: () => true, success: () => !this.#failed };
    const said = /\b(?:always|success)\(\)/.test(plain) || !this.#failed;
    return said && Boolean(evaluated(plain, { ...this.#contexts, ...status }));
  }

  #filled(texts: Step['with'] = {}): Record<string, string> {
    const all = Object.entries(texts);
    return Object.fromEntries(
      all.map(([key, text]) => [key, filledIn(String(text), this.#contexts)]),
    );
  }

  async #use(action: string, given: Readonly<Record<string, string>>): Promise<void> {
    const { name = '', path = '', pattern = name } = given;
    switch (action) {
      case 'actions/setup-node':
        return;
      case 'actions/checkout':
        this.#cwd = await this.#runner.clone(given.ref ?? 'HEAD');
        return;
      case 'actions/upload-artifact':
        return this.#upload(name, path);
      case 'actions/download-artifact':
        return this.#download(pattern.replace('*', ''), path);
      default:
        throw new Error(`No runner here knows ${action}.`);
    }
  }

  async #upload(name: string, paths: string): Promise<void> {
    const found: Record<string, string> = {};
    for (const path of paths.split('\n').filter((line) => line !== ''))
      Object.assign(found, await filesIn(resolve(this.#cwd, path)));
    if (Object.keys(found).length > 0) this.#runner.keep(name, found);
  }

  async #download(prefix: string, path: string): Promise<void> {
    for (const [artifact, files] of this.#runner.kept()) {
      if (artifact.startsWith(prefix)) await writeAll(path, files);
    }
  }

  async #script({ id, run = '', env }: Step): Promise<void> {
    this.#count += 1;
    const output = join(this.#temp, `output-${this.#count}`);
    const script: Script = {
      text: run,
      cwd: this.#cwd,
      env: {
        ...{ RUNNER_TEMP: this.#temp, GITHUB_OUTPUT: output, GITHUB_ACTIONS: 'true' },
        ...this.#runner.env,
        GITHUB_STEP_SUMMARY: join(this.#temp, 'summary'),
        ...this.#filled(env),
      },
    };
    const running = startScript(script);
    this.#runner.started(running);
    const { code, printed } = await running.ended;
    this.#printed += printed;
    this.#lost = code === null;
    this.#failed ||= code !== 0;
    if (id === undefined) return;
    const outputs = outputsIn(await readFile(output, 'utf8').catch(() => ''));
    Object.assign(Object(this.#contexts.steps), { [id]: { outputs } });
  }
}

export async function writeAll(folder: string, files: Files): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
}

export async function filesIn(path: string): Promise<Record<string, string>> {
  const names = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  const files: Record<string, string> = {};
  for (const entry of names) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    files[file.slice(path.length + 1)] = await readFile(file, 'utf8');
  }
  return files;
}

function outputsIn(text: string): Record<string, string> {
  const pairs = text.split('\n').flatMap((line) => {
    const at = line.indexOf('=');
    return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]];
  });
  return Object.fromEntries(pairs);
}
