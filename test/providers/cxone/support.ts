/** A CXone tenant in a function: agents, skills and rows, and the ways in which it may turn out to be otherwise. */
import type { Fetch } from '../../../src/http/exchange.ts';
import {
  type Assignments,
  dormant,
  keyed,
  NO_ASSIGNMENTS,
  type Value,
} from '../../../src/model/assignment.ts';
import type { Org } from '../../../src/model/config.ts';
import type { Provider, Write, WriteReport } from '../../../src/model/provider.ts';
import { createCxone } from '../../../src/providers/cxone/index.ts';
import { rig } from '../../http/support.ts';
import { orgOf } from '../admin/support.ts';

export const ROOT = '/incontactapi/services/v34.0';

export interface Row {
  readonly proficiency: unknown;
  readonly isActive: unknown;
}

/** What a call does to rows it does not speak of. `sleeps`: it switches them off. */
type Manner = 'merges' | 'replaces' | 'sleeps';

export interface Tenant {
  readonly agents: readonly Readonly<Record<string, unknown>>[];
  readonly skills: readonly { readonly skillId: number; readonly skillName: string }[];
  /** By agent id, then skill id. */
  readonly rows: Map<string, Map<string, Row>>;
  hidden: unknown;
  /** Rows a page at most. */
  clamp: number;
  /** Empty lists come as 204. */
  silent: boolean;
  manners: Partial<Record<'POST' | 'PUT' | 'DELETE' | 'many', Manner>>;
  /** `agent skill` of rows that are refused inside a 200. */
  readonly refused: Set<string>;
  /** Looked at before anything else; anything but undefined is the answer. */
  intercept: (call: Call) => unknown;
}

export interface Call {
  readonly method: string;
  /** Without the root. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

export const active = (proficiency: unknown): Row => ({ proficiency, isActive: true });
export const asleep = (proficiency: unknown): Row => ({ proficiency, isActive: false });

export function rowsOf(lists: Readonly<Record<string, Readonly<Record<string, Row>>>>) {
  return new Map(Object.entries(lists).map(([id, rows]) => [id, new Map(Object.entries(rows))]));
}

export function agent(id: number, more: Readonly<Record<string, unknown>> = {}) {
  const [firstName, lastName] = ['Agent', `No ${id}`];
  const userName = `agent.${id}`;
  const emailAddress = `Agent${id}@Example.com`;
  return { agentId: id, userName, emailAddress, firstName, lastName, isActive: true, ...more };
}

/** Three agents, five skills, and rows of the first two. */
export function tenant(over: Partial<Tenant> = {}): Tenant {
  return {
    agents: [agent(7), agent(8), agent(9)],
    skills: [1, 2, 3, 4, 5].map((n) => ({ skillId: 100 + n, skillName: `Skill ${n}` })),
    rows: rowsOf({
      7: { 101: active(4), 102: active(9), 103: asleep(2) },
      8: { 101: active(1) },
    }),
    hidden: 0,
    clamp: Number.POSITIVE_INFINITY,
    silent: false,
    manners: {},
    refused: new Set(),
    intercept: () => undefined,
    ...over,
  };
}

function page(all: readonly unknown[], field: string, { query }: Call, of: Tenant) {
  if (all.length === 0 && of.silent) return new Response(null, { status: 204 });
  const skip = Number(query.get('skip') ?? 0);
  const top = Math.min(Number(query.get('top') ?? 25), of.clamp);
  return { totalRecords: all.length, [field]: all.slice(skip, skip + top) };
}

function assignments(of: Tenant, only?: string) {
  return [...of.rows].flatMap(([agentId, rows]) =>
    only !== undefined && only !== agentId
      ? []
      : [...rows].map(([skillId, { proficiency, isActive }]) => ({
          agentId: Number(agentId),
          skillId: Number(skillId),
          agentProficiencyValue: proficiency,
          isActive,
        })),
  );
}

interface Sent {
  readonly skillId: string;
  readonly proficiency?: unknown;
  readonly isActive?: unknown;
}

/** Sets or takes away one agent's rows, and makes of the others what its manner is. */
function take(of: Tenant, agentId: string, { sent, how }: { sent: readonly Sent[]; how: Manner }) {
  const rows = of.rows.get(agentId) ?? new Map<string, Row>();
  of.rows.set(agentId, rows);
  const spoken = new Set(sent.map(({ skillId }) => skillId));
  for (const [id, row] of rows) {
    if (spoken.has(id) || how === 'merges') continue;
    if (how === 'replaces') rows.delete(id);
    else rows.set(id, { ...row, isActive: false });
  }
  return sent.map(({ skillId, proficiency, isActive }) => {
    if (of.refused.has(`${agentId} ${skillId}`))
      return { success: false, errorMessage: `Skill of ${agentId} is closed.` };
    if (proficiency === undefined) rows.delete(skillId);
    else rows.set(skillId, { proficiency, isActive });
    return { success: true, skillId: Number(skillId), agentId: Number(agentId) };
  });
}

function result(skillResults: readonly { readonly success: boolean }[], asText: boolean) {
  const count = skillResults.filter(({ success }) => !success).length;
  return { resultSet: { errorCount: asText ? String(count) : count, skillResults } };
}

function write(of: Tenant, { method, path, body }: Call): unknown {
  const own = /^\/agents\/(\w+)\/skills$/.exec(path)?.[1];
  if (own !== undefined && path !== '/agents/skills') {
    const how = of.manners[method as 'PUT'] ?? 'merges';
    const { skills } = JSON.parse(body) as { skills: readonly Sent[] };
    return result(take(of, own, { sent: skills, how }), false);
  }
  const { agentAndSkillDetails } = JSON.parse(body) as {
    agentAndSkillDetails: readonly {
      readonly agentIds: readonly string[];
      readonly skills: readonly (Omit<Sent, 'skillId'> & { readonly skillIds: string[] })[];
    }[];
  };
  const how = of.manners.many ?? 'merges';
  const results = agentAndSkillDetails.flatMap(({ agentIds, skills }) =>
    agentIds.flatMap((agentId) => {
      const sent = skills.flatMap(({ skillIds, ...row }) =>
        skillIds.map((skillId) => ({ skillId, ...row })),
      );
      return take(of, agentId, { sent, how });
    }),
  );
  return result(results, true);
}

/** What an intercept may give besides an answer: that one, but after the call has done its work. */
interface Late {
  readonly late: unknown;
}

function answer(of: Tenant, call: Call): unknown {
  const early = of.intercept(call);
  const late = typeof early === 'object' && early !== null && 'late' in early;
  if (late) done(of, call);
  if (early !== undefined) return late ? (early as Late).late : early;
  return done(of, call);
}

function done(of: Tenant, call: Call): unknown {
  const { method, path } = call;
  if (method !== 'GET') return write(of, call);
  if (path === '/skills') return page(of.skills, 'skills', call, of);
  if (path === '/agents') {
    const listed = page(of.agents, 'agents', call, of);
    return listed instanceof Response ? listed : { ...listed, hiddenAgents: of.hidden };
  }
  if (path === '/agents/skills') return page(assignments(of), 'agentSkillAssignments', call, of);
  const own = /^\/agents\/(\w+)\/skills$/.exec(path)?.[1];
  if (own === undefined || !of.agents.some(({ agentId }) => String(agentId) === own)) return 404;
  return page(assignments(of, own), 'agentSkillAssignments', call, of);
}

export function responseOf(reply: unknown): Response {
  if (reply instanceof Response) return reply;
  if (reply instanceof Error) throw reply;
  if (typeof reply === 'number') return new Response('{"error":"No."}', { status: reply });
  return Response.json(reply);
}

/** `after` is told of every call once it has had its effect. */
export function stand(
  of: Tenant = tenant(),
  settings: Partial<Org> = {},
  after: (call: Call) => void = () => undefined,
) {
  const calls: Call[] = [];
  const fetch: Fetch = async (href, { method, body }) => {
    const url = new URL(href);
    const path = url.pathname.replace(ROOT, '');
    const call: Call = { method, path, query: url.searchParams, body: body ?? '' };
    calls.push(call);
    const reply = answer(of, call);
    after(call);
    return responseOf(reply);
  };
  const { client, events, clock } = rig({ fetch, retries: { attempts: 2 } });
  const listener = (event: (typeof events)[number]) => void events.push(event);
  const org = orgOf({ platform: 'cxone', ...settings });
  const provider = createCxone({ org, client, clock, listener });
  const asked = () => calls.map(({ method, path }) => `${method} ${path}`);
  return { provider, calls, asked, events, clock, of };
}

type Values = Readonly<Record<string, Value>>;

function listOf(skills: Values): Assignments {
  return { ...NO_ASSIGNMENTS, skill: keyed(Object.entries(skills)) };
}

/** The list as the platform has it, brought to `changes`; undefined takes a skill away. */
export function writeOf(
  of: Tenant,
  userId: string,
  changes: Readonly<Record<string, Value | undefined>>,
): Write {
  const rows = [...(of.rows.get(userId) ?? [])].map(([id, { proficiency, isActive }]) => {
    const value = typeof proficiency === 'number' ? proficiency : { proficiency: null };
    return [id, isActive ? value : dormant(value)] as const;
  });
  const before = Object.fromEntries(rows);
  const after = Object.entries({ ...before, ...changes }).filter(
    (entry): entry is [string, Value] => entry[1] !== undefined,
  );
  return { userId, before: listOf(before), after: listOf(Object.fromEntries(after)) };
}

/** Of a batch that ends in an error, what was reported until then, and the error. */
export async function sent(provider: Provider, ...batch: Write[]) {
  await provider.turn();
  const reports: WriteReport[] = [];
  try {
    for await (const report of provider.write(batch)) reports.push(report);
    return { reports, error: undefined };
  } catch (error) {
    return { reports, error };
  }
}

export function truth(of: Tenant, userId: string): Record<string, Row> {
  return Object.fromEntries(of.rows.get(userId) ?? []);
}
