/** Names that no longer mean what the ledger recorded: renamed or re-created on the platform. Pure. */
import { KINDS, type Kind } from '../model/assignment.ts';
import type { DesiredState, Source } from '../model/desired.ts';
import type { Finding } from '../model/finding.ts';
import type { Ledger } from '../model/ledger.ts';
import type { LiveState } from '../model/live.ts';
import type { Targets } from '../model/target.ts';

/** Every finding code of this folder; docs/findings.md has a section for each. */
export const MOVED_CODES = ['skill-id-moved', 'skill-renamed'] as const;

export interface Reading {
  readonly desired: DesiredState;
  readonly targets: Targets;
  readonly live: LiveState;
  readonly ledger: Ledger;
}

export function movedNames({ desired, targets, live, ledger }: Reading): Finding[] {
  const pinned = new Set(
    [...desired.catalogue.values()].filter(({ id }) => id !== undefined).map(({ name }) => name),
  );
  const titles = new Map(
    (live.catalogue ?? []).map(({ kind, id, name }) => [`${kind} ${id}`, name]),
  );
  return KINDS.flatMap((kind) => {
    const ids = idsOf(targets, kind);
    return [...usesOf(desired, kind)].flatMap(([name, source]): Finding[] => {
      const before = ledger.names[kind][name];
      if (before === undefined || pinned.has(name)) return [];
      const now = ids.get(name);
      if (now !== undefined && now !== before) return [moved({ kind, name, source }, before, now)];
      const title = titles.get(`${kind} ${before}`);
      if (now !== undefined || title === undefined || title === name) return [];
      return [renamed({ kind, name, source }, before, title)];
    });
  });
}

function idsOf({ users }: Targets, kind: Kind): Map<string, string> {
  const ids = new Map<string, string>();
  for (const { wants } of users) {
    for (const [id, { name }] of Object.entries(wants[kind])) ids.set(name, id);
  }
  return ids;
}

function usesOf({ users }: DesiredState, kind: Kind): Map<string, Source> {
  const uses = new Map<string, Source>();
  for (const { wants } of users.values()) {
    for (const [name, { source }] of wants[kind]) if (!uses.has(name)) uses.set(name, source);
  }
  return uses;
}

interface Use {
  readonly kind: Kind;
  readonly name: string;
  readonly source: Source;
}

function moved({ kind, name, source }: Use, before: string, now: string): Finding {
  return finding('skill-id-moved', source, {
    message: `The ${kind} \`${name}\` is \`${now}\` on the platform now; it was \`${before}\` when it was last applied.`,
    hint: `Pin the id that is meant under \`skills\` of a roster: \`${name}: { id: ${now} }\`.`,
  });
}

function renamed({ kind, name, source }: Use, before: string, title: string): Finding {
  return finding('skill-renamed', source, {
    message: `The ${kind} \`${name}\` (\`${before}\`) is called \`${title}\` on the platform now.`,
    hint: `Write \`${title}\` in the files, or pin \`${name}: { id: ${before} }\` under \`skills\`.`,
  });
}

function finding(
  code: (typeof MOVED_CODES)[number],
  { file, line, col }: Source,
  text: { readonly message: string; readonly hint: string },
): Finding {
  return { code, severity: 'error', ...text, place: { file, line, col } };
}
