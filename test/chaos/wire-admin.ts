/** The lists that requests and answers of the Admin API carry, read as a stranger reads them. */
import type { SkillEntry } from '../../src/sandbox/admin/entries.ts';
import type { List } from './list.ts';
import type { Request, Wire } from './wire.ts';

const OWN = /^\/api\/v2\/admin\/users\/([^/?]+)\/skills$/;
const BULK = '/api/v2/admin/users/bulkupdate';
const OWN_PATH = '/api/v2/admin/users/*/skills';

export const adminWire: Wire = {
  platform: 'admin',
  sandbox: { platform: 'admin', rates: { reads: 0, writes: 0 } },
  languages: [],
  scaled: (points) => points,
  org: (org) => org,
  writtenBy(request) {
    const lists = listsIn(request);
    const bulk = request.method === 'POST';
    return lists && { lists, bulk, how: 'replace', part: 'all' };
  },
  shownBy({ method, url, status, body }) {
    const [, userId] = OWN.exec(url) ?? [];
    if (method !== 'GET' || userId === undefined || status !== 200) return undefined;
    try {
      return { userId, part: 'all', list: skillsOf(body), more: false };
    } catch {
      return undefined;
    }
  },
  truth: (sandbox, userId) => toList(sandbox.skillsOf(userId)),
  edit(sandbox, userId, list) {
    const entries = [...list].map(([skillId, proficiency]) => ({ skillId, proficiency }));
    sandbox.edit(userId, entries);
  },
  places: [
    { method: 'PUT', path: OWN_PATH },
    { method: 'POST', path: BULK },
    { method: 'GET', path: OWN_PATH },
    { method: 'GET', path: `${BULK}/*` },
    { method: 'GET', path: '/api/v2/admin/users' },
    { method: 'GET' },
    {},
  ],
};

/** Whom a request writes, and with which lists. */
function listsIn({ method, url, body }: Request): ReadonlyMap<string, List> | undefined {
  const [, userId] = OWN.exec(url) ?? [];
  if (method === 'PUT' && userId !== undefined) return new Map([[userId, skillsOf(body)]]);
  if (method !== 'POST' || url !== BULK) return undefined;
  return body.startsWith('{') ? jsonLists(body) : csvLists(body);
}

function toList(entries: readonly SkillEntry[]): List {
  return new Map(entries.map(({ skillId, proficiency }) => [skillId, Number(proficiency)]));
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
