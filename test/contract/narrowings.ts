/** Narrowed fetches of the contract's world (u1, u2 and u3), and what each has to show. */
import type { DesiredState, DesiredUser } from '../../src/model/desired.ts';

export const skillName = (id: string) => `Skill ${id}`;
export const emailOf = (userId: string) => `${userId}@example.com`;

/** Files that want one skill of each of these people. */
export function desiring(keys: readonly string[]): DesiredState {
  const place = { file: 'rosters/a.yaml', line: 3, col: 3 };
  const source = { ...place, chain: [] };
  const want = { state: 'value', proficiency: 5, loan: false, source } as const;
  const user = (key: string): DesiredUser => ({
    key,
    place,
    ownership: 'listed',
    teams: [],
    released: false,
    wants: { skill: new Map([[skillName('s3'), want]]), language: new Map() },
  });
  return {
    org: 'acme',
    day: '2026-11-23',
    users: new Map(keys.map((key) => [key, user(key)])),
    catalogue: new Map(),
    upcoming: [],
  };
}

interface Narrowing {
  readonly what: string;
  readonly keys: readonly string[];
  /** What the ledger remembers; default: nobody. */
  readonly ids?: Readonly<Record<string, string>>;
  /** Whose list is proven, and no one else's. */
  readonly shown: readonly string[];
  /** Whom the platform does not know. */
  readonly held?: readonly string[];
}

const [U1, U2, U3] = ['u1', 'u2', 'u3'].map(emailOf) as [string, string, string];
const NOBODY = emailOf('nobody');

export const narrowings: readonly Narrowing[] = [
  { what: 'nobody', keys: [], shown: [] },
  {
    what: 'people it has ids of',
    keys: [U1, U3],
    ids: { [U1]: 'u1', [U3]: 'u3' },
    shown: ['u1', 'u3'],
  },
  {
    what: 'people with more ids at hand than asked for',
    keys: [U2],
    ids: { [U1]: 'u1', [U2]: 'u2' },
    shown: ['u2'],
  },
  { what: 'people it has no ids of', keys: [U1, U3], shown: ['u1', 'u3'] },
  {
    what: 'one with and one without an id',
    keys: [U1, U2],
    ids: { [U1]: 'u1' },
    shown: ['u1', 'u2'],
  },
  { what: 'a key that spells the id out', keys: ['id:u2'], shown: ['u2'] },
  { what: 'somebody nobody knows', keys: [NOBODY, U2], shown: ['u2'], held: [NOBODY] },
  { what: 'an id nobody knows', keys: ['id:gone', 'id:u2'], shown: ['u2'], held: ['id:gone'] },
  {
    what: 'somebody whose remembered id is gone',
    keys: [U1, U2],
    ids: { [U1]: 'gone', [U2]: 'u2' },
    shown: ['u1', 'u2'],
  },
  {
    what: 'somebody who is gone with his id',
    keys: [NOBODY, U2],
    ids: { [NOBODY]: 'gone', [U2]: 'u2' },
    shown: ['u2'],
    held: [NOBODY],
  },
  {
    what: 'two who are remembered by one id',
    keys: [U1, U2],
    ids: { [U1]: 'u1', [U2]: 'u1' },
    shown: ['u1', 'u2'],
  },
];
