/** `muster explain USER [SKILL]`: where each value comes from. Without credentials it says what the files alone can say. */

import { userKey } from '../../desired/roster.ts';
import { nearest } from '../../desired/suggest.ts';
import { KINDS } from '../../model/assignment.ts';
import type { DesiredUser } from '../../model/desired.ts';
import { MusterError } from '../../model/error.ts';
import type { Explanation } from '../../report/explain/explain.ts';
import { EXIT, type ExitCode, UsageError } from '../exit.ts';
import { explanationOf, type Looked } from '../explaining.ts';
import { formatOf, type GlobalFlags, styleOf } from '../flags.ts';
import type { Io } from '../io.ts';
import { witness } from '../witness.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';

export interface ExplainFlags extends GlobalFlags {
  readonly asOf?: string;
  readonly offline?: boolean;
}

export interface Asked {
  readonly user: string;
  readonly skill: string | undefined;
}

export async function explain(io: Io, flags: ExplainFlags, asked: Asked): Promise<ExitCode> {
  const format = formatOf(flags, ['text', 'json']);
  const workspace = await openWorkspace(io, flags);
  if (workspace === undefined) return EXIT.error;
  const user = userIn(workspace, asked.user);
  const looked = await look(workspace, user, { io, flags });
  const whole = explanationOf(workspace, user, looked);
  const explanation = asked.skill === undefined ? whole : narrowed(whole, asked.skill, workspace);
  io.stdout(
    format === 'json'
      ? (await import('../../report/explain/json.ts')).explainJson(explanation)
      : (await import('../../report/explain/text.ts')).explainText(
          explanation,
          styleOf(io, flags, 'stdout'),
        ),
  );
  return EXIT.done;
}

function userIn({ desired }: Workspace, written: string): DesiredUser {
  const key = userKey(written);
  const user = desired.users.get(key);
  if (user !== undefined) return user;
  const named = [...desired.users.values()].filter(({ name }) => name === written.trim());
  if (named[0] !== undefined && named.length === 1) return named[0];
  const guess = nearest(key, desired.users.keys());
  throw new UsageError(
    `The files have no user "${key}".`,
    guess === undefined
      ? 'muster unmanaged lists who is live and in no file.'
      : `Did you mean ${guess}?`,
  );
}

interface Where {
  readonly io: Io;
  readonly flags: ExplainFlags;
}

/** What is live is an addition: where it cannot be had, the files still say what they say. */
async function look(workspace: Workspace, { key }: DesiredUser, where: Where): Promise<Looked> {
  const { io, flags } = where;
  if (flags.offline) return { unread: 'It was not asked for (--offline).' };
  try {
    const seen = await witness(workspace, { io, flags: { ...flags, user: [key] } });
    if ('plan' in seen) return seen;
    const [first] = seen.findings.filter(({ severity }) => severity === 'error');
    return { unread: first?.message ?? 'There is no plan of these files.' };
  } catch (error) {
    if (error instanceof MusterError)
      return { unread: `${error.message} ${error.hint ?? ''}`.trim() };
    throw error;
  }
}

/** The one skill, named for the person or not. Throws UsageError for one that nobody in the files has. */
function narrowed(whole: Explanation, name: string, { desired }: Workspace): Explanation {
  const skills = whole.skills.filter((skill) => skill.name === name);
  const one = { ...whole, asked: name, skills };
  if (skills.length > 0) return one;
  const known = new Set(whole.skills.map((skill) => skill.name));
  for (const { wants } of desired.users.values())
    for (const kind of KINDS) for (const other of wants[kind].keys()) known.add(other);
  for (const other of desired.catalogue.keys()) known.add(other);
  if (known.has(name)) return one;
  const near = nearest(name, known);
  throw new UsageError(
    `The files have no skill "${name}".`,
    near === undefined ? 'Write the name as the files do.' : `Did you mean "${near}"?`,
  );
}
