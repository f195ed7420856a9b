/** `muster unmanaged`: live people in no roster, roster people who are gone. */
import { byCodeUnit, isHeld, KINDS } from '../../model/assignment.ts';
import { hasErrors } from '../../model/finding.ts';
import type { LiveState, LiveUser } from '../../model/live.ts';
import type { Targets } from '../../model/target.ts';
import { keysFor } from '../../pull/keys.ts';
import { knownIn } from '../../pull/known.ts';
import type { Gone, Unmanaged, UnmanagedReport } from '../../report/unmanaged/unmanaged.ts';
import { connect } from '../connect.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { fetchLive } from '../fetch-live.ts';
import { formatOf, type GlobalFlags, styleOf } from '../flags.ts';
import type { Io } from '../io.ts';
import { progress } from '../progress.ts';
import { openWorkspace, tellFindings, type Workspace } from '../workspace.ts';

export async function unmanaged(io: Io, flags: GlobalFlags): Promise<ExitCode> {
  const format = formatOf(flags, ['text', 'json']);
  const workspace = await openWorkspace(io, flags, { mayBeEmpty: true });
  if (workspace === undefined) return EXIT.error;
  const connection = await connect(workspace, { io, mode: 'read', listener: progress(io, flags) });
  try {
    const { provider } = connection;
    const { desired } = workspace;
    const keys = [...desired.users.keys()];
    const live = await fetchLive(provider, { keys }, { io, flags });
    const targets = provider.normalize(desired, live);
    if (hasErrors(targets.findings)) {
      await tellFindings(io, flags, { findings: targets.findings, texts: workspace.texts });
      return EXIT.error;
    }
    const report = reportOf(workspace, live, targets);
    io.stdout(
      format === 'json'
        ? (await import('../../report/unmanaged/json.ts')).unmanagedJson(report)
        : (await import('../../report/unmanaged/text.ts')).unmanagedText(
            report,
            styleOf(io, flags, 'stdout'),
          ),
    );
    return EXIT.done;
  } finally {
    await connection.close();
  }
}

function reportOf({ org, desired }: Workspace, live: LiveState, targets: Targets): UnmanagedReport {
  const known = knownIn({ desired, targets }, live);
  const strangers = [...live.users.values()].filter(
    ({ person }) => person.active && !known.has(person.id),
  );
  const people = strangers.map(({ person }) => person);
  const keys = keysFor(people, { org, live, desired });
  return {
    formatVersion: '1.0',
    org: org.name,
    platform: org.platform,
    managed: targets.users.length,
    released: targets.released.length,
    unmanaged: strangers
      .map((user) => strangerOf(user, keys.get(user.person.id) ?? ''))
      .sort(byTeam),
    gone: goneIn(targets, desired.users),
    incomplete: live.incomplete ?? null,
  };
}

function strangerOf({ person, list }: LiveUser, key: string): Unmanaged {
  const { id: userId, name, team } = person;
  const values = list.proven
    ? KINDS.flatMap((kind) => Object.values(list.assignments[kind])).filter(isHeld).length
    : null;
  return {
    ...{ userId, key },
    ...(name === undefined ? {} : { name }),
    ...(team === undefined ? {} : { team }),
    holds: values,
  };
}

function byTeam(a: Unmanaged, b: Unmanaged): number {
  return byCodeUnit(a.team ?? '', b.team ?? '') || byCodeUnit(a.key, b.key);
}

function goneIn({ held }: Targets, users: Workspace['desired']['users']): Gone[] {
  return held
    .flatMap(({ key, reason, place }): Gone[] => {
      if (reason !== 'not-found' && reason !== 'inactive') return [];
      const name = users.get(key)?.name;
      return [{ key, ...(name === undefined ? {} : { name }), reason, place }];
    })
    .sort((a, b) => byCodeUnit(a.key, b.key));
}
