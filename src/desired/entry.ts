/** Entries: the forms a value may have in a file -> terms. What is malformed is reported and left out. */
import { KINDS, type Kind } from '../model/assignment.ts';
import { isDay } from '../model/day.ts';
import { SCALES } from '../model/platform.ts';
import { get, itemsOf, type Node, numberOf, type Pair, pairOf, pairsOf, textOf } from './node.ts';
import { type Entries, isPlain, type Term } from './roster.ts';
import { type Reader, report, type Sheet, sourceAt } from './sheet.ts';
import { checkValue } from './values.ts';

export interface Owner {
  readonly chain: readonly string[];
  /** The orgs the entries are for. */
  readonly orgs: readonly Reader[];
}

const SECTIONS = { skill: 'skills', language: 'languages' } as const;
const NONE: ReadonlyMap<string, readonly Term[]> = new Map();

export function readEntries(sheet: Sheet, node: Node, owner: Owner): Entries {
  const of = (kind: Kind) => {
    const section = pairOf(node, SECTIONS[kind]);
    if (!section || pairsOf(section.node).length === 0) return NONE;
    if (kind === 'language') checkLanguages(sheet, section, owner.orgs);
    return readSection(sheet, section.node, { ...owner, kind });
  };
  return { skill: of(KINDS[0]), language: of(KINDS[1]) };
}

function checkLanguages(sheet: Sheet, section: Pair, orgs: readonly Reader[]): void {
  const without = orgs.find((org) => !SCALES[org.platform].language);
  if (!without) return;
  const others = sheet.served.some((org) => SCALES[org.platform].language);
  report(sheet, 'language-unsupported', section.keyAt, {
    severity: others ? 'warning' : 'error',
    message: `The platform of \`${without.name}\` has no languages${others ? '; there they are ignored' : ''}.`,
    hint: others
      ? 'Nothing is to be done if that is meant; a skill would reach both.'
      : 'Write them as skills.',
  });
}

interface Section extends Owner {
  readonly kind: Kind;
}

function readSection(sheet: Sheet, node: Node, section: Section): Map<string, readonly Term[]> {
  const entries = new Map<string, readonly Term[]>();
  for (const pair of pairsOf(node)) {
    if (pair.key !== '' && pair.key.trim() === '') emptyName(sheet, pair.keyAt);
    const terms = readEntry(sheet, pair, section);
    if (terms.length > 0) entries.set(pair.key, terms);
  }
  return entries;
}

/** A name of white space alone; that of no characters at all is the schema's finding. */
export function emptyName(sheet: Sheet, at: number): void {
  report(sheet, 'name-empty', at, {
    message: 'A name is empty.',
    hint: 'Write the name before the colon.',
  });
}

function readEntry(sheet: Sheet, pair: Pair, section: Section): readonly Term[] {
  if (!('items' in pair.node)) {
    const term = readTerm(sheet, pair.node, { section, name: pair.key, at: pair.keyAt });
    return term ? [term] : [];
  }
  const terms: { term: Term; at: number }[] = [];
  for (const item of itemsOf(pair.node)) {
    const term = readTerm(sheet, item, { section, name: pair.key, at: item.at });
    if (!term) continue;
    const clash = terms.find((other) => isPlain(other.term) && isPlain(term));
    if (clash) plainTwice(sheet, pair.key, [item.at, clash.at]);
    for (const other of terms)
      if (overlap(other.term, term)) overlapping(sheet, pair.key, [item.at, other.at]);
    terms.push({ term, at: item.at });
  }
  return terms.map(({ term }) => term);
}

/** `at` is where the finished value says it comes from. */
interface Slot {
  readonly section: Section;
  readonly name: string;
  readonly at: number;
}

function readTerm(sheet: Sheet, node: Node, slot: Slot): Term | undefined {
  const windowed = 'pairs' in node;
  const written = windowed ? get(node, 'proficiency') : node;
  const value = textOf(written) ?? numberOf(written);
  if (!written || value === undefined || value === '' || Number.isNaN(value)) return undefined;
  const { kind, orgs, chain } = slot.section;
  checkValue(sheet, { kind, name: slot.name, value, at: written.at, orgs });
  const source = sourceAt(sheet, slot.at, chain);
  return windowed ? readWindow(sheet, node, { value, source }) : { value, source };
}

function readWindow(sheet: Sheet, node: Node, term: Term): Term | undefined {
  const from = readDay(sheet, get(node, 'from'));
  const until = readDay(sheet, get(node, 'until'));
  if (from === null || until === null) return undefined;
  const then = get(node, 'then');
  if (then && until === undefined)
    report(sheet, 'then-without-until', then.at, {
      message: 'This entry says what follows its last day, but has none.',
      hint: 'Add `until`, or take out `then`.',
    });
  if (from !== undefined && until !== undefined && from > until) {
    report(sheet, 'window-reversed', node.at, {
      message: `The window ends on ${until}, before it begins on ${from}.`,
      hint: 'Exchange `from` and `until`; both days count.',
    });
    return undefined;
  }
  const reason = textOf(get(node, 'reason'));
  return {
    ...term,
    ...(reason !== undefined && { reason }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    ...(textOf(then) === 'absent' && { thenAbsent: true }),
  };
}

/** Null for what is no day: the schema has told of a wrong type and form, this of a day that does not exist. */
function readDay(sheet: Sheet, node: Node | undefined): string | null | undefined {
  if (!node) return undefined;
  const text = textOf(node);
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  if (isDay(text)) return text;
  report(sheet, 'date-invalid', node.at, {
    message: `There is no day ${text}.`,
    hint: 'Write a day of the calendar as YYYY-MM-DD.',
  });
  return null;
}

const BEFORE_ALL = '0000-00-00';
const AFTER_ALL = '9999-99-99';

function overlap(a: Term, b: Term): boolean {
  if (isPlain(a) || isPlain(b) || a.value === b.value) return false;
  const begin = (term: Term) => term.from ?? BEFORE_ALL;
  const end = (term: Term) => term.until ?? AFTER_ALL;
  return begin(a) <= end(b) && begin(b) <= end(a);
}

function overlapping(sheet: Sheet, name: string, [at, other]: readonly [number, number]): void {
  report(sheet, 'window-overlap', at, {
    message: `Two windows of \`${name}\` overlap with different values.`,
    hint: 'Let one end before the other begins; both days of a window count.',
    related: [other],
  });
}

function plainTwice(sheet: Sheet, name: string, [at, other]: readonly [number, number]): void {
  report(sheet, 'plain-twice', at, {
    message: `\`${name}\` has two values without a window.`,
    hint: 'Keep one, or give one of them a window.',
    related: [other],
  });
}
