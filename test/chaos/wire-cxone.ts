/** The lists that requests and answers of CXone carry, read as a stranger reads them. A row that is off is below zero. */
import type { Org, OrgAssignment } from '../../src/sandbox/org/org.ts';
import type { List } from './list.ts';
import type { Shown, Wire, Written } from './wire.ts';

const AGENTS = '/incontactapi/services/v34.0/agents';
const OWN = new RegExp(`^${AGENTS}/(\\d+)/skills(?:\\?(.*))?$`);
const MANY = `${AGENTS}/skills`;

interface Row {
  readonly skillId: number | string;
  readonly proficiency?: number;
  readonly agentProficiencyValue?: number;
  readonly isActive?: boolean;
}

export const cxoneWire: Wire = {
  platform: 'cxone',
  sandbox: { platform: 'cxone', rates: { calls: 0 }, pages: { max: 25 } },
  languages: [],
  scaled: (points) => 20 - Math.round((points * 19) / 100),
  org: withNumbers,
  writtenBy({ method, url, body }) {
    if (method === 'POST' && url === MANY) return writtenToMany(body);
    const [, userId] = OWN.exec(url) ?? [];
    if (userId === undefined || method === 'GET') return undefined;
    const { skills } = JSON.parse(body) as { skills: Row[] };
    const how = method === 'DELETE' ? 'remove' : 'merge';
    return { lists: new Map([[userId, toList(skills)]]), bulk: false, how, part: 'all' };
  },
  shownBy({ method, url, status, body }) {
    const [, userId, query] = OWN.exec(url) ?? [];
    if (method !== 'GET' || userId === undefined) return undefined;
    const more = new URLSearchParams(query).get('skip') !== '0';
    if (status === 204) return { userId, part: 'all', list: new Map(), more };
    if (status !== 200) return undefined;
    try {
      const { agentSkillAssignments } = JSON.parse(body) as { agentSkillAssignments: Row[] };
      return { userId, part: 'all', list: toList(agentSkillAssignments), more } satisfies Shown;
    } catch {
      return undefined;
    }
  },
  truth: (sandbox, userId) =>
    toList(
      sandbox.cxone
        .rowsOf(Number(userId))
        .map(({ proficiency, ...row }) => ({ ...row, proficiency: proficiency ?? 0 })),
    ),
  edit(sandbox, userId, list) {
    const rows = [...list].map(([id, value]) => {
      return { skillId: Number(id), proficiency: Math.abs(value), isActive: value > 0 };
    });
    sandbox.cxone.edit(Number(userId), rows);
  },
  places: [
    { method: 'POST', path: `${AGENTS}/*/skills` },
    { method: 'PUT', path: `${AGENTS}/*/skills` },
    { method: 'DELETE', path: `${AGENTS}/*/skills` },
    { method: 'POST', path: MANY },
    { method: 'GET', path: `${AGENTS}/*/skills` },
    { method: 'GET', path: AGENTS },
    { method: 'GET' },
    {},
  ],
};

function writtenToMany(body: string): Written {
  const { agentAndSkillDetails } = JSON.parse(body) as {
    agentAndSkillDetails: { agentIds: string[]; skills: (Row & { skillIds: string[] })[] }[];
  };
  const lists = agentAndSkillDetails.flatMap(({ agentIds, skills }) => {
    const rows = skills.flatMap(({ skillIds, ...row }) =>
      skillIds.map((skillId) => ({ ...row, skillId })),
    );
    return agentIds.map((id) => [id, toList(rows)] as const);
  });
  return { lists: new Map(lists), bulk: false, how: 'merge', part: 'all' };
}

function toList(rows: readonly Row[]): List {
  return new Map(
    rows.map(({ skillId, proficiency, agentProficiencyValue, isActive = true }) => {
      const worth = agentProficiencyValue ?? proficiency ?? 0;
      return [String(skillId), isActive ? worth : -worth];
    }),
  );
}

const OFF_EVERY = 4;
/** Skills that files may name stay on: what is off counts as none, which the laws do not know. */
const NAMED =
  /^(English|Billing|Refunds|Sales|Customer Care|Chat|Returns|VIP|Order Status|Shipping)$/;

/** The org with ids that are numbers, and with rows that are switched off. */
function withNumbers({ skills, users, ...org }: Org): Org {
  const numbers = new Map(skills.map(({ id }, n) => [id, String(4001 + n)]));
  const names = new Map(skills.map(({ id, name }) => [id, name]));
  const here = (own: OrgAssignment, n: number): OrgAssignment => {
    const off = n % OFF_EVERY === 0 && !NAMED.test(names.get(own.id) ?? '');
    return { ...own, id: numbers.get(own.id) ?? '', ...(off && { inactive: true }) };
  };
  return {
    ...org,
    skills: skills.map((skill) => ({ ...skill, id: numbers.get(skill.id) ?? '' })),
    users: users.map((user, n) => {
      return { ...user, id: String(1001 + n), assignments: user.assignments.map(here) };
    }),
  };
}
