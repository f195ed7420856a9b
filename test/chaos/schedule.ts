/** What goes wrong in one whole apply, as generated input: the platform's faults, its lies and lags, and who edits by hand. */
import fc from 'fast-check';
import type { FaultRule } from '../../src/sandbox/faults.ts';
import type { Wire } from './wire.ts';

export interface HandEdit {
  /** Before so many requests have come. */
  readonly nth: number;
  /** Which of the people, as a share. */
  readonly who: number;
  /** A skill no file names, or one that the files decide. */
  readonly what: 'foreign' | 'named';
}

export interface Schedule {
  readonly platform: Wire['platform'];
  readonly seed: number;
  readonly bulk: 'auto' | 'always' | 'never';
  readonly format: 'json' | 'csv';
  readonly chunk: number;
  readonly faults: readonly FaultRule[];
  readonly lagMs: number;
  readonly job: { readonly delayMs: number; readonly failures: number };
  /** The request from which on the token is no longer good; null for none. */
  readonly tokenEnds: number | null;
  readonly edits: readonly HandEdit[];
  /** A request that is never answered, before its effect or after it; costs the client's real time-out. */
  readonly hang: { readonly nth: number; readonly when: 'hang-before' | 'hang-after' } | null;
}

const answerFault: fc.Arbitrary<FaultRule> = fc.oneof(
  fc.record({ kind: fc.constant('status' as const), status: fc.constant(429) }),
  fc.record({
    kind: fc.constant('status' as const),
    status: fc.constant(429),
    retryAfter: fc.integer({ min: 1, max: 20 }),
  }),
  fc.record({
    kind: fc.constant('status' as const),
    status: fc.constantFrom(500, 503),
    afterEffect: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('status' as const),
    status: fc.constant(502),
    html: fc.constant(true),
    afterEffect: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('status' as const), status: fc.constantFrom(400, 403, 404, 409) }),
  fc.record({
    kind: fc.constant('status' as const),
    status: fc.constant(400),
    code: fc.constantFrom('general.conflict', 'response.entity.too.large'),
  }),
  fc.record({
    kind: fc.constantFrom(...(['reset-before', 'reset-after', 'truncated', 'empty'] as const)),
  }),
  fc.record({ kind: fc.constant('slow' as const), ms: fc.integer({ min: 5, max: 60 }) }),
);

const jobFault: fc.Arbitrary<FaultRule> = fc.record({
  kind: fc.constantFrom(
    ...(['job-hang', 'job-vanish', 'job-fail', 'job-lie', 'job-mute'] as const),
  ),
  applied: fc.constantFrom(0, 0.3, 0.7, 1),
});

const partialFault: fc.Arbitrary<FaultRule> = fc.record({
  kind: fc.constant('partial' as const),
  applied: fc.constantFrom(0, 0.3, 0.7),
});

const strikes = fc.record({
  times: fc.constantFrom(1, 1, 2, 3, 5, 12, 1000),
  skip: fc.integer({ min: 0, max: 12 }),
  probability: fc.constantFrom(1, 1, 0.5, 0.2),
});

function ruleAt({ places, platform }: Wire) {
  return fc.oneof(
    { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...places), answerFault, strikes) },
    {
      weight: platform === 'admin' ? 2 : 0,
      arbitrary: fc.tuple(fc.constant({}), jobFault, strikes),
    },
    {
      weight: platform === 'cxone' ? 1 : 0,
      arbitrary: fc.tuple(fc.constant({}), partialFault, strikes),
    },
  );
}

/** With `patient`, some requests hang until the client's own time-out, which is more than a minute. */
export function schedules(patient: boolean, wire: Wire): fc.Arbitrary<Schedule> {
  const hang = fc.record({
    nth: fc.integer({ min: 1, max: 90 }),
    when: fc.constantFrom('hang-before' as const, 'hang-after' as const),
  });
  return fc.record({
    platform: fc.constant(wire.platform),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    bulk: fc.constantFrom('auto' as const, 'auto' as const, 'always' as const, 'never' as const),
    format: fc.constantFrom('json' as const, 'csv' as const),
    chunk: fc.integer({ min: 3, max: 25 }),
    faults: fc
      .array(ruleAt(wire), { minLength: 1, maxLength: 4 })
      .map((rules) =>
        rules.map(([at, fault, often]): FaultRule => ({ ...at, ...fault, ...often })),
      ),
    lagMs: fc.constantFrom(0, 0, 5, 40),
    job: fc.record({
      delayMs: fc.integer({ min: 0, max: 80 }),
      failures: fc.constantFrom(0, 0, 0.2),
    }),
    tokenEnds: fc.oneof(
      { weight: 6, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 90 }) },
    ),
    edits: fc.array(
      fc.record({
        nth: fc.integer({ min: 1, max: 150 }),
        who: fc.double({ min: 0, max: 0.999, noNaN: true }),
        what: fc.constantFrom('foreign' as const, 'foreign' as const, 'named' as const),
      }),
      { maxLength: 20 },
    ),
    hang: patient
      ? fc.oneof({ weight: 11, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: hang })
      : fc.constant(null),
  });
}
