/**
 * The story of a pull: everybody who is live is read, what the files say is compared with it as a plan would compare it,
 * and the files are changed until such a plan is empty. Nothing is written here, neither files nor platform.
 */
import type { Loaded } from '../desired/load.ts';
import type { Config, Org } from '../model/config.ts';
import type { Day } from '../model/day.ts';
import { MusterError } from '../model/error.ts';
import { type Listener, staged } from '../model/event.ts';
import { type Finding, hasErrors } from '../model/finding.ts';
import type { LiveState } from '../model/live.ts';
import type { Provider } from '../model/provider.ts';
import type { Left, Pulled } from '../model/pulled.ts';
import type { FileSource } from '../model/source.ts';
import { type Addition, addEntries } from '../rosters/add.ts';
import { editRosters } from '../rosters/edit.ts';
import { type Compared, compare, read } from './compare.ts';
import { type Circumstances, Proposer } from './edits.ts';
import { plainEntries, profiledEntries } from './entries.ts';
import { Files } from './files.ts';
import { homes } from './homes.ts';
import { everythingLeft } from './left.ts';
import { SkillNames } from './names.ts';
import { newcomersOf } from './newcomers.ts';
import { type Places, placesOf, readByAlone } from './places.ts';
import { readEverybody } from './read.ts';

export interface PullRequest {
  readonly org: Org;
  readonly config: Config;
  /** Today, in the org's time zone. */
  readonly day: Day;
  readonly files: FileSource;
  /** The files as they were read before. */
  readonly loaded?: Loaded;
  /** Told to write nothing: its transport refuses. */
  readonly provider: Provider;
  readonly listener: Listener;
  /** Whether what several new people share becomes a profile. */
  readonly profiles: boolean;
}

/** `pulled` is left undefined where findings stand in the way. */
export interface PullOutcome {
  readonly pulled: Pulled | undefined;
  readonly findings: readonly Finding[];
}

/** Throws MusterError `no-directory`, `no-place`, and what files and provider throw. */
export async function pull(request: PullRequest): Promise<PullOutcome> {
  const { org, config, day, provider } = request;
  const readBy = readByAlone(org, config);
  const places = placesOf(org, readBy);
  if (places === undefined) throw noPlace(org);
  const { loaded: reuse } = request;
  const said = await read(request.files, { org, day, reuse });
  if (hasErrors(said.findings)) return { pulled: undefined, findings: said.findings };
  const live = await staged(request.listener, { phase: 'fetch' }, () =>
    readEverybody(provider, [...said.desired.users.keys()]),
  );
  const before = compare(said, { live, provider, org });
  if (hasErrors(before.findings)) return { pulled: undefined, findings: before.findings };

  const names = new SkillNames(live, before.desired);
  const home = homes(before, { places, readBy });
  const about: Circumstances = { org, day, live, names, readBy, home };
  const { newcomers, left } = newcomersOf(before, about);
  const taken = before.loaded.rosters.get(org.name)?.flatMap(({ profiles }) => profiles) ?? [];
  const shelf = { taken: taken.map(({ name }) => name), file: places.profiles };
  const entries = request.profiles ? profiledEntries(newcomers, shelf) : plainEntries(newcomers);
  const work: Work = { request, live, about, places, files: await Files.of(request.files, readBy) };
  work.files.take(addEntries(work.files.rosters(), entries.additions));
  const settled = await settle(work, before);
  const { after, findings } = settled;
  if (hasErrors(findings)) return { pulled: undefined, findings };

  const pulled: Pulled = {
    files: work.files.changed(),
    left: everythingLeft({ after, live, newcomers, left: [...left, ...settled.left] }),
    people: after.targets.users.filter(({ person }) => live.users.get(person.id)?.list.proven)
      .length,
    profiles: entries.profiles,
    inactive: inactiveIn(live, after),
    ...(live.incomplete && { incomplete: live.incomplete }),
  };
  return { pulled, findings };
}

interface Work {
  readonly request: PullRequest;
  readonly live: LiveState;
  readonly about: Circumstances;
  readonly places: Places;
  readonly files: Files;
}

interface Settled {
  readonly after: Compared;
  readonly findings: readonly Finding[];
  readonly left: readonly Left[];
}

/** Changes what the files say of people they know, and looks whether that came to what is live, until nothing is left to try. */
async function settle(work: Work, before: Compared): Promise<Settled> {
  const { request, live, about, files } = work;
  const { org, day, provider } = request;
  const proposer = new Proposer(about);
  const pinned = new Set<string>();
  for (let now = before; ; ) {
    files.take(addEntries(files.rosters(), pinsFor(work, pinned)));
    const said = await read(files.source(), { org, day, reuse: now.loaded });
    if (hasErrors(said.findings)) return { after: now, findings: said.findings, left: [] };
    now = compare(said, { live, provider, org });
    if (hasErrors(now.findings)) return { after: now, findings: now.findings, left: [] };
    const { edits, left } = proposer.propose(now.targets.users);
    if (edits.length === 0) return { after: now, findings: now.findings, left };
    files.take(editRosters(files.rosters(), edits, org.name));
  }
}

/** Names that the files use by now and have not pinned yet. */
function pinsFor({ about, places }: Work, pinned: Set<string>): Addition[] {
  const fresh = about.names.pins().filter(([name]) => !pinned.has(name));
  return fresh.map(([key, id]) => {
    pinned.add(key);
    return { file: places.skills, section: 'skills', key, tree: new Map([['id', id]]), blocks: 0 };
  });
}

function inactiveIn({ users }: LiveState, { held }: Compared): number {
  const known = new Set(held.map(({ userId }) => userId));
  return [...users.values()].filter(({ person }) => !person.active && !known.has(person.id)).length;
}

function noPlace(org: Org): MusterError {
  return new MusterError('no-place', `\`${org.name}\` has no folder of its own for rosters.`, {
    hint: 'Name one under `rosters` of the org in muster.yaml, such as `rosters/<org>/**/*.yaml`.',
    place: org.place,
  });
}
