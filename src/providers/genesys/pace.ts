/** How fast the platform may be asked: it counts reads and writes together, by token. */
import type { Paces } from '../../http/options.ts';
import type { Org } from '../../model/config.ts';

/** Requests a minute of one token, unless the platform tells another number. */
export const USUAL_RATE = 300;

/** Whatever is written in the org's `pace` wins; both together go no faster than the faster of the two. */
export function pacesFor({ pace }: Pick<Org, 'pace'>, tokens: number, rate: number): Paces {
  const allowed = rate * tokens;
  const { reads = allowed, writes = allowed } = pace;
  return { reads, writes, both: Math.max(reads, writes) };
}
