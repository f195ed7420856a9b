/** A clock that jumps: whoever sleeps is woken at once, at the time he asked for. */
export function jumpingClock(at = Date.parse('2026-11-23T10:00:00Z')) {
  let now = at;
  return {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
}
