/**
 * `run.json`: the record of a run. The users of a large run go on in `run/1.json` and so on, so that no file of it is
 * larger than forges take.
 */

import { type Assignments, byCodeUnit, canonical, type Kind } from '../model/assignment.ts';
import type { Ignore } from '../model/config.ts';
import { ALLOWABLE, type Override } from '../model/guard.ts';
import type { RecordedChange, RecordedUser, RunRecord } from '../model/ledger.ts';
import { CAUSES, type RunScope, type Settlement } from '../model/plan.ts';
import { OUTCOMES, type Outcome } from '../model/result.ts';
import {
  count,
  instant,
  listOf,
  mapOf,
  nullable,
  object,
  oneOf,
  text,
  value,
  yes,
} from './check.ts';
import { formatVersion, names, openUser, parse, point, RUN_KINDS } from './ledger-file.ts';

/** Characters of users' records in one file, about. */
const SHARD_SIZE = 16_000_000;

const change = object<RecordedChange>(
  {
    kind: oneOf<Kind>(['skill', 'language']),
    id: text,
    action: oneOf(['add', 'change', 'remove']),
    before: value,
    after: value,
    drift: yes,
  },
  'before',
  'after',
  'drift',
);

const users = mapOf(
  object<RecordedUser>({
    key: text,
    before: object<Assignments>({ skill: mapOf(value), language: mapOf(value) }),
    changes: listOf(change),
    named: object<RecordedUser['named']>({ skill: listOf(text), language: listOf(text) }),
    outcome: nullable(oneOf(OUTCOMES)),
  }),
);

const scope = object<RunScope>(
  {
    at: oneOf(['base']),
    changed: yes,
    users: listOf(text),
    teams: listOf(text),
    causes: listOf(oneOf(CAUSES)),
    ignore: object<Ignore>({ users: listOf(text), skills: listOf(text) }),
  },
  'at',
  'changed',
  'users',
  'teams',
  'causes',
  'ignore',
);

const outcomes = object<Readonly<Record<Outcome, number>>>({
  applied: count,
  unchanged: count,
  failed: count,
  stale: count,
  'in-doubt': count,
  'not-tried': count,
});

const settlement = object<Settlement>(
  {
    point: nullable(point),
    reach: oneOf(['whole', 'narrowed']),
    verified: mapOf(text),
    left: mapOf(text),
    partly: mapOf(text),
    formerly: mapOf(text),
    names,
  },
  'partly',
  'formerly',
);

const record = object<RunRecord>(
  {
    formatVersion,
    id: text,
    kind: oneOf(RUN_KINDS),
    undoes: text,
    org: text,
    by: text,
    begun: instant,
    ended: nullable(instant),
    plan: text,
    point,
    scope: nullable(scope),
    settles: settlement,
    restores: mapOf(openUser),
    overrides: listOf(object<Override>({ guard: oneOf(ALLOWABLE), reason: text })),
    users,
    outcomes: nullable(outcomes),
    stopped: object<NonNullable<RunRecord['stopped']>>(
      { code: text, message: text, hint: text },
      'hint',
    ),
    end: oneOf(['finished', 'taken-over']),
  },
  'undoes',
  'restores',
  'stopped',
  'end',
);

/** The texts of run.json, run/1.json, ... */
export function* writeRecord(value: RunRecord, size = SHARD_SIZE): Generator<string> {
  const { users: all, ...rest } = value;
  let first = true;
  for (const shard of shards(all, size)) {
    yield first ? `${canonical(rest).slice(0, -1)},"users":${shard}}\n` : `${shard}\n`;
    first = false;
  }
}

function* shards(all: RunRecord['users'], size: number): Generator<string> {
  let pieces: string[] = [];
  let length = 0;
  for (const id of Object.keys(all).sort(byCodeUnit)) {
    const piece = `${JSON.stringify(id)}:${canonical(all[id])}`;
    if (length > 0 && length + piece.length > size) {
      yield `{${pieces.join(',')}}`;
      pieces = [];
      length = 0;
    }
    pieces.push(piece);
    length += piece.length;
  }
  yield `{${pieces.join(',')}}`;
}

/** Throws `ledger-invalid`, `ledger-version`. */
export function readRecord([head, ...more]: readonly [Uint8Array, ...Uint8Array[]]): RunRecord {
  const read = parse('run.json', head, record);
  for (const [index, bytes] of more.entries()) {
    Object.assign(read.users, parse(`run/${index + 1}.json`, bytes, users));
  }
  return read;
}
