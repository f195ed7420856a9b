/** Skill and language names to platform ids: by what the rosters pin, then by the platform's catalogue. Pure. */
import { byCodeUnit, isHeld, type Keyed, KINDS, type Kind, keyed } from '../model/assignment.ts';
import type { CatalogueEntry, DesiredState } from '../model/desired.ts';
import type { Finding, Place } from '../model/finding.ts';
import type { LiveState } from '../model/live.ts';
import type { FindingCode } from './codes.ts';
import { nearestOf, sortedSet } from './nearest.ts';

export interface Names {
  /** undefined for a name that an error is found of; an id that the platform does not have is an error besides. */
  idOf(kind: Kind, name: string): string | undefined;
  /** What to call an id: as the files do, else as the platform does. */
  readonly display: { readonly [K in Kind]: Keyed<string> };
  readonly findings: readonly Finding[];
}

const MOST_PLACES = 10;

/** The places each name is used at, of everybody who is managed. */
function usesOf(desired: DesiredState, kind: Kind): Map<string, Place[]> {
  const uses = new Map<string, Place[]>();
  for (const user of desired.users.values()) {
    if (user.released) continue;
    for (const [name, { source }] of user.wants[kind]) {
      const places = uses.get(name);
      const place = { file: source.file, line: source.line, col: source.col };
      if (!places) uses.set(name, [place]);
      else if (places.length < MOST_PLACES) places.push(place);
    }
  }
  return uses;
}

interface Listed {
  /** Of every kind. */
  readonly known: ReadonlySet<string>;
  readonly ids: ReadonlyMap<string, string>;
  readonly byName: ReadonlyMap<string, readonly string[]>;
}

function listed(live: LiveState, kind: Kind): Listed | undefined {
  if (!live.catalogue) return undefined;
  const items = live.catalogue.filter((item) => item.kind === kind);
  const byName = new Map<string, string[]>();
  for (const { id, name } of items) byName.set(name, [...(byName.get(name) ?? []), id]);
  const known = new Set(live.catalogue.map(({ id }) => id));
  return { known, ids: new Map(items.map(({ id, name }) => [id, name])), byName };
}

type Pin = CatalogueEntry & { readonly id: string };

function pinsOf(desired: DesiredState): Pin[] {
  return [...desired.catalogue.values()].filter((entry): entry is Pin => entry.id !== undefined);
}

interface Unknown {
  readonly kind: Kind;
  readonly name: string;
  readonly places: readonly Place[];
  readonly near: string | undefined;
  /** The kind that has the name. */
  readonly other: Kind | undefined;
}

function unknownName({ kind, name, places, near, other }: Unknown): Finding {
  if (other !== undefined)
    return finding('skill-unknown', places, {
      message: `The platform has no ${kind} named \`${name}\`: it is a ${other}.`,
      hint: `Write it under \`${other}s\`, beside \`${kind}s\`.`,
    });
  const didYouMean = near === undefined ? '' : `Did you mean \`${near}\`? `;
  return finding('skill-unknown', places, {
    message: `The platform has no ${kind} named \`${name}\`.`,
    hint: `${didYouMean}Correct the name, or pin its id under \`skills\` of a roster.`,
  });
}

function finding(
  code: FindingCode,
  places: readonly Place[],
  text: { readonly message: string; readonly hint: string },
): Finding {
  const [place, ...related] = places;
  return {
    code,
    severity: 'error',
    ...text,
    ...(place === undefined ? {} : { place }),
    ...(related.length === 0 ? {} : { related }),
  };
}

/** What the files use, and the platform lists, of one kind. */
interface Found {
  readonly uses: ReadonlyMap<string, readonly Place[]>;
  readonly catalogue: Listed | undefined;
}

/**
 * The pins that are of the kind. One that the platform does not have (any more) is a finding, so nothing is planned of
 * such files; the id stands for its name all the same: what the files said at base was said of that very id.
 */
function pinsFor(kind: Kind, desired: DesiredState, from: Found) {
  const { uses, catalogue } = from;
  return pinsOf(desired).filter(({ id, name }) => {
    if (!catalogue) return kind === 'skill' || uses.has(name);
    return catalogue.ids.has(id) || (uses.has(name) && !catalogue.known.has(id));
  });
}

function resolveKind(kind: Kind, desired: DesiredState, live: LiveState) {
  const uses = usesOf(desired, kind);
  const catalogue = listed(live, kind);
  const pins = pinsFor(kind, desired, { uses, catalogue });
  const ids = new Map(pins.map(({ name, id }) => [name, id]));
  const near = nearestOf(() => catalogue?.byName.keys() ?? []);
  const findings: Finding[] = [];
  for (const [name, places] of [...uses].sort(([a], [b]) => byCodeUnit(a, b))) {
    if (ids.has(name)) continue;
    const [id, ...others] = catalogue?.byName.get(name) ?? [];
    if (id === undefined) {
      const other = live.catalogue?.find((item) => item.name === name)?.kind;
      findings.push(unknownName({ kind, name, places, near: near(name), other }));
    } else if (others.length > 0)
      findings.push(ambiguous(kind, name, { places, ids: [id, ...others] }));
    else ids.set(name, id);
  }
  findings.push(...twoNames(kind, ids, { uses, pins }));
  const display = keyed([
    ...(catalogue?.ids ?? []),
    ...[...ids].map(([name, id]) => [id, name] as const),
  ]);
  return { ids, display, findings };
}

function ambiguous(
  kind: Kind,
  name: string,
  found: { readonly places: readonly Place[]; readonly ids: readonly string[] },
): Finding {
  const ids = sortedSet(found.ids).map((id) => `\`${id}\``);
  return finding('skill-ambiguous', found.places, {
    message: `The platform has ${ids.length} ${kind}s named \`${name}\`: ${ids.join(' and ')}.`,
    hint: 'Pin the id that is meant under `skills` of a roster.',
  });
}

function twoNames(
  kind: Kind,
  ids: ReadonlyMap<string, string>,
  from: { readonly uses: ReadonlyMap<string, readonly Place[]>; readonly pins: readonly Pin[] },
): Finding[] {
  const namesById = new Map<string, string[]>();
  for (const [name, id] of ids) namesById.set(id, [...(namesById.get(id) ?? []), name]);
  const placeOf = (name: string): readonly Place[] => {
    const pin = from.pins.find((each) => each.name === name);
    return pin ? [pin.place] : (from.uses.get(name) ?? []).slice(0, 1);
  };
  return [...namesById]
    .filter(([, names]) => names.length > 1)
    .map(([id, names]) => {
      const sorted = sortedSet(names);
      const words = sorted.map((name) => `\`${name}\``).join(' and ');
      return finding('skill-two-names', sorted.flatMap(placeOf), {
        message: `${words} are one and the same ${kind}, \`${id}\`.`,
        hint: 'Use one of the names everywhere.',
      });
    });
}

/** What somebody has is there, though the credentials may not see it in the catalogue. */
function heldIds({ users }: LiveState): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { list } of users.values()) {
    if (!list.proven) continue;
    for (const kind of KINDS) {
      for (const [id, value] of Object.entries(list.assignments[kind])) {
        if (isHeld(value)) ids.add(id);
      }
    }
  }
  return ids;
}

function unknownPins(desired: DesiredState, live: LiveState): Finding[] {
  if (!live.catalogue) return [];
  const known = new Set(live.catalogue.map(({ id }) => id));
  const unlisted = pinsOf(desired).filter(({ id }) => !known.has(id));
  if (unlisted.length === 0) return [];
  const held = heldIds(live);
  return unlisted
    .filter(({ id }) => !held.has(id))
    .map(({ name, id, place }) =>
      finding('skill-id-unknown', [place], {
        message: `The platform has nothing with the id \`${id}\`, which is pinned for \`${name}\`.`,
        hint: 'Correct the id, or remove it to go by the name.',
      }),
    );
}

export function resolveNames(desired: DesiredState, live: LiveState): Names {
  const resolved = {
    skill: resolveKind('skill', desired, live),
    language: resolveKind('language', desired, live),
  };
  return {
    idOf: (kind, name) => resolved[kind].ids.get(name),
    display: { skill: resolved.skill.display, language: resolved.language.display },
    findings: [...unknownPins(desired, live), ...KINDS.flatMap((kind) => resolved[kind].findings)],
  };
}
