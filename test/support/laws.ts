/** Laws: what must hold in every case, how many cases each is tried with, and what is told of it. */
import fc from 'fast-check';
import { test } from 'vitest';

/** Cases of each law: 1,000, or what the night asks for with `MUSTER_TEST_RUNS=20000`. */
export const RUNS = Number(process.env.MUSTER_TEST_RUNS ?? 1_000);

export const AN_HOUR = 3_600_000;

interface How<Case> {
  /** Tried before all others. */
  readonly examples?: Case[];
  /** Whether the cases were worth it; throws when not. */
  readonly after?: () => void;
}

/** Fails with a case that breaks the law, as short as it can be told; else says in how many cases it held. */
export function law<Case>(
  name: string,
  property: fc.IAsyncProperty<Case> | fc.IProperty<Case>,
  { examples = [], after = () => undefined }: How<Case> = {},
): void {
  test(`law: ${name}`, { timeout: AN_HOUR }, async () => {
    await fc.assert(property, { examples, numRuns: RUNS + examples.length });
    after();
    process.stdout.write(`law: ${name}: held in ${RUNS} cases\n`);
  });
}
