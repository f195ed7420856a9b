/** Instants as files write them: a time with its zone, or a day, which stands for its first moment in a zone. */
import { type Day, dayAt, isDay } from '../model/day.ts';

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const MS_A_DAY = 86_400_000;

/** Epoch milliseconds; undefined for a day or a time that does not exist. */
export function instantOf(text: string, timeZone: string): number | undefined {
  if (isDay(text)) return midnight(text, timeZone);
  const day = INSTANT.exec(text)?.[1];
  return day !== undefined && isDay(day) ? Date.parse(text) : undefined;
}

/** The first moment of a day: where clocks skip midnight it is the moment after. No zone is a whole day from UTC. */
function midnight(day: Day, timeZone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  let before = utc - MS_A_DAY;
  let from = utc + MS_A_DAY;
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (dayAt(middle, timeZone) >= day) from = middle;
    else before = middle;
  }
  return from;
}
