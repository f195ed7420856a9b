/** `muster init`: a repository to begin with. Nothing that is there already is overwritten; then what is live is pulled. */
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve as resolvePath } from 'node:path';
import { load } from '../../desired/load.ts';
import { openRepository } from '../../ledger/repository.ts';
import { MusterError } from '../../model/error.ts';
import { hasErrors } from '../../model/finding.ts';
import { EXIT, type ExitCode, UsageError } from '../exit.ts';
import { formatOf } from '../flags.ts';
import { answersOf, type InitFlags } from '../init-answers.ts';
import { configText, editorText, ignoreText, workflowText } from '../init-files.ts';
import type { Io } from '../io.ts';
import { openConfig } from '../workspace.ts';
import { writeFiles } from '../write-files.ts';
import { pullCommand } from './pull.ts';

const CONFIG = 'muster.yaml';
const EDITOR = '.vscode/settings.json';
const IGNORED = '.gitignore';
const WORKFLOW = '.github/workflows/muster.yml';

/** The first apply has nothing to write, and gives every later plan its base. */
const NEXT = `Next: look at the files, commit them, then muster apply: there is nothing to write, and from then on
muster knows what the files gave, so that a line you delete is a skill taken back.
`;

export async function init(io: Io, flags: InitFlags): Promise<ExitCode> {
  formatOf(flags, ['text']);
  const dir = resolvePath(io.cwd, flags.dir ?? '.');
  await mkdir(dir, { recursive: true });
  const config = await configOf({ io, flags, dir });
  if (config === undefined) return EXIT.error;
  const { org } = config;
  const drafts: Draft[] = [
    config.draft,
    await draftOf(dir, EDITOR, (before) => before ?? editorText()),
    await draftOf(dir, IGNORED, (before) => ignoreText(before ?? '')),
    ...(flags.workflows
      ? [await draftOf(dir, WORKFLOW, (before) => before ?? workflowText(org))]
      : []),
  ];
  await writeFiles(
    dir,
    drafts.filter(({ state }) => state !== 'kept'),
  );
  if (!flags.quiet) io.stdout(drafts.map(line).join(''));
  await tellGit(io, dir);
  if (!flags.pull) return EXIT.done;
  const code = await pullNow(io, { ...flags, org });
  if (!flags.quiet) io.stdout(NEXT);
  return code;
}

interface Draft {
  readonly path: string;
  readonly text: string;
  readonly state: 'new' | 'changed' | 'kept';
}

async function draftOf(
  dir: string,
  path: string,
  make: (before: string | undefined) => string,
): Promise<Draft> {
  const before = await readFile(join(dir, path), 'utf8').catch(() => undefined);
  const text = make(before);
  const state = before === undefined ? 'new' : before === text ? 'kept' : 'changed';
  return { path, text, state };
}

const STATES = { new: '+', changed: '~', kept: '=' } as const;
const WORDS: Readonly<Record<string, string>> = {
  [CONFIG]: 'the org and its settings',
  [EDITOR]: 'completion and checks in the editor',
  [IGNORED]: 'ignores .muster/, the journals of runs on this machine',
  [WORKFLOW]: 'plan on a pull request, apply on a merge, drift and windows at night',
};

function line({ path, state }: Draft): string {
  const kept = path === EDITOR ? `kept as it is; yaml.schemas is not looked at` : 'kept as it is';
  return `${STATES[state]} ${path}: ${state === 'kept' ? kept : WORDS[path]}\n`;
}

interface Where {
  readonly io: Io;
  readonly flags: InitFlags;
  readonly dir: string;
}

/** The muster.yaml that is there, or one made of answers; undefined when the former has errors, which have been told. */
async function configOf({ io, flags, dir }: Where) {
  const there = await readFile(join(dir, CONFIG), 'utf8').catch(() => undefined);
  if (there !== undefined) {
    const opened = await openConfig(io, flags);
    const draft: Draft = { path: CONFIG, text: there, state: 'kept' };
    return opened && { org: opened.org.name, draft };
  }
  const answers = await answersOf(io, flags);
  const text = configText(answers);
  await demandSound(text);
  const draft: Draft = { path: CONFIG, text, state: 'new' };
  return { org: answers.org, draft };
}

/** What the answers come to is checked as any muster.yaml is, before anything is written. */
async function demandSound(text: string): Promise<void> {
  const files = { list: async () => [CONFIG], read: async () => new TextEncoder().encode(text) };
  const { findings } = await load(files);
  const wrong = findings.filter(({ code }) => code !== 'glob-no-match');
  if (!hasErrors(wrong)) return;
  const [first] = wrong;
  throw new UsageError(first?.message ?? 'The answers do not fit together.', first?.hint);
}

async function tellGit(io: Io, dir: string): Promise<void> {
  const repository = await openRepository({ dir, env: io.env });
  if (!('none' in repository)) return repository.close();
  io.stderr(
    'note: This folder is not under git yet: git init. There muster keeps what it applied.\n',
  );
}

/** Without credentials everything is in place but the people. */
async function pullNow(io: Io, flags: InitFlags): Promise<ExitCode> {
  try {
    return await pullCommand(io, flags);
  } catch (error) {
    if (!(error instanceof MusterError) || error.code !== 'credentials-missing') throw error;
    io.stderr(`note: ${error.message} ${error.hint ?? ''} Then: muster pull\n`);
    return EXIT.done;
  }
}
