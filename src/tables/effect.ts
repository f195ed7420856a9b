/** What edited rosters come to, beside what they were to come to: an import changes what its preview shows and nothing else. */
import type { Term } from '../desired/roster.ts';
import type { Speakers } from '../desired/speakers.ts';
import { canonical, KINDS, type Kind } from '../model/assignment.ts';
import type { Org } from '../model/config.ts';
import type { Day } from '../model/day.ts';
import type { Place } from '../model/finding.ts';
import type { TableChange } from '../model/table.ts';
import { saidFrom, sameFrom } from './timeline.ts';

export interface Effect {
  readonly before: Speakers;
  readonly after: Speakers;
  readonly org: Org;
  readonly day: Day;
}

/** `user skill` of everything that is another than `changes` say. */
export function surprises(changes: readonly TableChange[], effect: Effect): string[] {
  const { before, after } = effect;
  const planned = new Map(
    changes.map((change) => [idOf(change.user, change.kind, change.skill), change]),
  );
  const people = new Set([...before.people.keys(), ...after.people.keys()]);
  const found: string[] = [];
  for (const user of people)
    for (const kind of KINDS)
      for (const name of new Set([...before.namesOf(user, kind), ...after.namesOf(user, kind)]))
        if (!fits(planned.get(idOf(user, kind, name)), { user, kind, name }, effect))
          found.push(`${user} ${name}`);
  return found;
}

interface Key {
  readonly user: string;
  readonly kind: Kind;
  readonly name: string;
}

function fits(change: TableChange | undefined, { user, kind, name }: Key, effect: Effect): boolean {
  const of = (speakers: Speakers) => {
    const { own, behind } = speakers.of(user, kind, name);
    return [...own, ...behind];
  };
  const is = of(effect.after);
  if (change === undefined) return sameFrom(of(effect.before), is, effect);
  return canonical(saidFrom(is, effect.day)) === canonical(change.after);
}

function idOf(user: string, kind: Kind, name: string): string {
  return JSON.stringify([user, kind, name]);
}

/** Where each change is written: the line it has now, or had, if it was taken out. */
export function writtenAt(changes: readonly TableChange[], { before, after }: Effect): Place[] {
  return changes.map((change) => {
    const terms = [after, before].flatMap((speakers) => ownTerms(speakers, change));
    const [{ source }] = terms as [Term];
    return { file: source.file, line: source.line, col: source.col };
  });
}

function ownTerms(speakers: Speakers, { user, kind, skill }: TableChange): Term[] {
  return speakers.of(user, kind, skill).own.flatMap(({ terms }) => terms);
}
