/** Orgs as a pull request changes them: files before and after in a word each, and the plan that comes of them. */
import type { DesiredState, DesiredUser, Want } from '../../../src/model/desired.ts';
import type { Plan, PlannedUser } from '../../../src/model/plan.ts';
import type { CommentInput, PlannedOrg } from '../../../src/report/comment/input.ts';
import { change, place, plan, user } from '../builders.ts';

export interface UserWords {
  readonly name?: string;
  readonly teams?: readonly string[];
  readonly released?: true;
  /** Values by skill; with an end, `[value, until]`. */
  readonly skills?: Readonly<Record<string, number | readonly [number, string]>>;
}

type Files = Readonly<Record<string, UserWords>>;

function files(words: Files, org = 'eu-prod'): DesiredState {
  const users = Object.entries(words).map(([key, user], at): [string, DesiredUser] => [
    key,
    {
      key,
      ...(user.name === undefined ? {} : { name: user.name }),
      teams: user.teams ?? [],
      place: place('rosters/a.yaml', at + 3, 3),
      ownership: 'listed',
      released: user.released ?? false,
      wants: { skill: new Map(Object.entries(user.skills ?? {}).map(wanted)), language: new Map() },
    },
  ]);
  return {
    org,
    day: '2026-11-23',
    users: new Map(users.sort(([a], [b]) => (a < b ? -1 : 1))),
    catalogue: new Map(),
    upcoming: [],
  };
}

function wanted([name, value]: [string, number | readonly [number, string]]): [string, Want] {
  const [proficiency, until] = typeof value === 'number' ? [value] : value;
  const source = { ...place(), chain: [] };
  const end = until === undefined ? {} : { until };
  return [name, { state: 'value', proficiency, loan: false, source, ...end }];
}

export interface OrgWords {
  readonly head: Files;
  readonly base?: Files | undefined;
  readonly users: readonly PlannedUser[];
  readonly plan?: Partial<Plan>;
}

/** Without `base`: the head's files, so that what changes does so for another reason. */
export function org({ head, base, users, ...more }: OrgWords): PlannedOrg {
  const made = plan(users, { head: HEAD, ...more.plan });
  return {
    plan: made,
    head: files(head, made.org),
    base: files(base ?? head, made.org),
    overrides: [],
    settings: [],
  };
}

export const HEAD = '5ab92614c0ffee5ab92614c0ffee5ab92614c0ff';
const BASE = '0b5e00000c0ffee0b5e00000c0ffee0b5e000000';

export function input(
  planned: readonly PlannedOrg[],
  over: Partial<CommentInput> = {},
): CommentInput {
  return {
    head: HEAD,
    request: 'pull request',
    planned,
    unplanned: [],
    findings: [],
    naming: 'name',
    proficiency: true,
    links: {
      head: `https://forge.example/acme/skills/blob/${HEAD}/`,
      base: `https://forge.example/acme/skills/blob/${BASE}/`,
    },
    planUrl: 'https://forge.example/acme/skills/actions/runs/7#artifacts',
    limit: 60_000,
    unit: 'characters',
    ...over,
  };
}

/** So many people; every tenth loses something. */
export function crowd(size: number, nameOf = (at: number) => `Agent ${at} of Many`) {
  const users: PlannedUser[] = [];
  const files: Record<string, Files[string]> = {};
  for (let at = 0; at < size; at += 1) {
    const key = `agent${at}@example.com`;
    files[key] = { name: nameOf(at) };
    const changes =
      at % 10 === 0
        ? [change({ name: `Skill ${at % 7}`, action: 'remove', before: at % 100 })]
        : [change({ name: `Skill ${at % 7}`, after: at % 100 })];
    users.push(user(key, changes, { name: nameOf(at) }));
  }
  return org({ base: {}, head: files, users });
}
