/**
 * Statements -> changes of the rosters. What the rosters say already is no change; what a table does not name is left
 * alone; what a change would drop besides is a finding.
 */
import { type Contribution, speakingTerm } from '../desired/decide.ts';
import { ABSENT, isPlain, type Term } from '../desired/roster.ts';
import type { Speakers } from '../desired/speakers.ts';
import { byCodeUnit } from '../model/assignment.ts';
import type { Org } from '../model/config.ts';
import type { Day } from '../model/day.ts';
import type { Said, TableChange } from '../model/table.ts';
import { agreed } from './agree.ts';
import type { TableFindings } from './codes.ts';
import type { People } from './people.ts';
import type { Statement } from './resolve.ts';
import type { Skills } from './skills.ts';
import { givesFrom, saidFrom, sameFrom, sameOn } from './timeline.ts';
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

interface Now {
  readonly own: readonly Term[];
  readonly behind: readonly Contribution[];
  readonly all: readonly Contribution[];
}

function changeOf(
  group: Group,
  standing: Standing,
  findings: TableFindings,
): TableChange | undefined {
  const [{ who, skill, say, at }] = group;
  const { own, behind } = standing.speakers.of(who.key, skill.kind, skill.name);
  const now = { own: own.flatMap(({ terms }) => terms), behind, all: [...own, ...behind] };
  const entry =
    say.is === 'remove'
      ? removed(now, { statement: group[0], standing, findings })
      : said(group, now, { standing, findings });
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

/** Undefined where nothing is to be done. Where something else gives the skill as well, only `absent` takes it away. */
function removed(
  now: Now,
  about: { statement: Statement; standing: Standing; findings: TableFindings },
): readonly Said[] | undefined {
  const { statement, standing, findings } = about;
  const quietly = statement.say.is === 'remove' && statement.say.quietly;
  const given = givesFrom(now.all, standing);
  if (givesFrom(now.behind, standing)) return given ? [{ proficiency: ABSENT }] : undefined;
  if (now.own.length > 0 && (given || !quietly)) return [];
  if (!quietly)
    findings.add('table-nothing-to-remove', statement.at, {
      severity: 'warning',
      message: `No file gives \`${statement.skill.name}\` to \`${statement.who.key}\`.`,
      hint: 'Write `absent` to take it from somebody whoever gave it.',
    });
  return undefined;
}

interface Saying {
  readonly standing: Standing;
  readonly findings: TableFindings;
}

function said(group: Group, now: Now, saying: Saying): readonly Said[] | undefined {
  const values = distinct(group.flatMap(({ say }) => (say.is === 'said' ? [say.said] : [])));
  const at = group[0];
  const [only] = values;
  return only && values.length === 1 && isPlainSaid(only)
    ? saidToday(only, now, { ...saying, at })
    : saidWhole(values, now, { ...saying, at });
}

/** One for each window, the first. */
function distinct(values: readonly Said[]): Said[] {
  return values.filter(
    (one, index) => values.findIndex((other) => sameWindow(one, other)) === index,
  );
}

interface SayingAt extends Saying {
  readonly at: Statement;
}

/** Without days it is about today and on: windows that have not begun stay as they are. */
function saidToday(value: Said, now: Now, { standing, findings, at }: SayingAt) {
  const plain = withReason(value, now.own.find(isPlain));
  if (sameOn(asOwn([plain]), now.all, standing)) return undefined;
  const later = now.own.filter(({ from }) => from !== undefined && from > standing.day);
  tellDropped(now, later, { standing, findings, at });
  return [plain, ...later.map(asSaid)];
}

/** Rows with days are all the days there are; the plain value stays unless one of them gives another. */
function saidWhole(values: readonly Said[], now: Now, { standing, findings, at }: SayingAt) {
  const written = values.map((one) => completed(one, now.own, standing.columns));
  const plain = written.some(isPlainSaid) ? [] : now.own.filter(isPlain).map(asSaid);
  const entry = [...plain, ...written];
  const effect = (entries: readonly Said[]) => [...asOwn(entries), ...now.behind];
  if (sameFrom(effect(entry), now.all, standing)) return undefined;
  const windows = entry.filter((one) => !isPlainSaid(one));
  const needless = !now.own.some(isPlain) && sameFrom(effect(windows), effect(entry), standing);
  const kept = now.own.filter((term) => entry.some((one) => sameWindow(one, term)));
  tellDropped(now, kept, { standing, findings, at });
  return needless ? windows : entry;
}

/** Windows that were still to count, and that the new entry does not have. */
function tellDropped(now: Now, kept: readonly Term[], { standing, findings, at }: SayingAt): void {
  for (const term of now.own) {
    if (isPlain(term) || kept.includes(term)) continue;
    if (term.until !== undefined && term.until < standing.day) continue;
    findings.add('table-window-dropped', at.at, {
      severity: 'warning',
      message: `\`${at.who.key}\` has \`${at.skill.name}\` at ${term.value} ${daysOf(term)}; that goes.`,
      hint: 'To keep it, give the table columns `from` and `until`, and a row with these days.',
      related: [term.source],
    });
  }
}

function daysOf({ from, until }: Term): string {
  const begin = from === undefined ? [] : [`from ${from}`];
  return [...begin, ...(until === undefined ? [] : [`until ${until}`])].join(' ');
}

/** What the table has no column for is taken over from the entry of the same days. */
function completed(value: Said, own: readonly Term[], columns: Wishes['columns']): Said {
  const term = own.find((one) => sameWindow(value, one));
  const then = term?.thenAbsent && !columns.has('afterwards') ? { thenAbsent: true as const } : {};
  return { ...withReason(value, term), ...then };
}

/** A reason is never lost for want of a cell. */
function withReason(value: Said, term: Term | undefined): Said {
  if (value.reason !== undefined || term?.reason === undefined) return value;
  return { ...value, reason: term.reason };
}

function sameWindow(a: Pick<Said, 'from' | 'until'>, b: Pick<Said, 'from' | 'until'>): boolean {
  return a.from === b.from && a.until === b.until;
}

function isPlainSaid({ from, until }: Said): boolean {
  return from === undefined && until === undefined;
}

const NOWHERE = { file: '', line: 0, col: 0, chain: [] };

/** As the person's own entry would have it. */
function asOwn(entry: readonly Said[]): Contribution[] {
  if (entry.length === 0) return [];
  const terms = entry.map(({ proficiency: value, ...rest }) => ({
    value,
    ...rest,
    source: NOWHERE,
  }));
  return [{ rank: 0, terms }];
}

function asSaid({ value, source: _source, thenAbsent, ...rest }: Term): Said {
  return { proficiency: value, ...rest, ...(thenAbsent && { thenAbsent: true as const }) };
}
