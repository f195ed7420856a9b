/** Conflicts between places of one rank, told once for all the users they meet. */
import type { Kind } from '../model/assignment.ts';
import type { Day } from '../model/day.ts';
import { at, type Finding, type Place } from '../model/finding.ts';
import { bare, type Code, finding } from './codes.ts';
import type { Term } from './roster.ts';

interface Seen {
  readonly code: Code;
  readonly what: string;
  readonly user: string;
  others: number;
  readonly places: readonly [Place, Place];
  readonly hint: string;
}

interface Key {
  readonly kind: Kind;
  readonly name: string;
}

interface Ahead {
  readonly day: Day;
  readonly conflict: readonly [Term, Term];
}

const CURE =
  'Write the value that is meant under the person in `users`, or make both places agree.';

export class Conflicts {
  readonly #seen = new Map<string, Seen>();

  values(user: string, key: Key, [a, b]: readonly [Term, Term]): void {
    this.#add(user, {
      code: 'conflict',
      what: `the ${key.kind} \`${key.name}\` as ${a.value} and as ${b.value}`,
      places: [bare(a.source), bare(b.source)],
      hint: CURE,
    });
  }

  /** An error on that day, and from then on for everybody's plans: told while there is time to put it right. */
  ahead(user: string, key: Key, { day, conflict: [a, b] }: Ahead): void {
    this.#add(user, {
      code: 'conflict-ahead',
      what: `the ${key.kind} \`${key.name}\` as ${a.value} and as ${b.value} from ${day} on`,
      places: [bare(a.source), bare(b.source)],
      hint: CURE,
    });
  }

  ownership(user: string, places: readonly [Place, Place]): void {
    this.#add(user, {
      code: 'ownership-conflict',
      what: 'both `ownership: listed` and `ownership: complete`',
      places,
      hint: 'Write the one that is meant under the person in `users`, once.',
    });
  }

  findings(): Finding[] {
    return [...this.#seen.values()].map(({ code, what, user, others, places, hint }) => {
      const whom = others === 0 ? user : `${user} and ${others} more`;
      return finding(code, `Two places give ${whom} ${what}.`, {
        ...(code === 'conflict-ahead' && { severity: 'warning' }),
        place: places[0],
        hint,
        related: [places[1]],
      });
    });
  }

  #add(user: string, conflict: Omit<Seen, 'user' | 'others'>): void {
    const id = JSON.stringify([conflict.what, ...conflict.places.map(at)]);
    const seen = this.#seen.get(id);
    if (seen) seen.others++;
    else this.#seen.set(id, { ...conflict, user, others: 0 });
  }
}
