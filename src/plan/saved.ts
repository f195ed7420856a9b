/**
 * A plan that was saved: read back into the shape it was made in, and held to what it claims. Pure. Its invariant: what
 * this returns has the content its digest was taken over, in maps that inherit nothing.
 */
import { type Assignments, canonical, keyed } from '../model/assignment.ts';
import type { Day } from '../model/day.ts';
import { MusterError } from '../model/error.ts';
import { hasErrors } from '../model/finding.ts';
import { PLAN_FORMAT, type Plan, type PlannedUser } from '../model/plan.ts';
import type { Platform } from '../model/platform.ts';
import { planDigest, sha256 } from './digest.ts';

const AGAIN = 'Plan again, have it reviewed, and apply that.';

/** Throws MusterError `plan-version` for another major version than this one reads. */
export function checkVersion(raw: unknown): void {
  const version = (Object(raw) as { formatVersion?: unknown }).formatVersion;
  const [major] = PLAN_FORMAT.split('.');
  if (typeof version === 'string' && version.split('.')[0] === major) return;
  throw new MusterError(
    'plan-version',
    `The file is not of format ${major}.x, the one this version reads.`,
    {
      hint: 'Show or apply it with the version of muster that made it, or plan again.',
    },
  );
}

/** `raw` fits schemas/plan.schema.json. Throws MusterError `plan-edited` when its content is not what was digested. */
export function revivePlan(raw: Plan): Plan {
  const { digest, upcoming: _upcoming, losses: _losses, made: _made, ...content } = raw;
  const users = keyed(
    Object.entries(raw.users).map(([id, user]): [string, PlannedUser] => [
      id,
      { ...user, before: revive(user.before), after: revive(user.after) },
    ]),
  );
  const intact = Object.entries(users).every(
    ([id, user]) => user.userId === id && user.fingerprint === sha256(canonical(user.before)),
  );
  if (intact && planDigest(content) === digest) return { ...raw, users };
  throw new MusterError(
    'plan-edited',
    'The plan is not as it was made: its digest does not fit its content.',
    {
      hint: AGAIN,
    },
  );
}

function revive(list: Assignments): Assignments {
  return {
    skill: keyed(Object.entries(list.skill)),
    language: keyed(Object.entries(list.language)),
  };
}

export interface Now {
  readonly org: { readonly name: string; readonly orgId?: string; readonly platform: Platform };
  /** The day it is in the org's time zone, and the one it was when the plan was made. */
  readonly today: Day;
  readonly madeOn: Day;
}

/** Throws MusterError with the reason why the plan is not applied to this org on this day. */
export function checkApplicable(plan: Plan, { org, today, madeOn }: Now): void {
  const other = plan.org !== org.name || plan.platform !== org.platform;
  if (other || plan.orgId !== (org.orgId ?? null)) {
    throw new MusterError(
      'plan-other-org',
      `The plan was made for ${plan.org} (${plan.platform}), as another org or tenant.`,
      {
        hint: `Apply it where muster.yaml has that very org; here it has ${org.name} (${org.platform}).`,
      },
    );
  }
  if (hasErrors(plan.findings)) {
    throw new MusterError('plan-has-errors', 'The plan has errors among its findings.', {
      hint: AGAIN,
    });
  }
  if (plan.day !== madeOn) {
    throw new MusterError(
      'plan-as-of',
      `The plan was made as of ${plan.day}, on another day (${madeOn}).`,
      {
        hint: 'A look at another day is not applied; plan without --as-of.',
      },
    );
  }
  checkCurrent(plan, today);
}

/** Throws MusterError `plan-expired` once a window has begun or ended. */
export function checkCurrent({ validUntil }: Pick<Plan, 'validUntil'>, today: Day): void {
  if (validUntil !== null && today >= validUntil) {
    throw new MusterError(
      'plan-expired',
      `The plan was good until ${validUntil}, when a window begins or ends.`,
      {
        hint: AGAIN,
      },
    );
  }
}
