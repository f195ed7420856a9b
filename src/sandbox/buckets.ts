/** Token buckets: each bearer token has one for each kind of call, and never gets more than its rate. */

/** `calls`: where one bucket pays for reads and writes alike. */
export type Bucket = 'reads' | 'writes' | 'calls';

/** Requests a minute by bucket; 0, or nothing said, for no limit. */
export interface Rates extends Readonly<Partial<Record<Bucket, number>>> {
  /** How many may come at once after a rest; at least 1. */
  readonly burst: number;
}

interface Level {
  level: number;
  at: number;
}

const A_MINUTE = 60_000;

export class Buckets {
  readonly #rates: Rates;
  readonly #buckets = new Map<string, Level>();

  constructor(rates: Rates) {
    this.#rates = rates;
  }

  /** Takes one request of `token`; when there is none to take, how many whole seconds to wait for one. */
  take(token: string, kind: Bucket, now: number): number | undefined {
    const perMs = (this.#rates[kind] ?? 0) / A_MINUTE;
    if (perMs === 0) return undefined;
    const bucket = this.#bucket(`${kind} ${token}`, now);
    bucket.level = Math.min(this.#full, bucket.level + (now - bucket.at) * perMs);
    bucket.at = now;
    if (bucket.level >= 1) {
      bucket.level -= 1;
      return undefined;
    }
    return Math.max(1, Math.ceil((1 - bucket.level) / perMs / 1000));
  }

  get #full(): number {
    return Math.max(1, this.#rates.burst);
  }

  #bucket(key: string, now: number): Level {
    const known = this.#buckets.get(key);
    if (known !== undefined) return known;
    const bucket = { level: this.#full, at: now };
    this.#buckets.set(key, bucket);
    return bucket;
  }
}
