/** Drift as a value to be rendered: what is live beside what was applied. */
import type { Kind, Value } from '../../model/assignment.ts';
import type { Place } from '../../model/finding.ts';
import type { Platform } from '../../model/platform.ts';
import type { Point } from '../../model/point.ts';
import type { Held } from '../../model/target.ts';

/** `applied` is left out where nothing was applied, `live` where nothing is there any more. */
export interface Drifted {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  readonly applied?: Value;
  readonly live?: Value;
  /** The entry that gave what was applied. */
  readonly place: Place;
  /** How often runs have put it back before. */
  readonly putBack: number;
  /** Put back twice, and changed again: somebody, or another program, means it. */
  readonly contested: boolean;
}

export interface DriftedPerson {
  readonly userId: string;
  readonly key: string;
  readonly name?: string;
  readonly teams: readonly string[];
  readonly drifted: readonly Drifted[];
}

export interface Drift {
  readonly formatVersion: '1.0';
  readonly org: string;
  readonly orgId: string | null;
  readonly platform: Platform;
  /** ISO instant. */
  readonly at: string;
  readonly applied: Point;
  readonly people: readonly DriftedPerson[];
  /** Drifted assignments that muster.yaml says to look past. */
  readonly ignored: number;
  /** In git and not applied yet, so no drift; null where the files at hand cannot be planned. */
  readonly pending: { readonly changes: number; readonly people: number } | null;
  readonly held: readonly Held[];
}

export interface DriftTotals {
  /** On the platform: given, changed and taken away by somebody else. */
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly people: number;
  readonly contested: number;
}

export function driftTotals({ people }: Pick<Drift, 'people'>): DriftTotals {
  const all = people.flatMap(({ drifted }) => drifted);
  return {
    added: all.filter(({ applied }) => applied === undefined).length,
    changed: all.filter(({ applied, live }) => applied !== undefined && live !== undefined).length,
    removed: all.filter(({ live }) => live === undefined).length,
    people: people.length,
    contested: all.filter(({ contested }) => contested).length,
  };
}
