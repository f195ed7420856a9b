/** The lists that requests and answers of the Admin API carry, read as a stranger reads them. */
import type { SkillEntry } from '../../src/sandbox/admin/entries.ts';
import type { List } from './people.ts';

export type { List } from './people.ts';

const OWN = /^\/api\/v2\/admin\/users\/([^/?]+)\/skills$/;
const BULK = '/api/v2/admin/users/bulkupdate';

interface Request {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

/** Whom a request writes, and with which lists; undefined when it writes nobody. */
export function listsIn({ method, url, body }: Request): ReadonlyMap<string, List> | undefined {
  const [, userId] = OWN.exec(url) ?? [];
  if (method === 'PUT' && userId !== undefined) return new Map([[userId, skillsOf(body)]]);
  if (method !== 'POST' || url !== BULK) return undefined;
  return body.startsWith('{') ? jsonLists(body) : csvLists(body);
}

/** A user's own list, as a whole answer shows it. */
export function listOf(answer: Request & { readonly status: number | undefined }) {
  const [, userId] = OWN.exec(answer.url) ?? [];
  if (answer.method !== 'GET' || userId === undefined || answer.status !== 200) return undefined;
  try {
    return { userId, list: skillsOf(answer.body) };
  } catch {
    return undefined;
  }
}

export function toList(entries: readonly SkillEntry[]): List {
  return new Map(entries.map(({ skillId, proficiency }) => [skillId, Number(proficiency)]));
}

export function sameList(a: List | undefined, b: List | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.size === b.size && [...a].every(([id, value]) => b.get(id) === value);
}

export function shown(list: List | undefined): string {
  if (list === undefined) return 'nothing';
  return [...list]
    .map(([id, value]) => `${id.slice(0, 4)}:${value}`)
    .sort()
    .join(' ');
}

function skillsOf(body: string): List {
  return toList((JSON.parse(body) as { skills: SkillEntry[] }).skills);
}

function jsonLists(body: string): ReadonlyMap<string, List> {
  const { users } = JSON.parse(body) as { users: { id: string; skills: SkillEntry[] }[] };
  return new Map(users.map(({ id, skills }) => [id, toList(skills)]));
}

function csvLists(body: string): ReadonlyMap<string, List> {
  const lists = new Map<string, Map<string, number>>();
  for (const row of body.trim().split(/\r?\n/).slice(1)) {
    const [id = '', skill = '', value = ''] = row.split(',');
    const list = lists.get(id) ?? new Map<string, number>();
    lists.set(id, list.set(skill, Number(value)));
  }
  return lists;
}
