/**
 * Lives a chronicle, with books of its own beside muster's. Throws at the first step that breaks a law, with the story
 * so far.
 */
import { canonical, keyed, type Value } from '../../src/model/assignment.ts';
import { addDays } from '../../src/model/day.ts';
import type { DesiredState, DesiredUser } from '../../src/model/desired.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Result } from '../../src/model/result.ts';
import { createMemory } from '../../src/providers/memory/index.ts';
import type { MemoryUser } from '../../src/providers/memory/world.ts';
import { type Due, dueAt, standing } from './beliefs.ts';
import { Chronicle, desiredOf, type Planned } from './chronicle.ts';
import { Claims } from './claims.ts';
import {
  CATALOGUE,
  email,
  type Files,
  PEOPLE,
  type Step,
  tell,
  textsOf,
  type Who,
} from './steps.ts';

type Apply = Extract<Step, { do: 'apply' }>;
type Results = readonly { readonly userId: string; readonly outcome: string }[];

const isWho = (id: string): id is Who => PEOPLE.some((one) => one === id);

export class Life {
  readonly #platform = createMemory({
    users: [...PEOPLE, 'dee'].map((one) => ({
      person: { id: one, email: `${one}@example.com`, active: true },
      assignments: { skill: keyed<Value>([['f', 7]]), language: keyed<Value>() },
    })),
    catalogue: Object.entries(CATALOGUE).map(([id, name]) => ({ kind: 'skill', id, name })),
    fault: (id) => (isWho(id) ? this.#faults[id] : undefined),
  });
  readonly #story = new Chronicle(this.#platform);
  readonly #committed: Files[] = [];
  readonly #claims = new Claims();
  readonly #emails = new Map<Who, 0 | 1>(PEOPLE.map((one) => [one, 0]));
  readonly #told: string[] = [];
  #faults: Apply['faults'] = {};

  constructor() {
    const { world } = this.#platform;
    const replace = world.replace.bind(world);
    world.replace = (id, list) => {
      this.#watch(id, list.skill);
      replace(id, list);
    };
  }

  /**
   * Law: no wipe. What no commit named for somebody, and none owned, is never touched; and nothing is taken away that
   * the files do not say is absent and muster cannot have given.
   */
  #watch(id: string, after: Readonly<Record<string, Value>>): void {
    const before = this.#listOf(id);
    for (const skill of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const wrong = this.#claims.change(`${id} ${skill}`, before[skill], after[skill]);
      if (wrong !== undefined) this.#broken('no wipe', wrong);
    }
  }

  async live(step: Step): Promise<void> {
    this.#told.push(tell(step));
    switch (step.do) {
      case 'commit':
        return this.#commit(step.files);
      case 'revert':
        return this.#commit(this.#committed.at(-1 - step.back) ?? this.#committed[0]);
      case 'apply':
        return this.#apply(step);
      case 'by hand':
        return this.#platform.world.set(step.who, 'skill', { id: step.id, value: step.value });
      case 'trouble':
        return this.#change(step.who, {
          person: { ...this.#personOf(step.who).person, active: step.is !== 'inactive' },
          ...(step.is === 'unreadable' ? { unreadable: 'It is so.' } : {}),
        });
      case 'new email':
        return this.#mail(step.who, this.#emails.get(step.who) === 0 ? 1 : 0);
      case 'days':
        this.#story.day = addDays(this.#story.day, step.pass);
    }
  }

  /** Laws: convergence, and removals are never forgotten. The trouble stops, and everything is applied once. */
  async end(): Promise<void> {
    const last = this.#committed.at(-1);
    if (last === undefined) return;
    this.#told.push('the trouble stops');
    for (const one of PEOPLE) {
      await this.live({ do: 'trouble', who: one, is: 'fine' });
      if (last.people[one].is !== 'out') this.#mail(one, last.people[one].key);
    }
    if ((await this.#story.plan(null)) === undefined) {
      await this.#commit({ ...last, pin: last.pin === 'a' ? 'a2' : 'a' });
    }
    await this.live({ do: 'apply', scope: null, faults: {} });
    const again = await this.#story.plan(null);
    const { users, held } = again?.plan ?? { users: undefined, held: [] };
    if (canonical(users) !== '{}' || held.length > 0) {
      this.#broken('convergence', `a second plan has ${canonical(users)} and holds ${held.length}`);
    }
    await this.#expectNothingForgotten();
  }

  /** What was given, and is no longer named, is gone. */
  async #expectNothingForgotten(): Promise<void> {
    const desired = await this.#desired();
    for (const pair of this.#claims.given()) {
      const [one = '', skill = ''] = pair.split(' ');
      const user = desired.get(this.#emailOf(one));
      const said = user && [...user.wants.skill.keys()].map((name) => this.#idOf(name));
      if (user?.released || said?.includes(skill)) continue;
      if (this.#listOf(one)[skill] !== undefined) {
        this.#broken('removals are never forgotten', `${one} still has ${skill}`);
      }
    }
  }

  async #commit(files: Files | undefined): Promise<void> {
    if (files === undefined) return;
    const texts = textsOf(files);
    if ((await desiredOf(texts, this.#story.day)) === undefined) {
      this.#told.push('(which is in error, and is not committed)');
      return;
    }
    this.#committed.push(files);
    this.#story.commit(texts);
    this.#claims.commit(files);
  }

  async #apply({ scope, faults, cut }: Apply): Promise<void> {
    if (this.#committed.length === 0) return;
    const planned = await this.#story.plan(scope);
    if (planned === undefined) return void this.#told.push('(which findings stand in the way of)');
    const before = new Map(PEOPLE.map((one) => [one, canonical(this.#listOf(one))]));
    this.#faults = faults;
    const result = await this.#story.apply(planned, cut);
    this.#faults = {};
    this.#doubt(planned, result);
    if (result === undefined) return;
    for (const { userId, outcome } of result.users) this.#told.push(`  ${userId}: ${outcome}`);
    this.#expectAsPlanned(planned, before, result.users);
    await this.#expectVerified(planned, result.users);
    const clean = cut === undefined && Object.keys(faults).length === 0;
    if (!clean || scope?.at === 'base') return;
    this.#expectNothingAgain(planned, await this.#story.plan(scope));
  }

  #doubt({ plan }: Planned, result: Result | undefined): void {
    for (const { userId, named } of Object.values(plan.users)) {
      const outcome = result?.users.find((user) => user.userId === userId)?.outcome;
      if (result !== undefined && outcome !== 'in-doubt') continue;
      for (const id of named.skill) this.#claims.doubt(`${userId} ${id}`);
    }
  }

  /** Law: idempotence. Of some causes alone the rest may get another cause, so only what was done is not done again. */
  #expectNothingAgain({ plan }: Planned, again: Planned | undefined): void {
    for (const [one, { changes }] of Object.entries(again?.plan.users ?? {})) {
      const done = plan.users[one]?.changes.map(({ id }) => id) ?? [];
      const undone = changes.filter(({ id }) => !plan.scope?.causes || done.includes(id));
      if (undone.length > 0) this.#broken('idempotence', `again: ${one} ${canonical(undone)}`);
    }
  }

  /** Law: plan = apply. Whoever is applied has exactly what the plan says, and nobody else is touched. */
  #expectAsPlanned({ plan }: Planned, before: ReadonlyMap<Who, string>, results: Results): void {
    for (const one of PEOPLE) {
      const outcome = results.find(({ userId }) => userId === one)?.outcome;
      const has = canonical(this.#listOf(one));
      const planned = canonical(plan.users[one]?.after.skill);
      const expected =
        outcome === 'applied' || outcome === 'unchanged' ? [planned] : [before.get(one)];
      if (outcome === 'in-doubt') expected.push(planned);
      if (!expected.includes(has)) this.#broken('plan = apply', `${one} has ${has}`);
    }
  }

  /** What the ledger says is verified now is so; only then is what was given taken for gone. */
  async #expectVerified({ plan }: Planned, results: Results): Promise<void> {
    const ledger = await this.#story.ledger();
    if (ledger === undefined) return;
    for (const one of PEOPLE.filter((each) => isLooked(each, plan, results))) {
      const stands = standing(ledger, { one, mail: this.#emailOf(one), scope: plan.scope });
      if (stands.point?.day !== this.#story.day) continue;
      const { commit, day } = stands.point;
      const desired = await desiredOf(this.#story.commits.get(commit) ?? new Map(), day);
      const today = commit === this.#story.head;
      const dueOf = desired && dueAt(desired, { one, key: stands.key, today });
      if (dueOf !== undefined) this.#expectAt(one, dueOf);
      if (desired !== undefined && today) this.#doubtOtherKey(one, desired);
    }
  }

  /** The files may come to say that the key he does not go by was his: then what it had is. */
  #doubtOtherKey(one: Who, desired: DesiredState): void {
    const key = email(one, this.#emails.get(one) === 0 ? 1 : 0);
    const dueOf = dueAt(desired, { one, key, today: true });
    for (const skill of Object.keys(CATALOGUE)) {
      if (typeof dueOf?.(skill) === 'number') this.#claims.doubt(`${one} ${skill}`);
    }
  }

  #expectAt(one: Who, dueOf: (skill: string) => Due): void {
    for (const skill of Object.keys(CATALOGUE)) {
      const value = this.#listOf(one)[skill];
      const pair = `${one} ${skill}`;
      const due = dueOf(skill);
      if (typeof due === 'number' && value !== due) {
        this.#broken('truth', `${pair} is ${canonical(value)}`);
      }
      const must = due === 'none' || (due === 'nothing given' && this.#claims.isGiven(pair));
      if (must && value !== undefined) {
        this.#broken('truth', `${pair} is taken for gone, and is ${canonical(value)}`);
      }
      this.#claims.verified(pair, typeof due === 'number');
    }
  }

  async #desired(): Promise<ReadonlyMap<string, DesiredUser>> {
    const files = this.#story.commits.get(this.#story.head);
    const desired = files && (await desiredOf(files, this.#story.day));
    return desired?.users ?? new Map();
  }

  #idOf(name: string): string {
    return name === 'A' ? (this.#committed.at(-1)?.pin ?? 'a') : name.toLowerCase();
  }

  #listOf(id: string): Readonly<Record<string, Value>> {
    return this.#platform.world.listOf(id).skill;
  }

  #personOf(one: Who): MemoryUser {
    const user = this.#platform.world.people.get(one);
    if (user === undefined) throw new Error(`There is no ${one}.`);
    return user;
  }

  #change(one: Who, user: MemoryUser): void {
    (this.#platform.world.people as Map<string, MemoryUser>).set(one, user);
  }

  #mail(one: Who, nth: 0 | 1): void {
    this.#emails.set(one, nth);
    const user = this.#personOf(one);
    this.#change(one, { ...user, person: { ...user.person, email: email(one, nth) } });
  }

  #emailOf(one: string): string {
    return isWho(one) ? email(one, this.#emails.get(one) ?? 0) : `${one}@example.com`;
  }

  #broken(law: string, how: string): never {
    throw new Error(`${law}: ${how}\n  ${this.#told.join('\n  ')}\n`);
  }
}

/** Whether the run verified him, as far as it says. */
function isLooked(one: Who, { settles }: Plan, results: Results): boolean {
  const { reach, verified, left } = settles;
  if (left[one] !== undefined) return false;
  const outcome = results.find(({ userId }) => userId === one)?.outcome;
  if (outcome === undefined) return reach === 'whole' || verified[one] !== undefined;
  return outcome === 'applied' || outcome === 'unchanged';
}
