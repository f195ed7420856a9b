/** One person's values with everything that speaks of them, beside what is live where that can be read. */
import type { Term } from '../desired/roster.ts';
import { type Speakers, speakers } from '../desired/speakers.ts';
import { byCodeUnit, KINDS, type Kind } from '../model/assignment.ts';
import type { Day } from '../model/day.ts';
import type { DesiredUser, Want } from '../model/desired.ts';
import { at } from '../model/finding.ts';
import type {
  ExplainedEntry,
  ExplainedSkill,
  Explanation,
  Part,
} from '../report/explain/explain.ts';
import type { Witnessed } from './witness.ts';
import type { Workspace } from './workspace.ts';

/** What a plan of the one person saw and would do; or, in a sentence, why there is none. */
export type Looked = Witnessed | { readonly unread: string };

export function explanationOf(
  { org, desired, loaded }: Workspace,
  user: DesiredUser,
  looked: Looked,
): Explanation {
  const said = speakers(org.name, loaded.rosters.get(org.name) ?? []);
  const { key, name, place, teams, ownership, released } = user;
  const userId = idOf(key, looked);
  const about: About = { user, said, day: desired.day, seen: seenOf(looked, userId) };
  return {
    formatVersion: '1.0',
    org: org.name,
    platform: org.platform,
    day: desired.day,
    key,
    ...(name === undefined ? {} : { name }),
    userId: userId ?? null,
    ...{ place, teams, ownership, released },
    ...('unread' in looked ? { unread: looked.unread } : {}),
    held: heldOf(looked),
    skills: KINDS.flatMap((kind) => skillsOf(kind, about)),
  };
}

function idOf(key: string, looked: Looked): string | undefined {
  if ('unread' in looked) return undefined;
  const target = looked.targets.users.find((one) => one.key === key);
  return target?.person.id ?? looked.plan.held.find((one) => one.key === key)?.userId;
}

function heldOf(looked: Looked): Explanation['held'] {
  if ('unread' in looked) return [];
  return looked.plan.held.map(({ reason, message }) => ({ reason, message }));
}

interface Seen extends Witnessed {
  readonly userId: string;
}

/** Undefined where nothing can be said of what is live. */
function seenOf(looked: Looked, userId: string | undefined): Seen | undefined {
  if ('unread' in looked || userId === undefined) return undefined;
  return looked.live.users.get(userId)?.list.proven ? { ...looked, userId } : undefined;
}

interface About {
  readonly user: DesiredUser;
  readonly said: Speakers;
  readonly day: Day;
  readonly seen: Seen | undefined;
}

function skillsOf(kind: Kind, about: About): ExplainedSkill[] {
  const { user, said, seen } = about;
  const ids = idsByName(kind, about);
  const names = new Set([...said.namesOf(user.key, kind), ...ids.keys()]);
  return [...names].sort(byCodeUnit).map((name) => {
    const want = user.wants[kind].get(name) ?? null;
    const id = ids.get(name) ?? null;
    return {
      ...{ kind, name, id, want },
      entries: entriesOf(kind, name, { about, want }),
      ...(seen === undefined ? {} : liveOf(kind, id, seen)),
    };
  });
}

/** Of what the files name, and of what is live besides: that is called as the platform calls it. */
function idsByName(kind: Kind, { user, seen }: About): Map<string, string> {
  const ids = new Map<string, string>();
  if (seen === undefined) return ids;
  const { targets, live, userId } = seen;
  const list = live.users.get(userId)?.list;
  const held = list?.proven ? Object.keys(list.assignments[kind]) : [];
  for (const id of held) ids.set(targets.names[kind][id] ?? id, id);
  const target = targets.users.find(({ key }) => key === user.key);
  for (const [id, { name }] of Object.entries(target?.wants[kind] ?? {})) ids.set(name, id);
  return ids;
}

function liveOf(kind: Kind, id: string | null, { live, plan, userId }: Seen) {
  const list = live.users.get(userId)?.list;
  const value = id !== null && list?.proven ? list.assignments[kind][id] : undefined;
  const change = plan.users[userId]?.changes.find((one) => one.kind === kind && one.id === id);
  if (change === undefined) return { live: value ?? null, change: null };
  const { action, before, after, cause } = change;
  const sides = {
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
  return { live: value ?? null, change: { action, cause, ...sides } };
}

interface Speaking {
  readonly about: About;
  readonly want: Want | null;
}

function entriesOf(kind: Kind, name: string, { about, want }: Speaking): ExplainedEntry[] {
  const { own, behind } = about.said.of(about.user.key, kind, name);
  return [...own, ...behind]
    .sort((a, b) => a.rank - b.rank)
    .flatMap(({ terms }) => terms)
    .map((term) => ({ ...entryOf(term), part: partOf(term, want, about.day) }));
}

function entryOf({
  value,
  from,
  until,
  thenAbsent,
  reason,
  source,
}: Term): Omit<ExplainedEntry, 'part'> {
  return {
    ...source,
    value,
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(thenAbsent === undefined ? {} : { thenAbsent }),
    ...(reason === undefined ? {} : { reason }),
  };
}

function partOf(term: Term, want: Want | null, day: Day): Part {
  if (term.from !== undefined && term.from > day) return 'later';
  if (term.until !== undefined && term.until < day) return 'over';
  const wins = want !== null && at(want.source) === at(term.source) && sameChain(want, term);
  return wins ? 'wins' : 'behind';
}

/** One entry of a profile may reach somebody twice. */
function sameChain(want: Want, term: Term): boolean {
  return want.source.chain.join('\n') === term.source.chain.join('\n');
}
