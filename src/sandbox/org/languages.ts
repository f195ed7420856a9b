/** Routing languages for a generated org, from its seed: who has a skill named like a language speaks it, and some speak more. */
import { CULTURES } from './cultures.ts';
import type { Org, OrgAssignment, OrgSkill, OrgUser } from './org.ts';
import { mix, randomStream, stableId } from './random.ts';

const LANGUAGE_IDS = 5;
const SPEAKERS = 6;
/** The first of them are skills as well. Order is part of the seed's promise: never edit a line. */
const NAMES = [...CULTURES.map(({ language }) => language), 'Catalan', 'Ukrainian', 'Welsh'];
/** Of a hundred, how many points one of the five steps of fluency is. */
const STEP = 20;

export function withLanguages(org: Org, seed: number): Org {
  const languages = NAMES.map((name, n): OrgSkill => {
    return { kind: 'language', id: stableId(mix(seed, LANGUAGE_IDS), n), name };
  });
  const bySkill = new Map(
    org.skills.map(({ id, name }) => [id, languages.find((language) => language.name === name)]),
  );
  const users = org.users.map((user, n): OrgUser => {
    const random = randomStream(mix(mix(seed, SPEAKERS), n));
    const spoken = user.assignments.flatMap(({ id }) => bySkill.get(id) ?? []);
    const more = languages[Math.floor(random() * languages.length)];
    if (more !== undefined && random() < 0.25 && !spoken.includes(more)) spoken.push(more);
    const fluent = spoken.map(({ id }): OrgAssignment => {
      return { kind: 'language', id, value: (1 + Math.floor(Math.sqrt(random()) * 5)) * STEP };
    });
    return { ...user, assignments: [...user.assignments, ...fluent] };
  });
  return { ...org, skills: [...org.skills, ...languages], users };
}
