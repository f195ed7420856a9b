/** Which skill or language a cell means: by the names the rosters use, what they pin, and the platform's catalogue. */

import type { Roster } from '../desired/roster.ts';
import { nearest } from '../desired/suggest.ts';
import { KINDS, type Kind } from '../model/assignment.ts';
import type { CatalogueItem } from '../model/live.ts';
import { even, folded } from './text.ts';

export interface Skill {
  readonly kind: Kind;
  /** As the rosters write it, or would. */
  readonly name: string;
}

export interface SkillNaming {
  readonly text: string;
  readonly form: 'name' | 'id';
  /** Undefined: either will do. */
  readonly kind: Kind | undefined;
}

export class Skills {
  readonly #listed = new Set<string>();
  readonly #even = new Map<string, Map<string, Skill>>();
  readonly #folded = new Map<string, Map<string, Skill>>();
  readonly #byId = new Map<string, Map<string, Skill>>();

  constructor(org: string, rosters: readonly Roster[], catalogue: readonly CatalogueItem[] = []) {
    const used = usedNames(rosters);
    for (const kind of KINDS)
      for (const name of used[kind]) {
        this.#listed.add(idOf({ kind, name }));
        this.#name({ kind, name }, name);
      }
    const pins = new Map<string, string>();
    for (const { name, id: only, ids } of rosters.flatMap((roster) => roster.skills)) {
      const id = ids.get(org) ?? only;
      const kind: Kind = used.language.has(name) && !used.skill.has(name) ? 'language' : 'skill';
      this.#listed.add(idOf({ kind, name }));
      this.#name({ kind, name }, name);
      if (id === undefined) continue;
      pins.set(id, name);
      enter(this.#byId, id, { kind, name });
    }
    for (const { kind, id, name: platforms } of catalogue) {
      const name = pins.get(id) ?? platforms;
      enter(this.#byId, id, { kind, name });
      this.#name({ kind, name }, platforms);
    }
  }

  /** Whether a roster names it. */
  isListed(skill: Skill): boolean {
    return this.#listed.has(idOf(skill));
  }

  /** Every one it can mean. */
  find({ text, form, kind }: SkillNaming): readonly Skill[] {
    const among = (found: ReadonlyMap<string, Skill> | undefined) =>
      [...(found?.values() ?? [])].filter((skill) => kind === undefined || skill.kind === kind);
    if (form === 'id') return among(this.#byId.get(text));
    const exact = among(this.#even.get(even(text)));
    return exact.length > 0 ? exact : among(this.#folded.get(folded(text)));
  }

  nearest(text: string, kind: Kind | undefined): string | undefined {
    const all = [...this.#even.values()].flatMap((found) => [...found.values()]);
    const names = all.filter((skill) => kind === undefined || skill.kind === kind);
    return nearest(
      text,
      names.map(({ name }) => name),
    );
  }

  #name(skill: Skill, by: string): void {
    enter(this.#even, even(by), skill);
    enter(this.#folded, folded(by), skill);
  }
}

function usedNames(rosters: readonly Roster[]): { readonly [K in Kind]: ReadonlySet<string> } {
  const owners = rosters.flatMap(({ profiles, teams, users }) => [...profiles, ...teams, ...users]);
  const of = (kind: Kind) => new Set(owners.flatMap(({ entries }) => [...entries[kind].keys()]));
  return { skill: of('skill'), language: of('language') };
}

function enter(index: Map<string, Map<string, Skill>>, key: string, skill: Skill): void {
  const same = index.get(key) ?? new Map<string, Skill>();
  index.set(key, same.set(idOf(skill), skill));
}

function idOf({ kind, name }: Skill): string {
  return JSON.stringify([kind, name]);
}
