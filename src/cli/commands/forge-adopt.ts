/** `muster github adopt`, `muster gitlab adopt`: a pull request that has the files agree with what is live. */
import { problem } from '../../forge/codes.ts';
import { openRepository, type Repository } from '../../ledger/repository.ts';
import type { Forge } from '../../model/forge.ts';
import { DEFAULT_REPORT } from '../../model/report-settings.ts';
import { adoptionText, adoptionTitle } from '../../report/drift/adoption.ts';
import { type Adopted, adopt, type Spot, spotsOf } from '../adopt.ts';
import { connect } from '../connect.ts';
import { EXIT, type ExitCode, UsageError } from '../exit.ts';
import { findDrift } from '../find-drift.ts';
import type { GlobalFlags } from '../flags.ts';
import { contextOf, type ForgeKind } from '../forge/context.ts';
import type { Io } from '../io.ts';
import { rolledBackSpots } from '../rolled-back.ts';
import { dirOf } from '../running.ts';
import { savedDrift } from '../saved-drift.ts';
import { openWorkspace, tellFindings, type Workspace } from '../workspace.ts';

interface AdoptFlags extends GlobalFlags {
  readonly rolledBack?: boolean;
  readonly into?: string;
}

interface How {
  readonly io: Io;
  readonly flags: AdoptFlags;
}

/** `file`: what `muster drift --format json` has printed; without one it looks itself. */
export async function forgeAdopt(kind: ForgeKind, how: How, file?: string): Promise<ExitCode> {
  const { io, flags } = how;
  if (flags.rolledBack && file !== undefined)
    throw new UsageError('--rolled-back looks itself: leave the file out.');
  const workspace = await openWorkspace(io, flags);
  if (workspace === undefined) return EXIT.error;
  const spots = await spotsFor(workspace, how, file);
  if (spots === undefined) return EXIT.error;
  const adopted = await adopt(spots, workspace, dirOf(how));
  const { changed, findings } = adopted;
  if (findings.length > 0) await tellFindings(io, flags, { findings, texts: workspace.texts });
  if (changed.length === 0) io.stdout('Nothing to take over.\n');
  else {
    const url = await propose(kind, how, { workspace, spots, adopted });
    io.stdout(`Proposed to take over ${spots.length} assignments: ${url}\n`);
  }
  return findings.length > 0 ? EXIT.error : EXIT.done;
}

/** Undefined where it could not be looked; why has been told. */
async function spotsFor(
  workspace: Workspace,
  { io, flags }: How,
  file: string | undefined,
): Promise<readonly Spot[] | undefined> {
  if (flags.rolledBack) {
    const listener = io.session?.listener(flags) ?? (() => undefined);
    const connection = await connect(workspace, { io, mode: 'read', listener });
    try {
      return (await rolledBackSpots(connection.provider, { io, flags }))?.spots;
    } finally {
      await connection.close();
    }
  }
  const drift =
    file === undefined
      ? (await findDrift(io, flags))?.drift
      : await savedDrift(io, file, workspace.org.name);
  return drift && spotsOf(drift);
}

interface Proposing {
  readonly workspace: Workspace;
  readonly spots: readonly Spot[];
  readonly adopted: Adopted;
}

async function propose(kind: ForgeKind, how: How, proposing: Proposing): Promise<string> {
  const { io, flags } = how;
  const repository = await openRepository({ dir: dirOf(how), env: io.env });
  const head = 'none' in repository ? null : await repository.head();
  if ('none' in repository || head === null) {
    throw problem('forge-context', 'This folder is not in a git repository with a commit.');
  }
  const forge = await (await contextOf(kind, io)).open();
  try {
    return await proposeOn(forge, { repository, head, into: intoOf(io, flags) }, how, proposing);
  } finally {
    await forge.close();
    await repository.close();
  }
}

function intoOf({ env }: Io, { into }: AdoptFlags): string {
  const known = into ?? env.CI_DEFAULT_BRANCH ?? env.GITHUB_REF_NAME;
  if (known !== undefined && known !== '') return known;
  throw problem('forge-context', 'It is not known which branch the change is for.', {
    hint: 'Name it: --into main.',
  });
}

interface Onto {
  readonly repository: Repository;
  readonly head: string;
  readonly into: string;
}

async function proposeOn(
  forge: Forge,
  { repository, head, into }: Onto,
  { flags }: How,
  { workspace, spots, adopted }: Proposing,
): Promise<string> {
  const { org, loaded, texts } = workspace;
  const { comment: naming, proficiency } = loaded.config?.report ?? DEFAULT_REPORT;
  const why = flags.rolledBack ? 'rolled-back' : 'drift';
  const folder = repository.folder === '' ? '' : `${repository.folder}/`;
  const files = adopted.changed.map(
    ({ path, text }) => [`${folder}${path}`, { text, isNew: !texts.has(path) }] as const,
  );
  const title = adoptionTitle({ org: org.name, why });
  const request = await forge.propose({
    branch: `muster/${why === 'drift' ? 'adopt' : 'agree'}-${org.name}`,
    base: into,
    onto: head,
    files: new Map(files),
    message: title,
    title,
    body: adoptionText({
      ...{ org: org.name, why, naming, proficiency },
      adopted: spots.map(({ key, one }) => {
        const { kind, name, live } = one;
        return { key, kind, name, ...(live === undefined ? {} : { live }) };
      }),
      left: adopted.findings.length,
    }),
    labels: [],
  });
  return request.url;
}
