/**
 * Several at a time, results in the order of the items. The first failure ends it: nothing further is begun. Items are
 * taken one by one, when there is a lane for them, so that what a result says may end them.
 */

export async function pooled<T, R>(
  items: Iterable<T>,
  lanes: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const rest = items[Symbol.iterator]();
  let taken = 0;
  let failed = false;
  const lane = async () => {
    for (;;) {
      const next = failed ? undefined : rest.next();
      if (next === undefined || next.done) return;
      const index = taken;
      taken += 1;
      try {
        results[index] = await work(next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
