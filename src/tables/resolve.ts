/** Wishes -> statements: whom, which skill and which value each means. What cannot be told is a finding, all at once. */

import { ABSENT } from '../desired/roster.ts';
import { didYouMean, listed } from '../desired/suggest.ts';
import { byCodeUnit } from '../model/assignment.ts';
import type { Org } from '../model/config.ts';
import { offScale, SCALES } from '../model/platform.ts';
import type { Said } from '../model/table.ts';
import type { TableFindings } from './codes.ts';
import type { At } from './grid.ts';
import { Identifier } from './identify.ts';
import { levelNamed, levelOf } from './levels.ts';
import type { People, Somebody } from './people.ts';
import type { Skill, Skills } from './skills.ts';
import type { Written } from './values.ts';
import type { Wish } from './wishes.ts';

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
  const identifier = new Identifier(known.people, known.takeNew, findings);
  const resolver = new Resolver(known, findings);
  return wishes.flatMap((wish) => {
    const who = identifier.who(wish.who);
    const skill = resolver.skill(wish);
    const say = skill && resolver.say(wish, skill);
    return who && skill && say ? [{ who, skill, say, at: wish.at }] : [];
  });
}

class Resolver {
  readonly #known: Known;
  readonly #findings: TableFindings;

  constructor(known: Known, findings: TableFindings) {
    this.#known = known;
    this.#findings = findings;
  }

  /** Undefined where it is a finding, and where nobody has what is to be removed. */
  skill({ skill: wished, say }: Wish): Skill | undefined {
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
    } else if (say.is === 'remove') this.#needless(wished, say.quietly);
    else if (takeNew && form === 'name') return { kind: kind ?? 'skill', name: text };
    else this.#unknown(wished);
    return undefined;
  }

  #needless({ text, at, kind }: Wish['skill'], quietly: boolean): void {
    if (quietly) return;
    const near = this.#known.skills.nearest(text, kind);
    this.#findings.add('table-nothing-to-remove', at, {
      severity: 'warning',
      message: `No file names \`${text}\`, so there is nothing to remove.`,
      hint: near === undefined ? 'Nothing is to be done.' : `Did you mean \`${near}\`?`,
    });
  }

  #unknown({ text, kind, form, at }: Wish['skill']): void {
    const near = form === 'name' ? this.#known.skills.nearest(text, kind) : undefined;
    const otherwise =
      form === 'name'
        ? 'Correct the name, or take it in as a new one with --new.'
        : 'Correct the id, or pin it under `skills` of a roster.';
    this.#findings.add('table-skill-unknown', at, {
      message: `No ${kind ?? 'skill'} is known ${form === 'id' ? 'by the id' : 'as'} \`${text}\`.`,
      hint: near === undefined ? otherwise : `Did you mean \`${near}\`? ${otherwise}`,
    });
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
