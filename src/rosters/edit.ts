/**
 * Edits of roster files as text. Comments, order, quoting and blank lines of whatever is not edited are kept byte for
 * byte, and a change of one person never changes another: every changed text is read again and compared with what the
 * edits ask for. What cannot be done so is left as it is, and told.
 */

import { ABSENT, userKey } from '../desired/roster.ts';
import { byCodeUnit, canonical, type Kind } from '../model/assignment.ts';
import type { Day } from '../model/day.ts';
import type { Finding } from '../model/finding.ts';
import { type EditCode, editFinding } from './codes.ts';
import { asPlain, type Job, rewrite, type Step } from './rewrite.ts';
import { locate, openRoster, type UserEntry, type Whereabouts } from './whereabouts.ts';
import { NEW_ROSTER, type Tree } from './write.ts';

/** A roster's text, with the byte order mark and the line ends it has; `path` is relative to the folder of muster.yaml. */
export interface RosterFile {
  readonly path: string;
  readonly text: string;
}

interface WindowedEntry {
  /** A number, a level, or `absent`. */
  readonly proficiency: number | string;
  readonly from?: Day;
  readonly until?: Day;
  /** Afterwards the skill is taken away, whatever the user had before. */
  readonly thenAbsent?: boolean;
  readonly reason?: string;
}

type Term = number | string | WindowedEntry;
type Entry = Term | readonly Term[];

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
  /** Where a user goes who has no entry in any file; left out: where a team lists him. It is made if it is not there. */
  readonly file?: string;
}

export interface Edited {
  /** Changed and new files, in the order of their paths; the others are left out. */
  readonly changed: readonly RosterFile[];
  /** Errors: what could not be done. The rest is done all the same. */
  readonly findings: readonly Finding[];
}

/** `org`: users' entries and teams that are for other orgs alone are left out of account. */
export function editRosters(
  files: readonly RosterFile[],
  edits: readonly Edit[],
  org?: string,
): Edited {
  const rosters = new Map(files.map((file) => [file.path, openRoster(file)]));
  const plan = new EditPlan(locate([...rosters.values()], org));
  for (const edit of lastOfEach(edits)) plan.take(edit);
  const changed: RosterFile[] = [];
  const findings = [...rosters.values()].flatMap((roster) => roster.findings);
  findings.push(...plan.findings);
  for (const [path, jobs] of [...plan.files].sort(([a], [b]) => byCodeUnit(a, b))) {
    const roster = rosters.get(path) ?? openRoster({ path, text: NEW_ROSTER });
    const ready = [...jobs.values()].map((job) => ({ ...job, steps: inTurn(job.steps) }));
    const { text, refused } = rewrite(roster.text, ready);
    findings.push(
      ...refused.map(({ written, place }) => editFinding('edit-refused', written, place)),
    );
    if (text !== roster.text) changed.push({ path, text: roster.mark + text });
  }
  return { changed, findings };
}

/** Of several edits of one thing the last one counts. */
function lastOfEach(edits: readonly Edit[]): Iterable<Edit> {
  const last = new Map<string, Edit>();
  for (const edit of edits)
    last.set(JSON.stringify([userKey(edit.user), edit.kind, edit.skill]), edit);
  return last.values();
}

interface PlacedJob extends Job {
  readonly steps: Step[];
  readonly place: Finding['place'];
}

const SECTIONS = { skill: 'skills', language: 'languages' } as const;

/** The edits as jobs, by file and by the key as that file writes it. */
class EditPlan {
  readonly files = new Map<string, Map<string, PlacedJob>>();
  readonly findings: Finding[] = [];
  readonly #whereabouts: Whereabouts;
  readonly #told = new Set<string>();

  constructor(whereabouts: Whereabouts) {
    this.#whereabouts = whereabouts;
  }

  take(edit: Edit): void {
    const { skill, entry } = edit;
    const step: Step = { section: SECTIONS[edit.kind], skill, tree: entry && treeOf(entry) };
    const key = userKey(edit.user);
    const entries = this.#whereabouts.entries.get(key) ?? [];
    const released = entries.find((each) => each.released);
    if (released) this.#tell('edit-released', edit, released.place);
    else if (entries.length > 0) for (const each of placesOf(entries, step)) this.#add(each, step);
    else if (step.tree !== undefined) this.#addNew(edit, step);
  }

  #add({ file, written, place }: UserEntry, step: Step): void {
    this.#job(file, { written, place, steps: [] }, step);
  }

  #addNew(edit: Edit, step: Step): void {
    const { name, user: written } = edit;
    const file = edit.file ?? this.#whereabouts.memberIn.get(userKey(written));
    if (file === undefined) {
      this.#tell('edit-nowhere', edit, undefined);
      return;
    }
    const fresh = name === undefined ? {} : { name };
    this.#job(file, { written: written.trim(), place: undefined, fresh, steps: [] }, step);
  }

  #job(file: string, empty: PlacedJob, step: Step): void {
    const jobs = this.files.get(file) ?? new Map<string, PlacedJob>();
    const job = jobs.get(empty.written) ?? empty;
    job.steps.push(step);
    this.files.set(file, jobs.set(job.written, job));
  }

  /** Once for each user, however many edits it concerns. */
  #tell(code: EditCode, { user }: Edit, place: Finding['place']): void {
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

/** The entries a step changes: those that name the skill otherwise; when none names it, the likeliest. */
function placesOf(entries: readonly UserEntry[], { section, skill, tree }: Step): UserEntry[] {
  const naming = entries.filter((entry) => entry.says(section, skill) !== undefined);
  if (naming.length > 0 || tree === undefined) {
    const wanted = tree === undefined ? undefined : canonical(asPlain(tree));
    return naming.filter((entry) => entry.says(section, skill) !== wanted);
  }
  const likeliest = entries.find((entry) => entry.has(section)) ?? entries[0];
  return likeliest ? [likeliest] : [];
}

function treeOf(entry: Entry): Tree {
  if (typeof entry !== 'object') return entry;
  if (isList(entry)) return entry.map(treeOf);
  const fields = [
    ['proficiency', entry.proficiency],
    ['from', entry.from],
    ['until', entry.until],
    ['then', entry.thenAbsent ? ABSENT : undefined],
    ['reason', entry.reason],
  ] as const;
  return new Map(fields.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

function isList(entry: Entry): entry is readonly Term[] {
  return Array.isArray(entry);
}
