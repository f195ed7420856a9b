/** What a person's own entry becomes by what a table says of one skill, and what of it goes. */
import type { Contribution } from '../desired/decide.ts';
import { isPlain, type Term } from '../desired/roster.ts';
import type { Org } from '../model/config.ts';
import type { Day } from '../model/day.ts';
import type { Said } from '../model/table.ts';
import { sameFrom, sameOn } from './timeline.ts';
import type { Role } from './words.ts';

/** What the files say now. */
export interface Now {
  readonly own: readonly Term[];
  readonly behind: readonly Contribution[];
  /** Both. */
  readonly all: readonly Contribution[];
}

export interface NewEntry {
  /** Empty: it is taken out. Undefined: it stays as it is. */
  readonly entry?: readonly Said[];
  /** Windows that were still to count, and of which the table has no successor. */
  readonly dropped?: readonly Term[];
  /**
   * Rows whose days are over, and that the files know nothing of. Written down they would take the skill away, for what
   * a window gave is gone when it ends; so they are left aside.
   */
  readonly over?: readonly Said[];
}

interface When {
  readonly org: Org;
  readonly day: Day;
  /** What the table has columns for. */
  readonly columns: ReadonlySet<Role>;
}

/** Undefined where the files say so already. Rows of the same days say the same. */
export function newEntry(values: readonly Said[], now: Now, when: When): NewEntry | undefined {
  const each = values.filter((one, n) => values.findIndex((other) => sameDays(one, other)) === n);
  const [only] = each;
  return only && each.length === 1 && isPlainSaid(only)
    ? aboutToday(only, now, when)
    : aboutAllDays(each, now, when);
}

/** Without days it is about today and on: windows that have not begun stay as they are. */
function aboutToday(value: Said, now: Now, when: When): NewEntry | undefined {
  const plain = withReason(value, now.own.find(isPlain));
  if (sameOn(asOwn([plain]), now.all, when)) return undefined;
  const later = now.own.filter(({ from }) => from !== undefined && from > when.day);
  const dropped = counting(now.own, when.day).filter((term) => !later.includes(term));
  return { entry: [plain, ...later.map(asSaid)], dropped };
}

/** Rows with days are all the days there are; the plain value stays unless one of them gives another. */
function aboutAllDays(values: readonly Said[], now: Now, when: When): NewEntry | undefined {
  const was = new Map(values.map((one) => [one, predecessor(one, values, now.own)]));
  const effect = (entries: readonly Said[]) => [...asOwn(entries), ...now.behind];
  const entryOf = (rows: readonly Said[]) => {
    const written = rows.map((one) => completed(one, was.get(one), when.columns));
    const plain = written.some(isPlainSaid) ? [] : now.own.filter(isPlain).map(asSaid);
    return [...plain, ...written];
  };
  if (sameFrom(effect(entryOf(values)), now.all, when)) return undefined;
  const over = values.filter((one) => end(one) < when.day && was.get(one) === undefined);
  const entry = entryOf(values.filter((one) => !over.includes(one)));
  const windows = entry.filter((one) => !isPlainSaid(one));
  const needless = !now.own.some(isPlain) && sameFrom(effect(windows), effect(entry), when);
  const kept = new Set(was.values());
  const dropped = counting(now.own, when.day).filter((term) => !kept.has(term));
  const same = sameFrom(effect(entry), now.all, when);
  return { ...(same ? {} : { entry: needless ? windows : entry, dropped }), over };
}

/** The own term that a row gives another value or other days: of the same days, else one that no row has and it overlaps. */
function predecessor(value: Said, values: readonly Said[], own: readonly Term[]): Term | undefined {
  const same = own.find((term) => sameDays(term, value));
  if (same || isPlainSaid(value)) return same;
  const free = own.filter(
    (term) => !isPlain(term) && !values.some((other) => sameDays(term, other)),
  );
  return free.find((term) => begin(term) <= end(value) && begin(value) <= end(term));
}

const begin = ({ from }: Pick<Said, 'from'>) => from ?? '0000-00-00';
const end = ({ until }: Pick<Said, 'until'>) => until ?? '9999-99-99';

/** Windows that are not over. */
function counting(own: readonly Term[], day: Day): readonly Term[] {
  return own.filter((term) => !isPlain(term) && end(term) >= day);
}

/** What the table has no column for is taken over. */
function completed(value: Said, term: Term | undefined, columns: ReadonlySet<Role>): Said {
  const keeps = term?.thenAbsent && value.until !== undefined && !columns.has('afterwards');
  return { ...withReason(value, term), ...(keeps && { thenAbsent: true as const }) };
}

/** A reason is never lost for want of a cell. */
function withReason(value: Said, term: Term | undefined): Said {
  if (value.reason !== undefined || term?.reason === undefined) return value;
  return { ...value, reason: term.reason };
}

function sameDays(a: Pick<Said, 'from' | 'until'>, b: Pick<Said, 'from' | 'until'>): boolean {
  return a.from === b.from && a.until === b.until;
}

function isPlainSaid({ from, until }: Said): boolean {
  return from === undefined && until === undefined;
}

const NOWHERE = { file: '', line: 0, col: 0, chain: [] };

/** As the person's own entry would have it. */
export function asOwn(entry: readonly Said[]): Contribution[] {
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
