/** Located data of muster.yaml -> Config, with defaults and the named rules of settings. */
import { keyed } from '../model/assignment.ts';
import type { Config, Org } from '../model/config.ts';
import { isTimeZone } from '../model/day.ts';
import { PLATFORMS, type Platform } from '../model/platform.ts';
import { checkNames, checkSettings } from './config-rules.ts';
import { get, itemsOf, type Node, numberOf, type Pair, pairsOf, textOf } from './node.ts';
import { readGuards } from './read-guards.ts';
import { checkLedgers, readFormerly, readLedger } from './read-ledger.ts';
import { readReport } from './read-report.ts';
import type { Sheet } from './sheet.ts';

export interface ReadConfig {
  readonly config: Config;
  /** Every org that is written, whether it could be read or not. */
  readonly names: readonly string[];
  /** Names of the orgs whose `rosters` stand in the file. */
  readonly explicit: ReadonlySet<string>;
}

/** Orgs without a known platform are left out: the schema has told of them. */
export function readConfig(sheet: Sheet, root: Node): ReadConfig {
  const written = pairsOf(get(root, 'orgs'));
  const shared = get(root, 'guards');
  const told = get(root, 'telemetry');
  const read: { readonly pair: Pair; readonly org: Unguarded }[] = [];
  for (const pair of written) {
    const platform = PLATFORMS.find((name) => name === textOf(get(pair.node, 'platform')));
    if (!platform) continue;
    const org = readOrg(sheet, pair, { platform, alone: written.length === 1 });
    checkSettings(sheet, pair, org);
    read.push({ pair, org });
  }
  checkNames(sheet, written);
  checkLedgers(sheet, written);
  const covered = read.filter(({ pair }) => !get(get(pair.node, 'guards'), 'coverage'));
  const guarding = { ...sheet, served: covered.map(({ org }) => org) };
  const orgs = read.map(({ pair, org }): [string, Org] => {
    const own = get(pair.node, 'guards');
    const telemetry = readTold(get(pair.node, 'telemetry'), told);
    return [org.name, { ...org, ...telemetry, guards: readGuards(guarding, { own, shared, org }) }];
  });
  const explicit = read.filter(({ pair }) => get(pair.node, 'rosters'));
  return {
    config: { orgs: keyed(orgs), report: readReport(get(root, 'report')) },
    names: written.map((pair) => pair.key),
    explicit: new Set(explicit.map(({ org }) => org.name)),
  };
}

/** An org without its guards, which other orgs have a say in. */
type Unguarded = Omit<Org, 'guards'>;

interface Context {
  readonly platform: Platform;
  /** Whether it is the only org. */
  readonly alone: boolean;
}

function readOrg(sheet: Sheet, { key, keyAt, node }: Pair, context: Context): Unguarded {
  const rosters = itemsOf(get(node, 'rosters')).flatMap((item) => textOf(item) ?? []);
  return {
    name: key,
    platform: context.platform,
    place: sheet.place(keyAt),
    ...optionalTexts(node),
    rosters: rosters.length > 0 ? rosters : defaultGlobs(key, context.alone),
    ownership: choice(get(node, 'ownership'), ['listed', 'complete']),
    ...(textOf(get(node, 'keys')) === 'id' && { keys: 'id' as const }),
    levels: keyed(entriesOf(get(node, 'levels'), numberOf)),
    timeZone: zoneOf(get(node, 'timeZone')),
    bulk: choice(get(node, 'bulk'), ['auto', 'always', 'never']),
    bulkFormat: choice(get(node, 'bulkFormat'), ['json', 'csv']),
    bulkChunk: numberOf(get(node, 'bulkChunk')) ?? 100,
    bulkThreshold: numberOf(get(node, 'bulkThreshold')) ?? 20,
    tokens: numberOf(get(node, 'tokens')) ?? 1,
    pace: optionalNumbers(get(node, 'pace'), ['reads', 'writes']),
    propagate: propagation(get(node, 'propagate')),
    drift: { ignore: readIgnore(get(get(node, 'drift'), 'ignore')) },
    formerly: readFormerly(get(node, 'formerly')),
    ledger: readLedger(get(node, 'ledger')),
    assumptions: keyed(entriesOf(get(node, 'assumptions'), textOf)),
  };
}

/** A zone that does not exist is a finding; what else is wrong is still told, as on the days of the default zone. */
function zoneOf(node: Node | undefined): string {
  const name = textOf(node);
  return name !== undefined && isTimeZone(name) ? name : 'UTC';
}

const OPTIONAL = ['orgId', 'region', 'area', 'baseUrl', 'loginUrl', 'apiVersion'] as const;

function optionalTexts(node: Node): { readonly [K in (typeof OPTIONAL)[number]]?: string } {
  const texts: { [K in (typeof OPTIONAL)[number]]?: string } = {};
  for (const name of OPTIONAL) {
    const text = textOf(get(node, name));
    if (text !== undefined) texts[name] = text;
  }
  return texts;
}

function optionalNumbers<K extends string>(node: Node | undefined, names: readonly K[]) {
  const numbers: { [N in K]?: number } = {};
  for (const name of names) {
    const number = numberOf(get(node, name));
    if (number !== undefined) numbers[name] = number;
  }
  return numbers;
}

function readIgnore(node: Node | undefined): Org['drift']['ignore'] {
  const textsOf = (name: string) => itemsOf(get(node, name)).flatMap((item) => textOf(item) ?? []);
  return { users: textsOf('users'), skills: textsOf('skills') };
}

/** What is written, or the first of the choices. */
function choice<T extends string>(node: Node | undefined, choices: readonly [T, ...T[]]): T {
  return choices.find((name) => name === textOf(node)) ?? choices[0];
}

function propagation(node: Node | undefined): Org['propagate'] {
  const on = (name: string) => {
    const header = get(node, name);
    return !(header && 'value' in header && header.value === false);
  };
  return { traceparent: on('traceparent'), tracestate: on('tracestate'), baggage: on('baggage') };
}

/** The org's own word goes before that for every org. */
function readTold(own: Node | undefined, shared: Node | undefined): Pick<Org, 'telemetry'> {
  if (own === undefined && shared === undefined) return {};
  const on = (name: string) => {
    const word = get(own, name) ?? get(shared, name);
    return word !== undefined && 'value' in word && word.value === true;
  };
  return { telemetry: { people: on('people'), holders: on('holders') } };
}

function entriesOf<T>(
  node: Node | undefined,
  read: (node: Node) => T | undefined,
): (readonly [string, T])[] {
  return pairsOf(node).flatMap((pair) => {
    const value = read(pair.node);
    return value === undefined ? [] : [[pair.key, value] as const];
  });
}

function defaultGlobs(org: string, alone: boolean): readonly string[] {
  return alone ? ['rosters/**/*.yaml'] : [`rosters/${org}/**/*.yaml`, 'rosters/shared/**/*.yaml'];
}
