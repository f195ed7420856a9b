/** Where a command of a forge runs: repository, pull request, commits and job, from the environment of CI alone. */
import { readFile } from 'node:fs/promises';
import { apiUrl } from '../../forge/address.ts';
import { problem } from '../../forge/codes.ts';
import type { Forge } from '../../model/forge.ts';
import { proxyOf } from '../connect.ts';
import type { Io } from '../io.ts';
import { version } from '../version.ts';

export type ForgeKind = 'github' | 'gitlab';

/** What is not known is left out. */
export interface ForgeContext {
  readonly kind: ForgeKind;
  readonly request: Forge['request'];
  readonly number?: number;
  /** The pull request's newest commit, and the one of the branch it goes to. */
  readonly head?: string;
  readonly base?: string;
  /** Of the job, and of what it keeps. */
  readonly jobUrl?: string;
  readonly planUrl?: string;
  /** Where the forge shows the files of a commit, up to the path. */
  blob?(commit: string): string;
  /** Throws MusterError `forge-token`, `forge-url`, `forge-context`. */
  open(): Promise<Forge>;
}

/** Which forge the environment is a job of; undefined where it is none that muster may ask. */
export function forgeKindIn(env: Io['env']): ForgeKind | undefined {
  if (env.GITHUB_REPOSITORY && (env.GITHUB_TOKEN || env.GH_TOKEN)) return 'github';
  const project = env.CI_PROJECT_PATH || env.CI_PROJECT_ID;
  return project && (env.GITLAB_TOKEN || env.CI_JOB_TOKEN) ? 'gitlab' : undefined;
}

export async function contextOf(kind: ForgeKind, io: Io): Promise<ForgeContext> {
  return kind === 'github' ? github(io) : gitlab(io);
}

interface Event {
  readonly number?: number;
  readonly pull_request?: {
    readonly number?: number;
    readonly head?: { readonly sha?: string };
    readonly base?: { readonly sha?: string };
  };
}

async function github(io: Io): Promise<ForgeContext> {
  const { env } = io;
  const { GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run, GITHUB_EVENT_PATH: path } = env;
  const server = env.GITHUB_SERVER_URL ?? 'https://github.com';
  const pull = (await eventAt(path)).pull_request;
  const web = repository === undefined ? undefined : `${server}/${repository}`;
  const job = web === undefined || run === undefined ? undefined : `${web}/actions/runs/${run}`;
  return {
    kind: 'github',
    request: 'pull request',
    ...given('number', pull?.number),
    ...given('head', pull?.head?.sha),
    ...given('base', pull?.base?.sha),
    ...given('jobUrl', job),
    ...given('planUrl', job === undefined ? undefined : `${job}#artifacts`),
    ...(web === undefined ? {} : { blob: (commit: string) => `${web}/blob/${commit}/` }),
    async open() {
      const [owner = '', repo = ''] = (repository ?? '').split('/');
      if (owner === '' || repo === '') throw unknown('GITHUB_REPOSITORY');
      const token = tokenOf(env.GITHUB_TOKEN ?? env.GH_TOKEN, 'GITHUB_TOKEN');
      const api = apiUrl(env.GITHUB_API_URL ?? 'https://api.github.com');
      const { createGithub } = await import('../../forge/github/index.ts');
      return createGithub({ api, owner, repo, token, agent: `muster/${version()}`, ...proxy(io) });
    },
  };
}

/** Empty where there is none: not every job is about a pull request. */
async function eventAt(path: string | undefined): Promise<Event> {
  if (path === undefined || path === '') return {};
  try {
    return Object(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return {};
  }
}

async function gitlab(io: Io): Promise<ForgeContext> {
  const { env } = io;
  const { CI_PROJECT_URL: web, CI_JOB_URL: job, CI_MERGE_REQUEST_IID: iid } = env;
  const number = /^[1-9]\d*$/.test(iid ?? '') ? Number(iid) : undefined;
  const head = env.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA || env.CI_COMMIT_SHA || undefined;
  return {
    kind: 'gitlab',
    request: 'merge request',
    ...given('number', number),
    ...given('head', number === undefined ? undefined : head),
    ...given('base', env.CI_MERGE_REQUEST_DIFF_BASE_SHA),
    ...given('jobUrl', job),
    ...given('planUrl', job === undefined ? undefined : `${job}/artifacts/browse`),
    ...(web === undefined ? {} : { blob: (commit: string) => `${web}/-/blob/${commit}/` }),
    async open() {
      const project = env.CI_PROJECT_PATH ?? env.CI_PROJECT_ID ?? '';
      if (project === '') throw unknown('CI_PROJECT_PATH');
      const job = env.GITLAB_TOKEN === undefined;
      const token = tokenOf(env.GITLAB_TOKEN ?? env.CI_JOB_TOKEN, 'GITLAB_TOKEN');
      const api = apiUrl(env.CI_API_V4_URL ?? 'https://gitlab.com/api/v4');
      const { createGitlab } = await import('../../forge/gitlab/index.ts');
      return createGitlab({
        ...{ api, project, token, tokenKind: job ? 'job' : 'private' },
        sleep: (ms) => io.clock.sleep(ms),
        ...proxy(io),
      });
    },
  };
}

function proxy({ env }: Io) {
  const found = proxyOf(env);
  return found === undefined ? {} : { proxy: found };
}

function given<K extends string, T>(name: K, value: T | undefined): { readonly [P in K]?: T } {
  return value === undefined || value === '' ? {} : ({ [name]: value } as { [P in K]: T });
}

function tokenOf(value: string | undefined, name: string): string {
  if (value !== undefined && value !== '') return value;
  throw problem('forge-token', `There is no token for the forge: ${name} is not set.`);
}

function unknown(name: string) {
  return problem('forge-context', `It is not known which repository is meant: ${name} is not set.`);
}
