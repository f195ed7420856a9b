/** The rows of a write: skills by id as text, with a proficiency and whether they count; each is done or not by itself. */
import { Refusal } from '../answer.ts';
import { type Call, isRecord, jsonBody } from '../call.ts';

export interface Row {
  readonly skillId: string;
  readonly proficiency?: unknown;
  readonly isActive?: boolean;
}

const MOST = 10_000;

/** `{"skills": [...]}`. Throws a Refusal for another shape. */
export function rowsOf(call: Call): readonly Row[] {
  const { skills } = jsonBody(call);
  const rows = list(skills, 'skills').map((row) => {
    if (typeof row.skillId !== 'string') throw bad('skillId must be a text');
    return { ...flags(row), skillId: row.skillId };
  });
  return atMost(rows);
}

export interface AgentRow extends Row {
  readonly agentId: string;
}

/** `{"agentAndSkillDetails": [{"agentIds", "skills": [{"skillIds", ...}]}]}`, multiplied out. */
export function agentRowsOf(call: Call): readonly AgentRow[] {
  const details = list(jsonBody(call).agentAndSkillDetails, 'agentAndSkillDetails');
  const rows = details.flatMap(({ agentIds, skills }) =>
    texts(agentIds, 'agentIds').flatMap((agentId) =>
      list(skills, 'skills').flatMap((row) =>
        texts(row.skillIds, 'skillIds').map((skillId) => ({ ...flags(row), agentId, skillId })),
      ),
    ),
  );
  return atMost(rows);
}

function flags(row: Readonly<Record<string, unknown>>): Omit<Row, 'skillId'> {
  const { proficiency, isActive } = row;
  if (isActive !== undefined && typeof isActive !== 'boolean') {
    throw bad('isActive must be true or false');
  }
  return {
    ...(proficiency === undefined ? {} : { proficiency }),
    ...(isActive === undefined ? {} : { isActive }),
  };
}

function list(value: unknown, name: string): readonly Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(value) || !value.every(isRecord)) throw bad(`${name} must be a list`);
  return value;
}

function texts(value: unknown, name: string): readonly string[] {
  if (!Array.isArray(value) || !value.every((id) => typeof id === 'string')) {
    throw bad(`${name} must be a list of texts`);
  }
  return value;
}

function atMost<T>(rows: readonly T[]): readonly T[] {
  if (rows.length === 0) throw bad('There is nothing to do');
  if (rows.length > MOST) throw bad(`At most ${MOST} records can be written at once`);
  return rows;
}

function bad(message: string): Refusal {
  return new Refusal(400, 'bad_request', message);
}
