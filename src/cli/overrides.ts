/** Trailers of commit messages that let a guard pass: `Muster-Allow: removals: site closed`. */
import { ALLOWABLE, type Override } from '../model/guard.ts';
import type { GuardVerdict } from '../model/plan.ts';
import { plain } from '../report/plain.ts';
import type { Io } from './io.ts';

export const TRAILER = 'Muster-Allow';

/** What a trailer allows, `removals: site closed`; undefined where it names no guard or gives no reason. */
export function overrideOf(value: string): Override | undefined {
  const [name = '', ...words] = value.split(':');
  const guard = ALLOWABLE.find((one) => one === name.trim());
  const reason = words.join(':').trim();
  return guard === undefined || reason === '' ? undefined : { guard, reason };
}

/** The same of each trailer at the end of a commit's message. */
export function overridesIn(message: string): Override[] {
  const last =
    message
      .trimEnd()
      .split(/\r?\n\s*\r?\n/)
      .at(-1) ?? '';
  return last.split(/\r?\n/).flatMap((line) => {
    const value = /^muster-allow\s*:(.*)$/i.exec(line)?.[1];
    return (value === undefined ? undefined : overrideOf(value)) ?? [];
  });
}

/** Beside a plan in which guards refuse: those that are let pass all the same, and why. */
export function tellAllowed(
  { io, flags }: { readonly io: Io; readonly flags: { readonly quiet?: boolean } },
  verdicts: readonly GuardVerdict[],
  overrides: readonly Override[],
): void {
  if (flags.quiet) return;
  const refused = new Set(verdicts.filter(({ passed }) => !passed).map(({ guard }) => guard));
  for (const { guard, reason } of overrides) {
    if (refused.has(guard)) io.stderr(`note: guard ${guard} is allowed: ${plain(reason)}\n`);
  }
}
