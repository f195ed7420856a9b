/** The lists that requests and answers of Genesys Cloud carry, read as a stranger reads them. */
import type { GenesysEntry } from '../../src/sandbox/genesys/truth.ts';
import { withLanguages } from '../../src/sandbox/org/languages.ts';
import type { List } from './list.ts';
import type { Part, Request, Shown, Wire, Written } from './wire.ts';

const OWN = /^\/api\/v2\/users\/([^/?]+)\/routing(skills|languages)(?:\/([^/?]+))?(?:\?(.*))?$/;
const USERS = '/api/v2/users';
const BULK = `${USERS}/*/routing*/bulk`;

export const genesysWire: Wire = {
  platform: 'genesys',
  sandbox: {
    platform: 'genesys',
    rates: { calls: 0 },
    pages: { max: 25, largestExpanded: 20, omitSkillsEvery: 9, omitLanguagesEvery: 7 },
  },
  languages: ['English', 'Spanish', 'French'],
  scaled: (points, kind) => (kind === 'language' ? Math.round(points / 20) : points / 20),
  org: withLanguages,
  writtenBy(request) {
    const [, userId, part, last] = OWN.exec(request.url) ?? [];
    if (userId === undefined || last === undefined || request.method === 'GET') return undefined;
    const lists = new Map([[userId, listIn(request, last)]]);
    return { lists, bulk: false, how: howOf(request.method), part: part as Part };
  },
  shownBy({ method, url, status, body }) {
    const [, userId, part, last, query] = OWN.exec(url) ?? [];
    if (method !== 'GET' || userId === undefined || last !== undefined) return undefined;
    if (status !== 200) return undefined;
    try {
      const list = toList((JSON.parse(body) as { entities: GenesysEntry[] }).entities);
      const more = new URLSearchParams(query).get('pageNumber') !== '1';
      return { userId, part: part as Part, list, more } satisfies Shown;
    } catch {
      return undefined;
    }
  },
  truth(sandbox, userId) {
    const { skills, languages } = sandbox.genesys.listsOf(userId);
    return toList([...skills, ...languages]);
  },
  edit(sandbox, userId, list) {
    const languages = new Set(
      sandbox.org.skills.flatMap((one) => (one.kind === 'language' ? one.id : [])),
    );
    const entries = [...list].map(([id, proficiency]) => ({ id, proficiency }));
    sandbox.genesys.edit(userId, {
      skills: entries.filter(({ id }) => !languages.has(id)),
      languages: entries.filter(({ id }) => languages.has(id)),
    });
  },
  places: [
    { method: 'PUT', path: BULK },
    { method: 'PATCH', path: BULK },
    { method: 'DELETE', path: `${USERS}/*/routinglanguages/*` },
    { method: 'GET', path: `${USERS}/*/routing*` },
    { method: 'GET', path: USERS },
    { method: 'GET' },
    {},
  ],
};

function howOf(method: string): Written['how'] {
  if (method === 'DELETE') return 'remove';
  return method === 'PUT' ? 'replace' : 'merge';
}

function listIn({ body }: Request, last: string): List {
  if (last !== 'bulk') return new Map([[last, 0]]);
  return toList(JSON.parse(body) as GenesysEntry[]);
}

function toList(entries: readonly GenesysEntry[]): List {
  return new Map(entries.map(({ id, proficiency }) => [id, Number(proficiency)]));
}
