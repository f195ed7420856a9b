/** Books kept beside muster's: what the files ever claimed for whom, and what muster gave, or may have. */
import { sameValue, type Value } from '../../src/model/assignment.ts';
import { type Files, PEOPLE } from './steps.ts';

/** Pairs are `<who> <skill id>`. */
export class Claims {
  /** What some commit names, and says is absent, now or once a window has ended; whom some commit owns completely. */
  readonly #named = new Set<string>();
  readonly #absent = new Set<string>();
  readonly #owned = new Set<string>();
  /** What muster gave, or verified, and has not verified to be gone. */
  readonly #given = new Set<string>();
  /** The same, where nobody can know whether it was given: the run was killed, or is in doubt. */
  readonly #maybe = new Set<string>();

  commit(files: Files): void {
    this.#named.add('dee c');
    for (const one of PEOPLE) {
      const { is, complete, team, skills } = files.people[one];
      if (is !== 'in') continue;
      if (complete) this.#owned.add(one);
      for (const said of team ? [skills, files.team] : [skills]) {
        this.#claim(one, said, files.pin);
      }
    }
  }

  #claim(one: string, said: Files['team'], pin: Files['pin']): void {
    for (const [name, text] of Object.entries(said)) {
      const pair = `${one} ${name === 'A' ? (pin ?? 'a') : name.toLowerCase()}`;
      this.#named.add(pair);
      if (text?.includes('absent')) this.#absent.add(pair);
    }
  }

  /** Notes a change that muster makes; why it must not be made, if so. */
  change(pair: string, before: Value | undefined, after: Value | undefined): string | undefined {
    if (sameValue(before, after)) return undefined;
    const [one = ''] = pair.split(' ');
    const owned = this.#owned.has(one);
    if (!owned && !this.#named.has(pair)) return `${pair}, which no commit ever named, was written`;
    if (after !== undefined) {
      this.#given.add(pair);
      return undefined;
    }
    const may = owned || this.#absent.has(pair) || this.#given.has(pair) || this.#maybe.has(pair);
    return may ? undefined : `${pair}, which was never given, was taken away`;
  }

  doubt(pair: string): void {
    this.#maybe.add(pair);
  }

  /** It was verified to be there as the files say, or to be gone, or to be nobody's business. */
  verified(pair: string, there: boolean): void {
    this.#maybe.delete(pair);
    if (there) this.#given.add(pair);
    else this.#given.delete(pair);
  }

  isGiven(pair: string): boolean {
    return this.#given.has(pair);
  }

  given(): Iterable<string> {
    return this.#given;
  }
}
