/** Wishes -> statements: whom, which skill and which value each means. What cannot be told is a finding, all at once. */

import { ABSENT } from '../desired/roster.ts';
import { didYouMean, listed } from '../desired/suggest.ts';
import { byCodeUnit } from '../model/assignment.ts';
import type { Org } from '../model/config.ts';
import { offScale, SCALES } from '../model/platform.ts';
import type { Said } from '../model/table.ts';
import type { TableFindings } from './codes.ts';
import type { At } from './grid.ts';
import { levelNamed, levelOf } from './levels.ts';
import { nameKey, type People, type Somebody } from './people.ts';
import type { Skill, Skills } from './skills.ts';
import type { Written } from './values.ts';
import type { Naming, Who, Wish } from './wishes.ts';

/** What a row says, with everybody and everything by the names the rosters use. */
export interface Statement {
  readonly who: Somebody;
  readonly skill: Skill;
  readonly say:
    | { readonly is: 'said'; readonly said: Said }
    | Extract<Wish['say'], { is: 'remove' }>;
  readonly at: At;
}

export interface Known {
  readonly people: People;
  readonly skills: Skills;
  readonly org: Org;
  /** Whether people and skills that neither the rosters nor the platform know are taken for new ones. */
  readonly takeNew: boolean;
}

export function resolveWishes(
  wishes: readonly Wish[],
  known: Known,
  findings: TableFindings,
): Statement[] {
  const resolver = new Resolver(known, findings);
  return wishes.flatMap((wish) => {
    const who = resolver.who(wish.who);
    const skill = resolver.skill(wish.skill);
    const say = skill && resolver.say(wish, skill);
    return who && skill && say ? [{ who, skill, say, at: wish.at }] : [];
  });
}

class Resolver {
  readonly #known: Known;
  readonly #findings: TableFindings;
  readonly #rows = new Map<Who, Somebody | undefined>();

  constructor(known: Known, findings: TableFindings) {
    this.#known = known;
    this.#findings = findings;
  }

  /** Once for each row, however many cells it has. */
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
    const { people } = this.#known;
    const found = people.find(text, form);
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
    const near = this.#known.people.nearest(text);
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
    const { people, takeNew } = this.#known;
    if (!one.known && !takeNew) {
      this.#unknown(one.key, at);
      return undefined;
    }
    if (people.isReleased(one.key)) {
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

  skill(wished: Wish['skill']): Skill | undefined {
    const { skills, takeNew } = this.#known;
    const found = skills.find(wished);
    const [only, ...others] = found;
    if (only && others.length === 0) return only;
    const { text, kind, form, at } = wished;
    if (only) {
      const all = found.map((one) => `the ${one.kind} \`${one.name}\``).sort(byCodeUnit);
      this.#findings.add('table-skill-ambiguous', at, {
        message: `\`${text}\` can be ${all.join(' or ')}.`,
        hint: 'Say which in a column `kind`, or in the header as `language: Spanish`.',
      });
      return undefined;
    }
    if (takeNew && form === 'name') return { kind: kind ?? 'skill', name: text };
    const near = form === 'name' ? skills.nearest(text, kind) : undefined;
    const otherwise =
      form === 'name'
        ? 'Correct the name, or take it in as a new one with --new.'
        : 'Correct the id, or pin it under `skills` of a roster.';
    this.#findings.add('table-skill-unknown', at, {
      message: `No ${kind ?? 'skill'} is known ${form === 'id' ? 'by the id' : 'as'} \`${text}\`.`,
      hint: near === undefined ? otherwise : `Did you mean \`${near}\`? ${otherwise}`,
    });
    return undefined;
  }

  say({ say, at }: Wish, { kind, name }: Skill): Statement['say'] | undefined {
    switch (say.is) {
      case 'remove':
        return say;
      case 'absent':
        return { is: 'said', said: { proficiency: ABSENT, ...say.window } };
      case 'set': {
        const proficiency = this.#value(say.value, at, { kind, name });
        return proficiency === undefined
          ? undefined
          : { is: 'said', said: { proficiency, ...say.window } };
      }
    }
  }

  /** A level by its name; a number as the level it is, where just one has it. */
  #value(value: Written, at: At, { kind, name }: Skill): Written | undefined {
    const { org } = this.#known;
    const level = typeof value === 'string' ? levelNamed(org, value) : undefined;
    if (typeof value === 'string' && level === undefined) {
      this.#findings.add('table-level-unknown', at, {
        message: `\`${org.name}\` has no level \`${value}\`.`,
        hint: didYouMean(value, [...Object.keys(org.levels), ABSENT], this.#understood()),
      });
      return undefined;
    }
    const number = level === undefined ? Number(value) : Number(org.levels[level]);
    const scale = SCALES[org.platform][kind];
    if (scale === undefined) {
      this.#findings.add('table-skill-unknown', at, {
        message: `The platform of \`${org.name}\` has no languages, so \`${name}\` is none.`,
        hint: 'Write it as a skill.',
      });
      return undefined;
    }
    const wanted = offScale(scale, number);
    if (wanted === undefined) return level ?? levelOf(org, number) ?? number;
    this.#findings.add('table-off-scale', at, {
      message: `${level ?? number} is not on the scale of \`${org.name}\`: it must be ${wanted}.`,
      hint: this.#understood(),
    });
    return undefined;
  }

  #understood(): string {
    const levels = Object.keys(this.#known.org.levels);
    const words = levels.length > 0 ? `, a level (${listed(levels)})` : '';
    return `Write a number of the scale${words} or \`absent\`; leave a cell of a matrix empty to say nothing.`;
  }
}
