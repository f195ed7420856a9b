/** The bulk call: many users' whole lists as one job. Shapes and values are checked at once, ids by the job. */
import type { Answer } from '../answer.ts';
import { json, Refusal } from '../answer.ts';
import type { Call } from '../call.ts';
import { isRecord, jsonBody, requireType } from '../call.ts';
import { seenUser } from '../seen.ts';
import { checkShape, wrongIds } from './check.ts';
import type { BulkUser } from './csv.ts';
import { parseCsv } from './csv.ts';
import type { Step } from './jobs.ts';
import type { AdminWorld } from './world.ts';

export function startJob(world: AdminWorld, call: Call): Answer {
  const steps = bulkUsers(call).map((user) => stepFor(world, user));
  if (new Set(steps.map((step) => step.userId)).size < steps.length) {
    throw new Refusal(400, 'bad.request', 'A user is named twice');
  }
  const fault = world.faults.draw('job', call);
  const jobId = world.jobs.start(steps, { at: world.now(), fault });
  const location = `/api/v2/admin/users/bulkupdate/${jobId}`;
  const status = world.settings.jobs.statuses.get('queued') ?? 'queued';
  return json({ jobId, status }, 202, { location });
}

export function jobStatus(world: AdminWorld, jobId: string): Answer {
  const report = world.jobs.report(jobId, world.now());
  if (report === undefined) throw new Refusal(404, 'not.found', 'There is no such job');
  return json(report);
}

function bulkUsers(call: Call): readonly BulkUser[] {
  const users =
    requireType(call, ['application/json', 'text/csv']) === 'text/csv'
      ? parseCsv(call.body)
      : jsonUsers(jsonBody(call));
  if (users.length === 0) throw new Refusal(400, 'bad.request', 'No user is named');
  return users;
}

function jsonUsers(body: Readonly<Record<string, unknown>>): readonly BulkUser[] {
  if (body.operation !== 'update') {
    throw new Refusal(400, 'bad.request', 'The operation must be update');
  }
  if (!Array.isArray(body.users) || !body.users.every(isRecord)) {
    throw new Refusal(400, 'bad.request', 'users must be a list');
  }
  return body.users.map(({ id, skills }) => ({ id, skills }));
}

function stepFor(world: AdminWorld, { id, skills }: BulkUser): Step {
  if (typeof id !== 'string' || id === '') {
    throw new Refusal(400, 'bad.request', 'Every user needs an id');
  }
  const list = checkShape(skills);
  const user = seenUser(world, id);
  if (user === undefined) return { userId: id, error: 'There is no such user' };
  const error = wrongIds(world.state, list);
  return error === undefined ? { userId: id, user, list } : { userId: id, error };
}
