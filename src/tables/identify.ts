/** Of whom each row speaks. Several cells of a row may name him, and must not name two; once for each row. */
import { listed } from '../desired/suggest.ts';
import { byCodeUnit } from '../model/assignment.ts';
import type { TableFindings } from './codes.ts';
import type { At } from './grid.ts';
import { nameKey, type People, type Somebody } from './people.ts';
import type { Naming, Who } from './wishes.ts';

export class Identifier {
  readonly #people: People;
  readonly #takeNew: boolean;
  readonly #findings: TableFindings;
  readonly #rows = new Map<Who, Somebody | undefined>();

  constructor(people: People, takeNew: boolean, findings: TableFindings) {
    this.#people = people;
    this.#takeNew = takeNew;
    this.#findings = findings;
  }

  /** Undefined where it is a finding. */
  who(who: Who): Somebody | undefined {
    if (!this.#rows.has(who)) this.#rows.set(who, this.#identify(who));
    return this.#rows.get(who);
  }

  #identify({ namings, at }: Who): Somebody | undefined {
    const named = namings.find(({ form }) => form === 'name');
    const keys = namings.filter(({ form }) => form !== 'name');
    const found = (keys.length > 0 ? keys : namings).map((naming) => this.#one(naming));
    const sure = found.filter((one) => one !== undefined);
    if (sure.length < found.length) return undefined;
    const known = sure.filter((one) => one.known);
    const first = known[0] ?? sure[0];
    const other = known.find(({ key }) => key !== first?.key);
    if (first && other) {
      this.#findings.add('table-user-conflict', at, {
        message: `The cells of one row name two people, \`${first.key}\` and \`${other.key}\`.`,
        hint: 'Correct one of them.',
      });
      return undefined;
    }
    return first && this.#checked(first, { at, named: keys.length > 0 ? named : undefined });
  }

  #one({ text, form, at }: Naming): Somebody | undefined {
    const found = this.#people.find(text, form);
    const [only, ...others] = found;
    if (only && others.length === 0) return only;
    if (only) {
      const keys = found.map(({ key }) => key).sort(byCodeUnit);
      this.#findings.add('table-user-ambiguous', at, {
        message: `\`${text}\` can be any of ${listed(keys)}.`,
        hint: 'Name the one that is meant by e-mail, user name or id.',
      });
    } else this.#unknown(text, at);
    return undefined;
  }

  #unknown(text: string, at: At): void {
    const near = this.#people.nearest(text);
    this.#findings.add('table-user-unknown', at, {
      message: `Nobody is known as \`${text}\`.`,
      hint:
        near === undefined
          ? 'Name the person by e-mail; somebody who is new is taken in with --new.'
          : `Did you mean \`${near}\`? Somebody who is new is taken in with --new.`,
    });
  }

  #checked(
    one: Somebody,
    { at, named }: { readonly at: At; readonly named: Naming | undefined },
  ): Somebody | undefined {
    if (!one.known && !this.#takeNew) {
      this.#unknown(one.key, at);
      return undefined;
    }
    if (this.#people.isReleased(one.key)) {
      this.#findings.add('table-user-released', at, {
        message: `\`${one.key}\` is released in the rosters, so nothing is written for that user.`,
        hint: 'Take the rows out, or the word `released` if the user is to be managed again.',
      });
      return undefined;
    }
    if (named === undefined) return one;
    if (one.name === undefined) return { ...one, name: named.text };
    if (nameKey(one.name) !== nameKey(named.text))
      this.#findings.add('table-name-differs', named.at, {
        severity: 'warning',
        message: `\`${one.key}\` is ${one.name} in the rosters, and ${named.text} in the table.`,
        hint: 'See that the row is about the person who is meant; a name is never compared otherwise.',
      });
    return one;
  }
}
