/** `ledger.json` and `people.json`: the ledger as bytes, the same for the same ledger, and back through checks. */

import { canonical, keyed } from '../model/assignment.ts';
import type { BegunRun, KnownIds, Ledger, OpenUser, Paused, RunRecord } from '../model/ledger.ts';
import { LEDGER_FORMAT } from '../model/ledger.ts';
import { PLATFORMS } from '../model/platform.ts';
import type { Point } from '../model/point.ts';
import * as check from './check.ts';
import {
  type Check,
  listOf,
  Malformed,
  mapOf,
  nullable,
  object,
  objectId,
  oneOf,
  text,
} from './check.ts';
import { problem } from './codes.ts';

export const RUN_KINDS = ['apply', 'rollback'] as const;

export const point = object<Point>({ commit: objectId, day: check.day, tree: objectId }, 'tree');

export const openUser = object<OpenUser>(
  {
    key: text,
    base: nullable(point),
    written: listOf(point),
    rolledBack: object<NonNullable<OpenUser['rolledBack']>>({ run: text, at: point }),
  },
  'rolledBack',
);

/** The major version alone decides; what this version does not know is kept. */
export const formatVersion: Check<typeof LEDGER_FORMAT> = (given, at) => {
  const version = text(given, at);
  if (/^1\.\d+$/.test(version)) return LEDGER_FORMAT;
  if (!/^\d+\.\d+$/.test(version)) throw new Malformed(at, 'a version');
  throw problem('ledger-version', `The ledger has the format ${version}, and this is 1.`);
};

export const names = object<Ledger['names']>({ skill: mapOf(text), language: mapOf(text) });

const ledger = object<Ledger>({
  formatVersion,
  org: text,
  orgId: nullable(text),
  platform: oneOf(PLATFORMS),
  folder: text,
  applied: nullable(point),
  names,
  open: mapOf(openUser),
  run: nullable(
    object<BegunRun>({
      id: text,
      kind: oneOf(RUN_KINDS),
      begun: check.instant,
      by: text,
      plan: text,
    }),
  ),
  paused: nullable(object<Paused>({ by: text, at: check.instant, reason: text })),
});

export function writeLedger(value: Ledger): string {
  return `${canonical(value)}\n`;
}

/** Throws `ledger-invalid`, `ledger-version`. */
export function readLedger(bytes: Uint8Array): Ledger {
  return parse('ledger.json', bytes, ledger);
}

export function writePeople(people: KnownIds): string {
  return `${canonical(keyed(people))}\n`;
}

export function readPeople(bytes: Uint8Array): KnownIds {
  return new Map(Object.entries(parse('people.json', bytes, mapOf(text))));
}

/** Throws `ledger-invalid`, naming the file and the field. */
export function parse<T>(file: string, bytes: Uint8Array, shape: Check<T>): T {
  try {
    return shape(JSON.parse(new TextDecoder().decode(bytes)), '');
  } catch (cause) {
    if (cause instanceof Malformed) {
      throw problem('ledger-invalid', `In ${file} of the ledger ${cause.message}.`, { cause });
    }
    if (cause instanceof SyntaxError) {
      throw problem('ledger-invalid', `${file} of the ledger is not JSON.`, { cause });
    }
    throw cause;
  }
}

/** Every tree of files that a ledger and the record beside it still speak of. */
export function treesOf({ applied, open }: Ledger, record: RunRecord | null): ReadonlySet<string> {
  const users = [...Object.values(open), ...Object.values(record?.restores ?? {})];
  const points = users.flatMap(({ base, written, rolledBack }) => [
    base,
    rolledBack?.at,
    ...written,
  ]);
  points.push(applied, record?.point, record?.settles.point);
  return new Set(points.flatMap((at) => at?.tree ?? []));
}
