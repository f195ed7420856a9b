/** Faults: a seeded list of rules for what goes wrong. The first rule that matches and fires decides. */
import type { Call } from './call.ts';
import { mix, randomStream } from './org/random.ts';

/** Which requests a rule is for; what is left out matches all. */
export interface FaultMatch {
  readonly method?: string;
  /** The whole path, `*` standing for any text. */
  readonly path?: string;
  /** A header the request carries, by name, whatever its value. */
  readonly header?: string;
  /** From 0 to 1; default 1. */
  readonly probability?: number;
  /** How often it fires at most; default without end. */
  readonly times?: number;
  /** How many matching requests it lets pass first. */
  readonly skip?: number;
}

export type JobFate = 'job-hang' | 'job-vanish' | 'job-fail' | 'job-lie' | 'job-mute';

/**
 * status: that answer instead; nothing is done, unless `afterEffect`. reset-before, reset-after: the connection is torn
 * down, with nothing done or everything. truncated, empty, slow: done, but the answer breaks off, is an empty 200, or
 * takes `ms` in the middle. These three, and whatever comes after the effect, befall successful requests alone.
 *
 * The others befall the job that a bulk call starts. `applied` is the share of its users, in their order, that is
 * written all the same. job-hang: runs for ever. job-vanish: ends in 404. job-fail: fails as a whole. job-lie: every
 * result says the opposite of what happened. job-mute: ends without results.
 *
 * partial: of a write whose rows are taken one by one, only the share `applied` is, and the others are refused.
 */
export type FaultEffect = AnswerEffect | JobEffect | RowsEffect;

type AnswerEffect =
  | {
      readonly kind: 'status';
      readonly status: number;
      /** What the platform calls it, in its own words. */
      readonly code?: string;
      /** Seconds, or a date. */
      readonly retryAfter?: number | string;
      /** A page for people, as proxies send it. */
      readonly html?: boolean;
      readonly afterEffect?: boolean;
    }
  | { readonly kind: 'reset-before' | 'reset-after' | 'truncated' | 'empty' }
  | { readonly kind: 'slow'; readonly ms: number };

interface JobEffect {
  readonly kind: JobFate;
  readonly applied?: number;
}

interface RowsEffect {
  readonly kind: 'partial';
  /** Default one half. */
  readonly applied?: number;
}

export type AnswerFault = FaultMatch & AnswerEffect;
/** A fault of the answer that leaves the platform's words alone. */
export type WireFault = Exclude<AnswerFault, { readonly kind: 'status' }>;
export type JobFault = FaultMatch & JobEffect;
type RowsFault = FaultMatch & RowsEffect;
export type FaultRule = AnswerFault | JobFault | RowsFault;

type Phase = 'before' | 'after' | 'job' | 'rows';

interface Armed {
  readonly rule: FaultRule;
  readonly phase: Phase;
  readonly path: RegExp;
  readonly random: () => number;
  seen: number;
  fired: number;
}

export class Faults {
  readonly #seed: number;
  #armed: readonly Armed[] = [];

  constructor(rules: readonly FaultRule[], seed: number) {
    this.#seed = seed;
    this.set(rules);
  }

  /** Replaces all rules; counts and chances start anew. */
  set(rules: readonly FaultRule[]): void {
    this.#armed = rules.map((rule, n) => ({
      rule,
      phase: phaseOf(rule),
      path: pathPattern(rule.path ?? '*'),
      random: randomStream(mix(this.#seed, n)),
      seen: 0,
      fired: 0,
    }));
  }

  /** The fault that strikes `call` in this phase, if any. */
  draw(phase: 'job', call: Call): JobFault | undefined;
  draw(phase: 'rows', call: Call): RowsFault | undefined;
  draw(phase: 'before' | 'after', call: Call): AnswerFault | undefined;
  draw(phase: Phase, call: Call): FaultRule | undefined {
    const struck = this.#armed.find(
      (armed) => armed.phase === phase && concerns(armed, call) && fires(armed),
    );
    return struck?.rule;
  }
}

function phaseOf(rule: FaultRule): Phase {
  if (rule.kind.startsWith('job-')) return 'job';
  if (rule.kind === 'partial') return 'rows';
  if (rule.kind === 'status') return rule.afterEffect ? 'after' : 'before';
  return rule.kind === 'reset-before' ? 'before' : 'after';
}

function pathPattern(path: string): RegExp {
  const parts = path.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}

function concerns({ rule, path }: Armed, call: Call): boolean {
  if (rule.method !== undefined && rule.method.toUpperCase() !== call.method) return false;
  if (rule.header !== undefined && !(rule.header.toLowerCase() in call.headers)) return false;
  return path.test(call.path);
}

function fires(armed: Armed): boolean {
  const { rule } = armed;
  armed.seen += 1;
  if (armed.seen <= (rule.skip ?? 0)) return false;
  if (armed.fired >= (rule.times ?? Number.POSITIVE_INFINITY)) return false;
  if (armed.random() >= (rule.probability ?? 1)) return false;
  armed.fired += 1;
  return true;
}
