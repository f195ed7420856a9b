/** Located data of `guards` -> Guards: an org's own key goes before that of every org, and that before the default. */
import type { Org } from '../model/config.ts';
import {
  type AtLeast,
  type Coverage,
  DEFAULT_GUARDS,
  type Freeze,
  type Guards,
  type HoldingRule,
} from '../model/guard.ts';
import { instantOf } from './instant.ts';
import { get, itemsOf, type Node, numberOf, textOf } from './node.ts';
import { userKey } from './roster.ts';
import { checkKey, type Reader, report, type Sheet } from './sheet.ts';
import { checkValue, proficiencyIn } from './values.ts';

/** Where an org's guards stand, and what reads them. */
export interface Guarded {
  readonly own: Node | undefined;
  readonly shared: Node | undefined;
  readonly org: Reader & Pick<Org, 'timeZone'>;
}

/** The sheet's `served` are the orgs that read the shared guards: a bare number must mean the same to all of them. */
export function readGuards(sheet: Sheet, { own, shared, org }: Guarded): Guards {
  const of = (key: keyof Guards) => get(own, key) ?? get(shared, key);
  const isShared = !get(own, 'coverage');
  const judged = isShared ? sheet : { ...sheet, served: [org] };
  return {
    removals: numbers(of('removals'), DEFAULT_GUARDS.removals),
    users: numbers(of('users'), DEFAULT_GUARDS.users),
    leavers: numbers(of('leavers'), DEFAULT_GUARDS.leavers),
    skill: numbers(of('skill'), DEFAULT_GUARDS.skill),
    coverage: itemsOf(of('coverage')).flatMap((item) => readCoverage(judged, item, org)),
    freeze: itemsOf(of('freeze')).flatMap((item) => readFreeze(sheet, item, org.timeZone)),
    protected: {
      users: textsOf(get(of('protected'), 'users'), (text, at) => {
        checkKey(sheet, text, at);
        return userKey(text);
      }),
      skills: textsOf(get(of('protected'), 'skills'), (text) => text),
    },
    rules: itemsOf(of('rules')).flatMap((item) => readRule(sheet, item)),
  };
}

function numbers<T extends Readonly<Record<keyof T, number>>>(node: Node | undefined, usual: T): T {
  const read: { -readonly [K in keyof T]: T[K] } = { ...usual };
  for (const key of Object.keys(usual) as (keyof T & string)[])
    read[key] = (numberOf(get(node, key)) ?? usual[key]) as T[typeof key];
  return read;
}

function textsOf(node: Node | undefined, read: (text: string, at: number) => string): string[] {
  return itemsOf(node).flatMap((item) => {
    const text = textOf(item);
    return text === undefined ? [] : [read(text, item.at)];
  });
}

function readCoverage(sheet: Sheet, node: Node, org: Reader): Coverage[] {
  const skill = textOf(get(node, 'skill'));
  const users = numberOf(get(node, 'users'));
  if (skill === undefined || users === undefined) return [];
  const atLeast = readAtLeast(sheet, get(node, 'atLeast'), { skill, org });
  return [{ skill, users, ...(atLeast && { atLeast }) }];
}

function readAtLeast(
  sheet: Sheet,
  node: Node | undefined,
  { skill, org }: { readonly skill: string; readonly org: Reader },
): AtLeast | undefined {
  const value = textOf(node) ?? numberOf(node);
  if (!node || value === undefined || value === '') return undefined;
  const written = { kind: 'skill', name: skill, value, at: node.at, orgs: [org] } as const;
  checkValue(sheet, { ...written, floor: true });
  const proficiency = proficiencyIn(org, value);
  if (proficiency === undefined) return undefined;
  return { proficiency, ...(typeof value === 'string' && { level: value }) };
}

function readFreeze(sheet: Sheet, node: Node, timeZone: string): Freeze[] {
  const until = get(node, 'until');
  const [begin, end] = [get(node, 'from'), until].map((edge) => readInstant(sheet, edge, timeZone));
  if (!until || begin === undefined || end === undefined) return [];
  if (end <= begin) {
    report(sheet, 'freeze-reversed', until.at, {
      message: 'The freeze is over before it begins.',
      hint: 'Let `until` be later than `from`; a day alone stands for its midnight.',
    });
    return [];
  }
  const reason = textOf(get(node, 'reason'));
  return [{ from: begin, until: end, ...(reason !== undefined && { reason }) }];
}

const WRITTEN = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2}))?$/;

/** The schema has told of a wrong type and form, this of a day or a time that does not exist. */
function readInstant(sheet: Sheet, node: Node | undefined, timeZone: string): number | undefined {
  const text = textOf(node);
  if (!node || text === undefined || !WRITTEN.test(text)) return undefined;
  const instant = instantOf(text, timeZone);
  if (instant === undefined)
    report(sheet, 'instant-invalid', node.at, {
      message: `There is no time \`${text}\`.`,
      hint: 'Write a day as YYYY-MM-DD, or a time with its zone as YYYY-MM-DDThh:mmZ.',
    });
  return instant;
}

function readRule(sheet: Sheet, node: Node): HoldingRule[] {
  const holds = textOf(get(node, 'holds'));
  const must = textOf(get(node, 'must'));
  const mustNot = textOf(get(node, 'mustNot'));
  const reason = textOf(get(node, 'reason'));
  if (holds === undefined) return [];
  const other = must ?? mustNot;
  if (other === undefined || (must !== undefined && mustNot !== undefined) || other === holds) {
    report(sheet, 'rule-unclear', node.at, {
      message: `The rule for holders of \`${holds}\` does not say what one other skill they must, or must not, hold.`,
      hint: 'Write either `must` or `mustNot`, with the name of another skill.',
    });
    return [];
  }
  return [
    {
      holds,
      ...(must === undefined ? { mustNot: other } : { must }),
      ...(reason !== undefined && { reason }),
    },
  ];
}
