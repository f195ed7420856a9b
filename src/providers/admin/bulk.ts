/** A batch as one bulk job: sent once, followed to its end or to the end of patience, never sent again. */
import type { WriteRequest } from '../../http/client.ts';
import { segment } from '../../http/client.ts';
import { PlatformError } from '../../model/error.ts';
import { staged } from '../../model/event.ts';
import type { Write, WriteReport } from '../../model/provider.ts';
import { type ProviderCode, problem } from '../codes.ts';
import { csvBody } from './csv.ts';
import { type JobState, jobState } from './job.ts';
import { listBody } from './list.ts';
import type { Means } from './means.ts';

const FIRST_POLL_MS = 1000;
const LAST_POLL_MS = 15_000;
/** A job may take a moment to be found at all. */
const MISSES = 3;

/** How a followed job stood last; `lost`: it cannot be followed any more. */
type Ending = JobState | { readonly phase: 'lost'; readonly error: PlatformError };

function requestFor(means: Means, writes: readonly Write[], turn: boolean): WriteRequest {
  const { assumed, org } = means;
  const json = () => ({
    operation: 'update',
    users: writes.map(({ userId, after }) => ({
      id: userId,
      [assumed.skills]: listBody(after, assumed),
    })),
  });
  return {
    method: 'POST',
    path: assumed.bulkPath,
    turn,
    body:
      org.bulkFormat === 'csv'
        ? { type: 'text/csv', text: csvBody(assumed.csvHeader, writes) }
        : { type: 'application/json', text: JSON.stringify(json()) },
  };
}

/** Everybody's job ended, or is out of sight: what each user's report says of it. */
function reportFor(userId: string, ending: Ending, requestId: string): WriteReport {
  if (ending.phase === 'lost')
    return { userId, sent: 'unknown', error: ending.error, requestId, mayStillRun: true };
  const hint = ending.users.get(userId);
  const refused = hint ? !hint.ok : ending.phase === 'failed';
  if (!refused) return { userId, sent: 'accepted', requestId };
  const words = hint?.message ?? ending.message;
  const said = words === undefined ? '' : `: ${words.replace(/[.\s]+$/, '')}`;
  const error = problem('job-failed', `The bulk job did not update the user${said}.`, {
    requestId,
    ...(words === undefined ? {} : { platformMessage: words }),
  });
  return { userId, sent: 'refused', error, requestId };
}

function lost(code: ProviderCode, message: string, requestId: string): Ending {
  return { phase: 'lost', error: problem(code, message, { requestId, effect: 'unknown' }) };
}

/** Refusals that asking again would not change; what else fails may pass. */
const BARRED = new Set([
  'bad-request',
  'forbidden',
  'not-supported',
  'sign-in-failed',
  'unauthorized',
]);

/** How the job stands; `missing` where the platform does not know it; undefined when it cannot be told this time. */
async function poll(
  means: Means,
  jobId: string,
): Promise<JobState | 'missing' | 'barred' | undefined> {
  try {
    const path = means.assumed.jobPath.replace('{jobId}', () => segment(jobId));
    return jobState((await means.client.read(path)).body, means);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error.status === 404) return 'missing';
    return BARRED.has(error.code) ? 'barred' : undefined;
  }
}

interface Started {
  readonly id: string;
  readonly requestId: string;
  /** What the request that began it was sent with. */
  readonly sentId: string;
  readonly endAt: number;
}

async function follow(means: Means, job: Started): Promise<Ending> {
  const { listener, client } = means;
  const jobId = client.clean(job.id);
  let misses = 0;
  for (let wait = FIRST_POLL_MS; ; wait = Math.min(wait * 1.25, LAST_POLL_MS)) {
    const left = job.endAt - means.clock.now();
    if (left <= 0) return lost('job-timeout', 'The bulk job did not end in time.', job.requestId);
    await means.clock.sleep(Math.min(wait, left));
    const look = { phase: 'poll', jobId, submitted: job.sentId } as const;
    const state = await staged(listener, look, () => poll(means, job.id));
    misses = state === 'missing' ? misses + 1 : 0;
    if (state === 'barred')
      return lost(
        'job-lost',
        'The bulk job cannot be followed: reading it is refused.',
        job.requestId,
      );
    if (misses === MISSES)
      return lost('job-lost', 'The platform does not know the bulk job any more.', job.requestId);
    if (state === undefined || state === 'missing') continue;
    tell(means, job.id, state);
    if (state.phase !== 'going') return state;
  }
}

function tell(
  { listener, client }: Means,
  jobId: string,
  { status, processed, total }: JobState,
): void {
  listener({
    type: 'job',
    jobId: client.clean(jobId),
    status,
    ...(processed === undefined ? {} : { processed }),
    ...(total === undefined ? {} : { total }),
  });
}

/**
 * Reports every user of the batch once. Throws PlatformError when the platform did not take the job (effect `none`),
 * or when the answer to it is lost (effect `unknown`).
 */
export async function writeBulk(
  means: Means,
  writes: readonly Write[],
  how: { readonly turn: boolean; readonly patienceMs: number },
): Promise<WriteReport[]> {
  const endAt = means.clock.now() + how.patienceMs;
  const answer = await means.client.write(requestFor(means, writes, how.turn));
  const { requestId, sentId, location } = answer;
  const first = jobState(answer.body, means, location);
  let ending: Ending = first;
  if (first.phase === 'going') {
    if (first.id === undefined)
      ending = lost('job-lost', 'The platform took the bulk update but named no job.', requestId);
    else {
      tell(means, first.id, first);
      ending = await follow(means, { id: first.id, requestId, sentId, endAt });
    }
  }
  return writes.map(({ userId }) => reportFor(userId, ending, requestId));
}
