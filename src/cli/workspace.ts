/** The user's repository: its files, read and checked, and the org the command is about. */
import { resolve as resolvePath } from 'node:path';
import { folder } from '../desired/folder.ts';
import { type Loaded, load } from '../desired/load.ts';
import { resolve } from '../desired/resolve.ts';
import type { Config, Org } from '../model/config.ts';
import { type Day, dayAt } from '../model/day.ts';
import type { DesiredState } from '../model/desired.ts';
import { staged } from '../model/event.ts';
import { type Finding, hasErrors } from '../model/finding.ts';
import { UsageError } from './exit.ts';
import { type GlobalFlags, styleOf } from './flags.ts';
import type { Io } from './io.ts';
import { findingsForLog } from './log-naming.ts';
import { progress } from './progress.ts';

/** One org's desired state; `undefined` in its stead when the findings have errors, which have then been told. */
export interface Workspace {
  readonly org: Org;
  /** How many orgs the configuration has: credentials without an org's name serve only one. */
  readonly orgs: number;
  readonly desired: DesiredState;
  readonly findings: readonly Finding[];
  readonly texts: Loaded['texts'];
  readonly loaded: Loaded;
}

/** `mayBeEmpty`: an org that has no roster yet is no error. */
export async function openWorkspace(
  io: Io,
  flags: GlobalFlags & { readonly asOf?: Day },
  { mayBeEmpty = false }: { readonly mayBeEmpty?: boolean } = {},
): Promise<Workspace | undefined> {
  const listener = progress(io, flags);
  const read = await staged(listener, { phase: 'load' }, () => loadFolder(io, flags));
  const loaded = mayBeEmpty ? forgiven(read) : read;
  const { texts } = loaded;
  const config = soundConfig(loaded);
  const org = config && chooseOrg(config, flags.org);
  if (!config || !org || hasErrors(loaded.findings)) {
    await tellFindings(io, flags, loaded);
    return undefined;
  }
  const today = flags.asOf ?? dayAt(io.clock.now(), org.timeZone);
  const { name, platform } = org;
  listener({ type: 'about', org: name, platform });
  const resolved = await staged(listener, { phase: 'validate' }, async () =>
    resolve(org, loaded.rosters.get(name) ?? [], today),
  );
  const findings = [...loaded.findings, ...resolved.findings];
  if (hasErrors(findings)) {
    await tellFindings(io, flags, { findings, texts });
    return undefined;
  }
  const { desired } = resolved;
  return { org, orgs: Object.keys(config.orgs).length, desired, findings, texts, loaded };
}

/** Without what is said of globs when no roster at all was found; one that matches nothing beside others is an error. */
function forgiven(loaded: Loaded): Loaded {
  if ([...loaded.rosters.values()].some((rosters) => rosters.length > 0)) return loaded;
  const findings = loaded.findings.filter(({ code }) => code !== 'glob-no-match');
  return { ...loaded, findings };
}

/** The org a saved plan names, as muster.yaml has it; undefined when muster.yaml has errors, which have been told. */
export async function openOrg(
  io: Io,
  flags: GlobalFlags,
  name: string,
): Promise<Pick<Workspace, 'org' | 'orgs'> | undefined> {
  const opened = await openConfig(io, { ...flags, org: name });
  return opened && { org: opened.org, orgs: Object.keys(opened.config.orgs).length };
}

/**
 * The configuration and the org that is meant, whatever is wrong with the rosters; undefined when muster.yaml has
 * errors, which have been told.
 */
export async function openConfig(
  io: Io,
  flags: GlobalFlags,
): Promise<{ readonly config: Config; readonly org: Org; readonly loaded: Loaded } | undefined> {
  const listener = progress(io, flags);
  const loaded = await staged(listener, { phase: 'load' }, () => loadFolder(io, flags));
  const config = soundConfig(loaded);
  if (config === undefined) {
    await tellFindings(io, flags, loaded);
    return undefined;
  }
  const org = chooseOrg(config, flags.org);
  listener({ type: 'about', org: org.name, platform: org.platform });
  return { config, org, loaded };
}

/** The configuration, unless muster.yaml itself is wrong: then nothing can be said of its orgs. */
export function soundConfig({ config, findings }: Loaded): Config | undefined {
  // That there are no rosters (yet) is told at its place, and is nothing wrong with it.
  const own = findings.filter(
    ({ place, code }) => place?.file === 'muster.yaml' && code !== 'glob-no-match',
  );
  return hasErrors(own) ? undefined : config;
}

export function loadFolder(io: Io, flags: GlobalFlags): Promise<Loaded> {
  return load(
    folder(resolvePath(io.cwd, flags.dir ?? '.')),
    flags.org === undefined ? {} : { org: flags.org },
  );
}

/** Tells what is wrong with the files: as JSON on standard output when JSON is wanted, else on standard error. */
export async function tellFindings(
  io: Io,
  flags: GlobalFlags,
  { findings, texts }: Pick<Loaded, 'findings' | 'texts'>,
): Promise<void> {
  if (flags.format === 'json') {
    const { findingsJson } = await import('../report/findings/json.ts');
    io.stdout(findingsJson(findings));
    return;
  }
  const { findingsText } = await import('../report/findings/text.ts');
  const told = await findingsForLog({ findings, texts }, { io, flags });
  const style = { texts: told.texts, ...styleOf(io, flags, 'stderr') };
  io.stderr(findingsText(told.findings, style));
}

export function chooseOrg(config: Config, name: string | undefined): Org {
  const names = Object.keys(config.orgs);
  const wanted = name ?? (names.length === 1 ? names[0] : undefined);
  if (wanted === undefined) {
    throw new UsageError('muster.yaml has several orgs.', `Say --org ${names.join(' or --org ')}.`);
  }
  const org = config.orgs[wanted];
  if (org === undefined) {
    throw new UsageError(`muster.yaml has no org "${wanted}".`, `It has: ${names.join(', ')}.`);
  }
  return org;
}
