/**
 * Asynchronous jobs. They need no timers: a job's users are due at known instants, and `advance` does whatever is due,
 * in the order of time, before anything else looks at the org.
 */
import type { JobFate, JobFault } from '../faults.ts';
import type { Settings } from '../options.ts';
import type { OrgAssignment, OrgUser } from '../org/org.ts';
import { mix, randomStream, stableId } from '../org/random.ts';
import type { OrgState } from '../org/state.ts';
import { store } from './store.ts';

/** One user of a job: his new list, or why he is refused. */
export type Step =
  | { readonly userId: string; readonly user: OrgUser; readonly list: readonly OrgAssignment[] }
  | { readonly userId: string; readonly error: string };

interface Job {
  readonly at: number;
  readonly steps: readonly Step[];
  readonly fate: JobFate | undefined;
  /** How many steps, from the first, take effect. */
  readonly effective: number;
  /** How many were looked at. */
  done: number;
}

export interface JobResult {
  readonly id: string;
  readonly status: 'success' | 'failed';
  readonly error?: string;
}

export interface JobReport {
  readonly jobId: string;
  readonly status: string;
  readonly total: number;
  readonly processed: number;
  readonly results?: readonly JobResult[];
  readonly error?: string;
}

export interface Start {
  readonly at: number;
  readonly fault: JobFault | undefined;
}

const IDS = 21;
const FAILURES = 22;
/** Of a job's time, the part it waits in the queue. */
const QUEUED = 0.1;
/** What a fate leaves of the job's effect, unless the fault says it. */
const APPLIED: Readonly<Record<JobFate, number>> = {
  'job-hang': 0.5,
  'job-vanish': 1,
  'job-fail': 0,
  'job-lie': 0.5,
  'job-mute': 1,
};

export class Jobs {
  readonly #state: OrgState;
  readonly #settings: Settings;
  readonly #jobs = new Map<string, Job>();
  #open: readonly Job[] = [];

  constructor(state: OrgState, settings: Settings) {
    this.#state = state;
    this.#settings = settings;
  }

  /** The new job's id. */
  start(steps: readonly Step[], { at, fault }: Start): string {
    const number = this.#jobs.size;
    const { seed, jobs } = this.#settings;
    const random = randomStream(mix(mix(seed, FAILURES), number));
    const share = fault === undefined ? 1 : (fault.applied ?? APPLIED[fault.kind]);
    const job: Job = {
      at,
      steps: steps.map((step) => (random() < jobs.failures ? unlucky(step) : step)),
      fate: fault?.kind,
      effective: Math.ceil(steps.length * share),
      done: 0,
    };
    const id = stableId(mix(seed, IDS), number);
    this.#jobs.set(id, job);
    this.#open = [...this.#open, job];
    return id;
  }

  /** Does everything that is due until `now`. */
  advance(now: number): void {
    for (;;) {
      const next = this.#nextDue(now);
      if (next === undefined) break;
      this.#take(next);
    }
    this.#open = this.#open.filter((job) => job.done < job.steps.length);
  }

  /** What the job says of itself at the instant `now`; undefined for an unknown or vanished one. */
  report(jobId: string, now: number): JobReport | undefined {
    const job = this.#jobs.get(jobId);
    if (job === undefined) return undefined;
    const { delayMs } = this.#settings.jobs;
    const ended = now >= job.at + delayMs;
    const base = { jobId, total: job.steps.length, processed: job.done };
    if (!ended) {
      const status = now < job.at + delayMs * QUEUED ? 'queued' : 'running';
      return { ...base, status: this.#spelt(status), ...this.#results(job) };
    }
    switch (job.fate) {
      case 'job-vanish':
        return undefined;
      case 'job-hang': {
        const processed = Math.min(job.done, job.effective);
        return { ...base, processed, status: this.#spelt('running') };
      }
      case 'job-fail':
        return { ...base, status: this.#spelt('failed'), error: 'The job could not be completed' };
      default:
        return { ...base, status: this.#spelt('completed'), ...this.#results(job) };
    }
  }

  #nextDue(now: number): Job | undefined {
    let next: Job | undefined;
    for (const job of this.#open) {
      const due = this.#due(job);
      if (due <= now && (next === undefined || due < this.#due(next))) next = job;
    }
    return next;
  }

  /** When the job's next user is due. */
  #due(job: Job): number {
    if (job.done >= job.steps.length) return Number.POSITIVE_INFINITY;
    return job.at + (this.#settings.jobs.delayMs * (job.done + 1)) / job.steps.length;
  }

  #take(job: Job): void {
    const step = job.steps[job.done];
    const at = this.#due(job);
    const effective = job.done < job.effective;
    job.done += 1;
    if (!effective || step === undefined || 'error' in step) return;
    const { lagMs } = this.#settings;
    store(this.#state, step.user, { list: step.list, at, lagMs });
  }

  #results(job: Job): { readonly results?: readonly JobResult[] } {
    if (job.fate !== undefined && job.fate !== 'job-lie') return {};
    const lie = job.fate === 'job-lie';
    const results = job.steps.slice(0, job.done).map((step, n): JobResult => {
      const error = 'error' in step ? step.error : n < job.effective ? undefined : UNLUCKY;
      const failed = (error !== undefined) !== lie;
      if (!failed) return { id: step.userId, status: 'success' };
      return { id: step.userId, status: 'failed', error: error ?? UNLUCKY };
    });
    return { results };
  }

  #spelt(status: string): string {
    return this.#settings.jobs.statuses.get(status) ?? status;
  }
}

const UNLUCKY = 'The user could not be updated';

function unlucky(step: Step): Step {
  return { userId: step.userId, error: 'error' in step ? step.error : UNLUCKY };
}
