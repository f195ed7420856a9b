/**
 * Edits of roster files as text. Comments, order, quoting and blank lines of whatever is not edited are kept byte for
 * byte, and a change of one person never changes another: every changed text is read again and compared with what the
 * edits ask for. What cannot be done so is left as it is, and told.
 */

import { userKey } from '../desired/roster.ts';
import { canonical, type Kind } from '../model/assignment.ts';
import type { Day } from '../model/day.ts';
import type { Finding, Place } from '../model/finding.ts';
import { carryOut, type PlacedJob } from './carry-out.ts';
import { type EditCode, editFinding } from './codes.ts';
import { type Entry, treeOf, withPending } from './entry.ts';
import type { Edited, RosterFile } from './file.ts';
import { asPlain, type Step } from './rewrite.ts';
import { locate, openRoster, type UserEntry, type Whereabouts } from './whereabouts.ts';
import type { Tree } from './write.ts';

export type { Edited, RosterFile } from './file.ts';

/** What somebody's own entry shall say of one skill or language. */
export interface Edit {
  /** In any spelling of the key the files may have. */
  readonly user: string;
  /** Written where the user is new in the files. */
  readonly name?: string;
  readonly kind: Kind;
  readonly skill: string;
  /** Undefined: the line is taken out. */
  readonly entry: Entry | undefined;
  /** Windows of the entry at hand that begin after this day stay beside the new value. */
  readonly keepAfter?: Day;
  /** Where a user goes who has no entry in any file; left out: where a team lists him. It is made if it is not there. */
  readonly file?: string;
}

/** `org`: users' entries and teams that are for other orgs alone are left out of account. */
export function editRosters(
  files: readonly RosterFile[],
  edits: readonly Edit[],
  org?: string,
): Edited {
  const rosters = new Map(files.map((file) => [file.path, openRoster(file)]));
  const jobs = new EditJobs(locate([...rosters.values()], org));
  for (const edit of lastOfEach(edits)) jobs.take(edit);
  const { changed, findings } = carryOut(rosters, jobs.all());
  const unreadable = [...rosters.values()].flatMap((roster) => roster.findings);
  return { changed, findings: [...unreadable, ...jobs.findings, ...findings] };
}

/** Of several edits of one thing the last one counts. */
function lastOfEach(edits: readonly Edit[]): Iterable<Edit> {
  const last = new Map<string, Edit>();
  for (const edit of edits)
    last.set(JSON.stringify([userKey(edit.user), edit.kind, edit.skill]), edit);
  return last.values();
}

const SECTIONS = { skill: 'skills', language: 'languages' } as const;

/** Everything that becomes of one user in one file. */
interface Draft {
  readonly file: string;
  readonly key: string;
  readonly steps: Step[];
  /** Where the entry stands; undefined for a new one. */
  readonly place: Place | undefined;
  readonly name: string | undefined;
}

/** The edits as jobs, by file and by the key as that file writes it. */
class EditJobs {
  readonly findings: Finding[] = [];
  readonly #drafts = new Map<string, Draft>();
  readonly #whereabouts: Whereabouts;
  readonly #told = new Set<string>();

  constructor(whereabouts: Whereabouts) {
    this.#whereabouts = whereabouts;
  }

  take(edit: Edit): void {
    const entries = this.#whereabouts.entries.get(userKey(edit.user)) ?? [];
    const released = entries.find((each) => each.released);
    if (released) this.#tell('edit-released', edit, released.place);
    else if (entries.length === 0) this.#add(edit);
    else for (const each of placesOf(entries, edit)) this.#change(each, edit);
  }

  all(): PlacedJob[] {
    return [...this.#drafts.values()].map(({ file, key, steps, place, name }) => {
      const to = place ? { steps: inTurn(steps) } : { tree: newUser(name, steps), blocks: 2 };
      return { file, section: 'users', key, place, to };
    });
  }

  #change(entry: UserEntry, edit: Edit): void {
    const { file, written: key, place } = entry;
    const says = entry.says(SECTIONS[edit.kind], edit.skill);
    const step = stepOf(edit, says);
    const wanted = step.tree === undefined ? undefined : canonical(asPlain(step.tree));
    if (says === wanted) return;
    this.#draft({ file, key, place, name: undefined, steps: [] }).steps.push(step);
  }

  #add(edit: Edit): void {
    const key = edit.user.trim();
    const file = edit.file ?? this.#whereabouts.memberIn.get(userKey(key));
    if (edit.entry === undefined) return;
    if (file === undefined) this.#tell('edit-nowhere', edit, undefined);
    else {
      const { name } = edit;
      this.#draft({ file, key, place: undefined, name, steps: [] }).steps.push(stepOf(edit));
    }
  }

  #draft(empty: Draft): Draft {
    const id = JSON.stringify([empty.file, empty.key]);
    const draft = this.#drafts.get(id) ?? empty;
    this.#drafts.set(id, draft);
    return draft;
  }

  /** Once for each user, however many edits it concerns. */
  #tell(code: EditCode, { user }: Edit, place: Place | undefined): void {
    const key = userKey(user);
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.findings.push(editFinding(code, key, place));
  }
}

/** What is set before what is taken out: a section that goes on being used keeps its line and its comments. */
function inTurn(steps: readonly Step[]): Step[] {
  const sets = steps.filter(({ tree }) => tree !== undefined);
  return [...sets, ...steps.filter(({ tree }) => tree === undefined)];
}

function newUser(name: string | undefined, steps: readonly Step[]): Tree {
  const user = new Map<string, Tree>(name === undefined ? [] : [['name', name]]);
  for (const { section, skill, tree } of steps) {
    const skills = (user.get(section) ?? new Map()) as Map<string, Tree>;
    user.set(section, skills.set(skill, tree as Tree));
  }
  return user;
}

/** The entries an edit is of: those that name the skill; when none names it, the likeliest. */
function placesOf(entries: readonly UserEntry[], { kind, skill }: Edit): readonly UserEntry[] {
  const section = SECTIONS[kind];
  const naming = entries.filter((entry) => entry.says(section, skill) !== undefined);
  if (naming.length > 0) return naming;
  const likeliest = entries.find((entry) => entry.has(section)) ?? entries[0];
  return likeliest ? [likeliest] : [];
}

function stepOf({ kind, skill, entry, keepAfter: day }: Edit, says?: string): Step {
  const beside = says !== undefined && day !== undefined;
  const whole = beside ? withPending(entry, { written: JSON.parse(says), day }) : entry;
  const tree = whole === undefined ? undefined : treeOf(whole);
  return { section: SECTIONS[kind], skill, tree };
}
