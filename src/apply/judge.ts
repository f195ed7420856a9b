/** Judges one write: what was answered beside what was read back. The read-back has the last word. */
import type { PlannedUser } from '../model/plan.ts';
import type { WriteReport } from '../model/provider.ts';
import type { Decision } from './outcome.ts';
import type { Seen, Sent } from './verify.ts';

/** `retry`: whether the platform did it cannot be told, not all of it shows, and it may safely be sent again. */
export type Judgement = Decision | 'retry';

export function judge({ user, report }: Sent, seen: Seen): Judgement {
  const requestId = report.requestId ?? report.error?.requestId;
  const said = {
    ...(report.error === undefined ? {} : { error: report.error }),
    ...(requestId === undefined ? {} : { requestId }),
  };
  switch (seen.state) {
    case 'applied':
      return { outcome: 'applied', ...(requestId === undefined ? {} : { requestId }) };
    case 'lost':
      return { ...said, ...carriedLost(user, seen.missing) };
    case 'unread':
      return {
        ...said,
        ...(seen.error === undefined ? {} : { error: seen.error }),
        outcome: 'in-doubt',
        message: `The write was sent, and the list could not be read back. ${seen.why}`,
        hint: 'Plan again when the platform can be read: it shows who is still to be changed.',
      };
    case 'unclear':
      return {
        ...said,
        outcome: 'in-doubt',
        message: 'The write was sent, and the list reads neither as before nor as planned.',
        hint: 'Look at the person on the platform, then plan again.',
      };
    case 'part-way':
      if (mayBeSentAgain(report)) return 'retry';
      return { ...said, ...partWay(report) };
    case 'as-before':
      if (report.sent === 'refused') return { ...said, outcome: 'failed' };
      if (mayBeSentAgain(report)) return 'retry';
      return {
        ...said,
        outcome: 'in-doubt',
        message: 'The write was sent, and the list still reads as before.',
        hint: 'Plan again in a while: it shows who is still to be changed.',
      };
  }
}

function mayBeSentAgain({ sent, mayStillRun }: WriteReport): boolean {
  return sent === 'unknown' && mayStillRun !== true;
}

function partWay({ error }: WriteReport): Decision {
  const said = error?.message ?? 'The write was sent.';
  return {
    outcome: 'in-doubt',
    message: `${said} Some of the list is as planned, and some as before.`,
    hint: 'Plan again in a while: it shows what is still to be changed.',
  };
}

/** What is decided of somebody whose list lacks what a write of this run carried along. */
export function carriedLost(user: PlannedUser, missing: number): Decision {
  return {
    outcome: 'in-doubt',
    message: `The write is there, but ${missing} assignment(s) that it carried along are missing.`,
    hint: `Compare the list on the platform with the plan's "before" of ${user.userId}.`,
  };
}

/** What is decided of somebody whose write can neither be confirmed nor sent once more. */
export function givenUp({ report }: Sent): Decision {
  return {
    outcome: 'in-doubt',
    message: report.error?.message ?? 'The write was sent, and nothing confirms it.',
    hint: 'Plan again in a while: it shows who is still to be changed.',
    ...(report.error === undefined ? {} : { error: report.error }),
  };
}
