/** Generates an org from a seed: user n is the same however many follow, on every machine and forever. */

import { FOCUS_FACTOR, FOCUSES, SKILLS } from './catalogue.ts';
import { CULTURES, type Culture, slug } from './cultures.ts';
import type { Org, OrgAssignment, OrgSkill, OrgUser } from './org.ts';
import { mix, randomStream, stableId } from './random.ts';

const ORG = 1;
const SKILL_IDS = 2;
const USER_IDS = 3;
const USERS = 4;

/** With so many users in a block, a team of 4 regions and 6 focuses has some 20 members. */
const BLOCK = 480;
const MOST_SKILLS = 15;
const LEAST_SKILLS = 4;

type Random = () => number;

export interface OrgRecipe {
  /** A whole number; only its lower 32 bits count. */
  readonly seed: number;
  readonly users: number;
}

export function generateOrg(recipe: OrgRecipe): Org {
  const { seed } = recipe;
  const skills = SKILLS.map(([name], n): OrgSkill => {
    return { kind: 'skill', id: stableId(mix(seed, SKILL_IDS), n), name };
  });
  const draw = skillDrawer(skills);
  const email = addresses();
  const users: OrgUser[] = [];
  for (let n = 0; n < recipe.users; n++) {
    const random = randomStream(mix(mix(seed, USERS), n));
    const culture = pick(CULTURES, random);
    const first = pick(culture.first, random);
    const last = pick((random() < 0.1 ? pick(CULTURES, random) : culture).last, random);
    const focus = Math.floor(random() * FOCUSES.length);
    users.push({
      id: stableId(mix(seed, USER_IDS), n),
      email: email(first, last),
      name: `${first} ${last}`,
      team: team(pick(culture.regions, random), focus, Math.floor(n / BLOCK)),
      assignments: draw(culture, focus, random),
    });
  }
  return { id: stableId(mix(seed, ORG), 0), skills, users };
}

function pick<T>(from: readonly T[], random: Random): T {
  return from[Math.floor(random() * from.length)] as T;
}

function team(region: string, focus: number, block: number): string {
  const name = `${region}-${FOCUSES[focus]?.[0]}`;
  return block === 0 ? name : `${name}-${block + 1}`;
}

/** `first.last@example.com`; the second of a name gets a 2, and so on. */
function addresses(): (first: string, last: string) => string {
  const taken = new Map<string, number>();
  const slugs = new Map(
    CULTURES.flatMap(({ first, last }) => [...first, ...last]).map((name) => [name, slug(name)]),
  );
  return (first, last) => {
    const local = `${slugs.get(first)}.${slugs.get(last)}`;
    const count = (taken.get(local) ?? 0) + 1;
    taken.set(local, count);
    return [local, count === 1 ? '' : count, '@example.com'].join('');
  };
}

type DrawSkills = (culture: Culture, focus: number, random: Random) => OrgAssignment[];

function skillDrawer(skills: readonly OrgSkill[]): DrawSkills {
  const index = new Map(skills.map((skill, n) => [skill.name, n]));
  const wheels = FOCUSES.map(([, names]) => wheel(names));
  const assignment = sharedAssignments(skills);
  return (culture, focus, random) => {
    const count = LEAST_SKILLS + Math.floor(random() * random() * (MOST_SKILLS - LEAST_SKILLS + 1));
    const language = random() < 0.7 ? index.get(culture.language) : undefined;
    const chosen = language === undefined ? [] : [language];
    while (chosen.length < count) {
      const next = spin(wheels[focus] ?? [], random);
      if (!chosen.includes(next)) chosen.push(next);
    }
    return chosen.map((skill) => assignment(skill, proficiency(random)));
  };
}

/** Running totals of the skills' weights, those of a team's focus weighing more. */
function wheel(focus: readonly string[]): readonly number[] {
  let total = 0;
  return SKILLS.map(([name, weight]) => {
    total += focus.includes(name) ? weight * FOCUS_FACTOR : weight;
    return total;
  });
}

function spin(totals: readonly number[], random: Random): number {
  const at = random() * (totals[totals.length - 1] ?? 0);
  return totals.findIndex((total) => at < total);
}

/** Most people are good at what they do, and most who rate them think in steps of five. */
function proficiency(random: Random): number {
  const best = Math.max(random(), random());
  return random() < 0.85 ? Math.round(best * 20) * 5 : Math.round(best * 100);
}

/** One object for each skill and proficiency, however many hold it: a hundred thousand users fit in little memory. */
function sharedAssignments(
  skills: readonly OrgSkill[],
): (n: number, value: number) => OrgAssignment {
  const table = skills.map(({ kind, id }) =>
    Array.from({ length: 101 }, (_, value): OrgAssignment => ({ kind, id, value })),
  );
  return (n, value) => table[n]?.[value] as OrgAssignment;
}
