/** How often a law is put to the test, and what is told of it. */
import fc from 'fast-check';

/** Cases of each law: 1,000, or what the night asks for with `MUSTER_TEST_RUNS=20000`. */
export const RUNS = Number(process.env.MUSTER_TEST_RUNS ?? 1_000);

/** Time enough for as many cases as may be asked for. */
export const LONG = { timeout: 3_600_000 };

/** Throws a story that breaks the law, as short as it can be told; else says in how many cases it held. */
export async function holds<Case>(
  law: string,
  property: fc.IRawProperty<Case>,
  how: Pick<fc.Parameters<Case>, 'examples'> = {},
): Promise<void> {
  await fc.assert(property, { ...how, numRuns: RUNS + (how.examples?.length ?? 0) });
  process.stdout.write(`law: ${law}: held in ${RUNS} cases\n`);
}
