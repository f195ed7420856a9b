/** One user's one key on one day: which of the places that speak of it wins, and what it then is. */
import type { Org } from '../model/config.ts';
import type { Day } from '../model/day.ts';
import type { Want } from '../model/desired.ts';
import { ABSENT, isPlain, type Term } from './roster.ts';
import { proficiencyIn } from './values.ts';

/** What one place says of the key. Rank 0 is the user's own, 1 a team's own, 2 + d a profile at depth d of `extends`. */
export interface Contribution {
  readonly rank: number;
  readonly terms: readonly Term[];
}

export interface Decision {
  /** Undefined when the key is not named. */
  readonly want: Want | undefined;
  /** Two terms of the winning rank that differ. */
  readonly conflict?: readonly [Term, Term];
}

export function decide(contributions: readonly Contribution[], day: Day, org: Org): Decision {
  const winners = winnersOn(contributions, day);
  const chosen = chosenOf(winners);
  if (!chosen) return { want: withoutWinner(contributions, day) };
  const want = wantOf(chosen, contributions, org);
  const outcome = outcomeOf(chosen, org);
  const other = winners.find((term) => outcomeOf(term, org) !== outcome);
  return other ? { want, conflict: [chosen, other] } : { want };
}

/** The term that speaks on the day: the one that wins, else the window that ended last; pending ones do not yet. */
export function speakingTerm(contributions: readonly Contribution[], day: Day): Term | undefined {
  return chosenOf(winnersOn(contributions, day)) ?? lastEnded(contributions, day);
}

function chosenOf(winners: readonly Term[]): Term | undefined {
  return winners.find(isPlain) ?? winners[0];
}

/** Whether two wants leave the user with the same. */
export function sameOutcome(a: Want | undefined, b: Want | undefined): boolean {
  if (a?.state === 'value' && b?.state === 'value') return a.proficiency === b.proficiency;
  return a?.state === b?.state;
}

function winnersOn(contributions: readonly Contribution[], day: Day): readonly Term[] {
  let rank = Number.POSITIVE_INFINITY;
  let winners: Term[] = [];
  for (const contribution of contributions) {
    const term = termOn(contribution.terms, day);
    if (!term || contribution.rank > rank) continue;
    if (contribution.rank < rank) winners = [];
    rank = contribution.rank;
    winners.push(term);
  }
  return winners;
}

/** Within one place an entry in its window goes before a plain one. */
function termOn(terms: readonly Term[], day: Day): Term | undefined {
  const open = terms.find((term) => !isPlain(term) && !isPending(term, day) && !isEnded(term, day));
  return open ?? terms.find(isPlain);
}

function isPending(term: Term, day: Day): boolean {
  return term.from !== undefined && term.from > day;
}

function isEnded(term: Term, day: Day): boolean {
  return term.until !== undefined && term.until < day;
}

function outcomeOf(term: Term, org: Org): number | typeof ABSENT | undefined {
  return term.value === ABSENT ? ABSENT : proficiencyIn(org, term.value);
}

function wantOf(term: Term, contributions: readonly Contribution[], org: Org): Want | undefined {
  const { source, until } = term;
  if (term.value === ABSENT) return { state: 'absent', source };
  const proficiency = proficiencyIn(org, term.value);
  // A level the org does not have is a finding of load(); nothing is made up for it.
  if (proficiency === undefined) return undefined;
  const declared = term.thenAbsent || contributions.some(({ terms }) => terms.some(isPlain));
  return {
    state: 'value',
    proficiency,
    ...(typeof term.value === 'string' && { level: term.value }),
    ...(until !== undefined && { until }),
    loan: until !== undefined && !declared,
    source,
  };
}

/** A window that ended leaves absent; one that has not begun, pending. */
function withoutWinner(contributions: readonly Contribution[], day: Day): Want | undefined {
  const ended = lastEnded(contributions, day);
  if (ended) {
    const { source, thenAbsent } = ended;
    return { state: 'absent', ...(thenAbsent ? {} : { loan: true }), source };
  }
  let pending: Term | undefined;
  for (const { terms } of contributions)
    for (const term of terms)
      if (!pending || String(term.from) < String(pending.from)) pending = term;
  return pending && { state: 'pending', from: String(pending.from), source: pending.source };
}

function lastEnded(contributions: readonly Contribution[], day: Day): Term | undefined {
  let ended: Term | undefined;
  for (const { terms } of contributions)
    for (const term of terms)
      if (isEnded(term, day) && (!ended || String(term.until) > String(ended.until))) ended = term;
  return ended;
}
