/** Small worlds for tests: say what matters, get the rest filled in. */
import { type BaseSide, diffUser } from '../../src/diff/diff.ts';
import { type Assignments, type Kind, keyed, type Value } from '../../src/model/assignment.ts';
import type { Ownership } from '../../src/model/config.ts';
import type { DesiredState, DesiredUser, Source, Want } from '../../src/model/desired.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Held, Target, TargetWant } from '../../src/model/target.ts';
import { makePlan, type PlanInputs } from '../../src/plan/plan.ts';

const SOURCE: Source = { file: 'rosters/a.yaml', line: 3, col: 5, chain: [] };

type Values = Readonly<Record<string, Value>>;

/** A list of skills, and perhaps of languages. */
export function list(skill: Values = {}, language: Values = {}): Assignments {
  return { skill: keyed(Object.entries(skill)), language: keyed(Object.entries(language)) };
}

type WantWord = number | 'absent' | 'ended' | 'pending' | { readonly loan: number };

/** A want in a word: a number is a value, `{ loan }` a windowed value that nothing plain stands behind, ended what its end leaves. */
function want(word: WantWord): TargetWant {
  if (word === 'absent') return { name: '', want: { state: 'absent', source: SOURCE } };
  if (word === 'ended') return { name: '', want: { state: 'absent', loan: true, source: SOURCE } };
  if (word === 'pending') {
    return { name: '', want: { state: 'pending', from: '2026-12-01', source: SOURCE } };
  }
  const proficiency = typeof word === 'number' ? word : word.loan;
  const made: Want = {
    state: 'value',
    proficiency,
    loan: typeof word !== 'number',
    source: SOURCE,
  };
  return { name: '', want: made, value: proficiency };
}

export interface TargetWords {
  readonly id?: string;
  readonly ownership?: Ownership;
  readonly skills?: Readonly<Record<string, WantWord>>;
  readonly languages?: Readonly<Record<string, WantWord>>;
}

export function target({
  id = 'u1',
  ownership = 'listed',
  skills,
  languages,
}: TargetWords): Target {
  const named = (words: Readonly<Record<string, WantWord>> = {}) =>
    keyed(
      Object.entries(words).map(
        ([skill, word]) => [skill, { ...want(word), name: skill }] as const,
      ),
    );
  return {
    key: `${id}@example.com`,
    person: { id, email: `${id}@example.com`, name: `Person ${id}`, active: true },
    place: { file: SOURCE.file, line: 2, col: 3 },
    ownership,
    wants: { skill: named(skills), language: named(languages) } satisfies Record<Kind, unknown>,
  };
}

export const NO_NAMES = { skill: keyed<string>(), language: keyed<string>() };

/** A plan of these targets against these lists, made by the real differ and planner. */
export function planOf(
  pairs: readonly (readonly [Target, Assignments, (readonly BaseSide[])?])[],
  more: Partial<PlanInputs> & { readonly held?: readonly Held[] } = {},
): Plan {
  const diffed = pairs.map(([one, live, base = []]) =>
    diffUser({ target: one, live, base, names: NO_NAMES }),
  );
  const users = new Map(pairs.map(([one]) => [one.key, {} as DesiredUser] as const));
  const desired: DesiredState = {
    org: 'eu-prod',
    day: '2026-11-23',
    users,
    catalogue: new Map(),
    upcoming: [],
  };
  return makePlan({
    org: { name: 'eu-prod', platform: 'admin' },
    head: null,
    desired,
    targets: {
      users: pairs.map(([one]) => one),
      held: [],
      released: [],
      names: NO_NAMES,
      findings: [],
    },
    diffs: diffed.flatMap(({ diff }) => diff ?? []),
    held: [],
    foreignKept: diffed.reduce((sum, one) => sum + one.foreignKept, 0),
    findings: [],
    ledger: null,
    live: { complete: true },
    scope: null,
    settles: {
      point: null,
      reach: 'whole',
      verified: keyed(),
      left: keyed(),
      names: { skill: keyed(), language: keyed() },
    },
    guards: [],
    made: { at: '2026-11-23T10:00:00.000Z', by: 'muster test' },
    ...more,
  });
}
