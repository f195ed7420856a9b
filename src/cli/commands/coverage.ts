/** `muster coverage`: holders of each skill by level and proficiency, now and after the plan. */
import { byCodeUnit, type Keyed, type Value } from '../../model/assignment.ts';
import type { Org } from '../../model/config.ts';
import { SCALES } from '../../model/platform.ts';
import { type Census, type Counted, census, sumOf } from '../../plan/census.ts';
import type { CoverageReport, CoveredSkill } from '../../report/coverage/coverage.ts';
import { EXIT, type ExitCode, UsageError } from '../exit.ts';
import { formatOf, type GlobalFlags, styleOf } from '../flags.ts';
import type { Io } from '../io.ts';
import { type Witnessed, witness } from '../witness.ts';
import { openWorkspace, tellFindings, type Workspace } from '../workspace.ts';

export interface CoverageFlags extends GlobalFlags {
  readonly asOf?: string;
  readonly skill?: readonly string[];
}

export async function coverage(io: Io, flags: CoverageFlags): Promise<ExitCode> {
  const format = formatOf(flags, ['text', 'json']);
  const workspace = await openWorkspace(io, flags);
  if (workspace === undefined) return EXIT.error;
  const seen = await witness(workspace, { io, flags });
  if (!('plan' in seen)) {
    await tellFindings(io, flags, { findings: seen.findings, texts: workspace.texts });
    return EXIT.error;
  }
  const report = reportOf(workspace, seen, flags.skill);
  io.stdout(
    format === 'json'
      ? (await import('../../report/coverage/json.ts')).coverageJson(report)
      : (await import('../../report/coverage/text.ts')).coverageText(
          report,
          styleOf(io, flags, 'stdout'),
        ),
  );
  return EXIT.done;
}

function reportOf(
  { org, desired }: Workspace,
  seen: Witnessed,
  wanted: readonly string[] | undefined,
): CoverageReport {
  const { plan, live } = seen;
  const found = census(live, Object.values(plan.users));
  const guard = plan.guards.find((verdict) => verdict.guard === 'coverage');
  return {
    formatVersion: '1.0',
    org: org.name,
    platform: org.platform,
    day: desired.day,
    people: found.people,
    uncounted: found.unknown,
    guard: guard === undefined ? null : { passed: guard.passed, message: guard.message },
    skills: chosen(skillsIn(found, org, seen), wanted),
  };
}

/** Throws UsageError for a name that neither the platform nor the files have. */
function chosen(all: readonly CoveredSkill[], wanted: readonly string[] | undefined) {
  if (wanted === undefined) return all;
  const unknown = wanted.find((name) => !all.some((skill) => skill.name === name));
  if (unknown === undefined) return all.filter(({ name }) => wanted.includes(name));
  throw new UsageError(`There is no skill "${unknown}".`, 'Write the name as the platform does.');
}

function skillsIn(found: Census, org: Org, { live, targets }: Witnessed): CoveredSkill[] {
  const counted = new Map(found.counted.map((one) => [`${one.kind} ${one.id}`, one]));
  // What nobody holds is worth a line as well.
  for (const { kind, id } of live.catalogue ?? []) {
    const key = `${kind} ${id}`;
    if (!counted.has(key)) counted.set(key, { kind, id, now: 0, after: 0, values: [] });
  }
  const named = (one: Counted) => targets.names[one.kind][one.id] ?? one.id;
  return [...counted.values()]
    .map((one) => skillOf(one, named(one), org))
    .sort(
      (a, b) => byCodeUnit(b.kind, a.kind) || byCodeUnit(a.name, b.name) || byCodeUnit(a.id, b.id),
    );
}

function skillOf(one: Counted, name: string, org: Org): CoveredSkill {
  const low = SCALES[org.platform][one.kind]?.best === 'low';
  const isAt = (value: Value, level: number) =>
    typeof value === 'number' && (low ? value <= level : value >= level);
  const { kind, id, now, after } = one;
  return {
    ...{ kind, id, name, now, after },
    atLeast: levelsOf(org.levels, low).map(([level, number]) => {
      return { level, ...sumOf(one.values.filter(({ value }) => isAt(value, number))) };
    }),
    values: [...one.values].sort((a, b) => byBest(a.value, b.value, low)),
  };
}

/** From the least to the best. */
function levelsOf(levels: Keyed<number>, low: boolean): (readonly [string, number])[] {
  return Object.entries(levels).sort(([, a], [, b]) => (low ? b - a : a - b));
}

function byBest(a: Value, b: Value, low: boolean): number {
  if (typeof a !== 'number' || typeof b !== 'number')
    return Number(typeof a !== 'number') - Number(typeof b !== 'number');
  return low ? a - b : b - a;
}
