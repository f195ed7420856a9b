/** The token of the forge that this is a job of: found by name, and tried by a read. Whether it may write is not tried. */
import type { Check } from '../../model/checkup.ts';
import { MusterError } from '../../model/error.ts';
import { contextOf, type ForgeKind, forgeKindIn } from '../forge/context.ts';
import type { Io } from '../io.ts';
import { ok, type Subject, unknown, warning } from './check.ts';

const FORGE: Subject = { check: 'forge', title: 'Forge token' };

const FORGES: readonly { readonly name: string; readonly ci: string; readonly tokens: string[] }[] =
  [
    { name: 'GitHub', ci: 'GITHUB_ACTIONS', tokens: ['GITHUB_TOKEN', 'GH_TOKEN'] },
    { name: 'GitLab', ci: 'GITLAB_CI', tokens: ['GITLAB_TOKEN', 'CI_JOB_TOKEN'] },
  ];

/** Plans and applies need none: what is wrong with it fails nothing but what asks the forge. */
export async function checkForge(io: Io): Promise<Check> {
  const { env } = io;
  const found = FORGES.flatMap(({ tokens }) => tokens).filter((name) => env[name]);
  if (found.length === 0) return missing(env);
  const kind = forgeKindIn(env);
  if (kind === undefined) {
    const why = 'no variable says of which repository';
    return unknown(FORGE, `Found ${found.join(' and ')}; it was not tried: ${why}.`);
  }
  if (kind === 'gitlab' && !env.GITLAB_TOKEN) {
    return warning(
      FORGE,
      'Found CI_JOB_TOKEN alone, which may not write notes.',
      'Give the step GITLAB_TOKEN, a project access token with the scope api.',
    );
  }
  return tried(found.join(' and '), kind, io);
}

function missing(env: Io['env']): Check {
  const here = FORGES.find(({ ci }) => env[ci]);
  if (here === undefined) return ok(FORGE, 'None is set, and none is needed outside a pipeline.');
  return warning(
    FORGE,
    `This is a pipeline of ${here.name}, and it has no token.`,
    `Give the step ${here.tokens[0]} if it is to write comments or checks.`,
  );
}

/** Which pull requests a commit came with is what every apply of reviewed changes asks. */
async function tried(found: string, kind: ForgeKind, io: Io): Promise<Check> {
  const { env } = io;
  const { head, open } = await contextOf(kind, io);
  const commit = head ?? (env.GITHUB_SHA || env.CI_COMMIT_SHA);
  if (!commit) return unknown(FORGE, `Found ${found}; it was not tried: no commit is named.`);
  try {
    const forge = await open();
    await forge.mergedWith(commit).finally(() => forge.close());
    return ok(FORGE, `Found ${found}, and it reads pull requests. Writing was not tried.`);
  } catch (error) {
    if (!(error instanceof MusterError)) throw error;
    const cure = error.hint ?? 'Look at the permissions of the job.';
    return warning(FORGE, `Found ${found}. ${error.message}`, cure);
  }
}
