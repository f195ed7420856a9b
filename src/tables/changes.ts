/**
 * Statements -> changes of the rosters. What the rosters say already is no change; what a table does not name is left
 * alone; what a change would drop besides is a finding.
 */
import { bare } from '../desired/codes.ts';
import { decide, speakingTerm } from '../desired/decide.ts';
import { ABSENT, type Term } from '../desired/roster.ts';
import type { Speakers } from '../desired/speakers.ts';
import { byCodeUnit } from '../model/assignment.ts';
import type { Org } from '../model/config.ts';
import type { Day } from '../model/day.ts';
import type { Said, TableChange } from '../model/table.ts';
import { agreed } from './agree.ts';
import type { TableFindings } from './codes.ts';
import { asOwn, type NewEntry, type Now, newEntry } from './entry.ts';
import type { People } from './people.ts';
import type { Statement } from './resolve.ts';
import type { Skills } from './skills.ts';
import { givesFrom, saidFrom } from './timeline.ts';
import type { Wishes } from './wishes.ts';

export interface Standing {
  readonly speakers: Speakers;
  readonly people: People;
  readonly skills: Skills;
  readonly org: Org;
  readonly day: Day;
  readonly columns: Wishes['columns'];
}

export interface Changes {
  /** In the order of people, kinds and skills. */
  readonly changes: readonly TableChange[];
  /** How many statements the rosters say already. */
  readonly unchanged: number;
}

export function changesOf(
  statements: readonly Statement[],
  standing: Standing,
  findings: TableFindings,
): Changes {
  const changes: TableChange[] = [];
  let unchanged = 0;
  for (const group of groups(statements)) {
    const change = agreed(group, standing.org, findings) && changeOf(group, standing, findings);
    if (change) changes.push(change);
    else unchanged += group.length;
  }
  return { changes: changes.sort(inOrder), unchanged };
}

/** What the table says of one person and one skill. */
type Group = readonly [Statement, ...Statement[]];

function groups(statements: readonly Statement[]): Iterable<Group> {
  const byKey = new Map<string, [Statement, ...Statement[]]>();
  for (const statement of statements) {
    const { who, skill } = statement;
    const id = JSON.stringify([who.key, skill.kind, skill.name]);
    const same = byKey.get(id);
    if (same) same.push(statement);
    else byKey.set(id, [statement]);
  }
  return byKey.values();
}

function inOrder(a: TableChange, b: TableChange): number {
  return byCodeUnit(a.user, b.user) || -byCodeUnit(a.kind, b.kind) || byCodeUnit(a.skill, b.skill);
}

function changeOf(
  group: Group,
  standing: Standing,
  findings: TableFindings,
): TableChange | undefined {
  const [{ who, skill, say, at }] = group;
  const { own, behind } = standing.speakers.of(who.key, skill.kind, skill.name);
  const now = { own: own.flatMap(({ terms }) => terms), behind, all: [...own, ...behind] };
  const made = say.is === 'remove' ? removed(now, say, standing) : entryFor(group, now, standing);
  if (made === 'needless') tellNeedless(group[0], findings);
  if (made === undefined || made === 'needless') return undefined;
  const { entry, dropped = [], over = [] } = made;
  for (const said of over) tellOver(said, group[0], findings);
  for (const term of dropped) tellDropped(term, group[0], findings);
  if (entry === undefined) return undefined;
  const after = [...asOwn(entry), ...behind];
  const { day, people, skills } = standing;
  return {
    user: who.key,
    ...(who.name !== undefined && { name: who.name }),
    namedBy: who.by,
    newUser: !people.isListed(who.key),
    kind: skill.kind,
    skill: skill.name,
    newSkill: !skills.isListed(skill),
    before: saidFrom(now.all, day),
    after: saidFrom(after, day),
    through: speakingTerm(now.all, day)?.source.chain ?? [],
    entry,
    place: findings.place(at),
  };
}

function entryFor(group: Group, now: Now, standing: Standing): NewEntry | undefined {
  const values = group.flatMap(({ say }) => (say.is === 'said' ? [say.said] : []));
  return newEntry(values, now, standing);
}

/** Undefined where nothing is to be done. Where something else gives the skill as well, only `absent` takes it away. */
function removed(
  { own, behind, all }: Now,
  { quietly }: { readonly quietly: boolean },
  standing: Standing,
): NewEntry | 'needless' | undefined {
  const { org, day } = standing;
  const given = givesFrom(all, standing);
  if (quietly && decide(all, day, org).want?.state !== 'value') return undefined;
  if (givesFrom(behind, standing)) return given ? { entry: [{ proficiency: ABSENT }] } : undefined;
  return own.length > 0 ? { entry: [] } : 'needless';
}

function tellNeedless({ who, skill, at }: Statement, findings: TableFindings): void {
  findings.add('table-nothing-to-remove', at, {
    severity: 'warning',
    message: `No file gives \`${skill.name}\` to \`${who.key}\`.`,
    hint: 'Write `absent` to take it from somebody whoever gave it.',
  });
}

/** A window that was still to count, and that the new entry does not have. */
function tellDropped(term: Term, { who, skill, at }: Statement, findings: TableFindings): void {
  findings.add('table-window-dropped', at, {
    severity: 'warning',
    message: `\`${who.key}\` has \`${skill.name}\` at ${term.value} ${daysOf(term)}; that goes.`,
    hint: 'To keep it, give the table columns `from` and `until`, and a row with these days.',
    related: [bare(term.source)],
  });
}

function tellOver(said: Said, { who, skill, at }: Statement, findings: TableFindings): void {
  findings.add('table-window-over', at, {
    severity: 'warning',
    message: `What is said of \`${skill.name}\` for \`${who.key}\` ${daysOf(said)} is over, and left aside.`,
    hint: 'Write `absent` if the skill is to be taken away.',
  });
}

function daysOf({ from, until }: Pick<Said, 'from' | 'until'>): string {
  const begin = from === undefined ? [] : [`from ${from}`];
  return [...begin, ...(until === undefined ? [] : [`until ${until}`])].join(' ');
}
