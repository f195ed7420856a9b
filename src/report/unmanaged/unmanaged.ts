/** Who is live and in no roster, and who is in a roster and no longer live, as a value to be rendered. */
import type { Place } from '../../model/finding.ts';
import type { Incomplete } from '../../model/live.ts';
import type { Platform } from '../../model/platform.ts';

/** Active on the platform, and in no roster. */
export interface Unmanaged {
  readonly userId: string;
  /** As a roster would name the person. */
  readonly key: string;
  readonly name?: string;
  readonly team?: string;
  /** Skills and languages held; null when the list is not known. */
  readonly holds: number | null;
}

/** In a roster, and not found, or inactive, on the platform. */
export interface Gone {
  readonly key: string;
  readonly name?: string;
  readonly reason: 'not-found' | 'inactive';
  readonly place: Place;
}

export interface UnmanagedReport {
  readonly formatVersion: '1.0';
  readonly org: string;
  readonly platform: Platform;
  /** In a roster and active on the platform; released ones are apart. */
  readonly managed: number;
  readonly released: number;
  /** Sorted by team, then key. */
  readonly unmanaged: readonly Unmanaged[];
  /** Sorted by key. */
  readonly gone: readonly Gone[];
  /** Why not everybody who is live was shown. */
  readonly incomplete: Incomplete | null;
}
