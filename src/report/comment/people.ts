/** A list of changed people in ever fewer words: sentences, or groups and a table; then by change; then cut. */
import { byCodeUnit } from '../../model/assignment.ts';
import type { Action } from '../../model/plan.ts';
import { escaped, table } from '../markdown.ts';
import { count, listed } from '../words.ts';
import type { Part, Shown } from './fit.ts';
import { type Group, groupsOf } from './groups.ts';
import type { Sight } from './input.ts';
import type { Changed } from './split.ts';
import { changeWords, folded, personWords, shortWords } from './words.ts';

/** So many people are told in a sentence each. */
const FEW = 8;
/** So many names stand beside what they share; more are folded. */
const INLINE = 12;

/** `framed` puts the title, and whatever else belongs to it, around the lines. */
export function peoplePart(
  changed: readonly Changed[],
  sight: Sight,
  {
    weight,
    framed,
  }: { readonly weight: number; readonly framed: (lines: readonly string[]) => readonly string[] },
): Part {
  if (changed.length === 0) return { weight, ways: [] };
  const shown = (lines: readonly string[]): Shown => ({ lines: framed(lines), whole: true });
  const byChange = (name: typeof personWords) => byChangeOf(changed, sight, name);
  if (sight.labels.naming === 'count') {
    return { weight, ways: [() => shown(byChange(personWords).map(counted))] };
  }
  return {
    weight,
    ways: [
      () => shown(inFull(changed, sight)),
      () => shown(byChange(personWords).map(lineOf)),
      () => shown(byChange(shortWords).map(lineOf)),
    ],
    cut: (room) => cutTo(byChange(shortWords), { room, framed }),
  };
}

function inFull(changed: readonly Changed[], sight: Sight): string[] {
  if (changed.length <= FEW) return changed.map((one) => `- ${sentence(one, sight)}`);
  const { groups, single } = groupsOf(changed, sight);
  const rows = single.map((one) => [
    personWords(one.user, sight),
    changesOf(one, sight).join('<br>'),
  ]);
  const singles =
    single.length <= FEW
      ? single.map((one) => `- ${sentence(one, sight)}`)
      : ['', ...table(['Who', 'Change'], rows)];
  return [...groups.flatMap((group) => groupLines(group, sight)), ...singles];
}

/** `**Ana Ruiz**: + Spanish 60 until Fri 27 Nov` */
function sentence(one: Changed, sight: Sight): string {
  return `**${personWords(one.user, sight)}**: ${changesOf(one, sight).join(', ')}`;
}

function changesOf({ user, changes }: Changed, sight: Sight): string[] {
  return changes.map((change) => changeWords(change, user.key, sight, { from: true }));
}

function groupLines({ words, people, team }: Group, sight: Sight): string[] {
  const names = people.map(({ user }) => personWords(user, sight));
  const who = `${people.length} people${team === undefined ? '' : ` of team ${escaped(team.name)}`}`;
  const but = team?.but.map((one) => personWords(one, sight)) ?? [];
  const except = but.length === 0 ? '' : `, all but ${listed(but)}`;
  if (names.length <= INLINE) return [`- **${who}**${except}: ${words}: ${names.join(', ')}`];
  const list = folded('Who', [names.join(', ')]).map((line) => (line === '' ? '' : `  ${line}`));
  return [`- **${who}**${except}: ${words}`, '', ...list, ''];
}

interface ByChange {
  readonly words: string;
  readonly names: readonly string[];
}

const ORDER: Readonly<Record<Action, number>> = { remove: 0, change: 1, add: 2 };

/** Removals first. */
function byChangeOf(
  changed: readonly Changed[],
  sight: Sight,
  name: typeof personWords,
): ByChange[] {
  const found = new Map<string, { readonly order: number; readonly names: string[] }>();
  for (const { user, changes } of changed) {
    const label = name(user, sight);
    for (const change of changes) {
      const words = changeWords(change, user.key, sight, { from: false });
      const one = found.get(words) ?? { order: ORDER[change.action], names: [] };
      one.names.push(label);
      found.set(words, one);
    }
  }
  return [...found]
    .sort(([a, one], [b, other]) => one.order - other.order || byCodeUnit(a, b))
    .map(([words, { names }]) => ({ words, names }));
}

function lineOf({ words, names }: ByChange): string {
  return `- **${words}** (${names.length}): ${names.join(', ')}`;
}

function counted({ words, names }: ByChange): string {
  return `- **${words}**: ${count(names.length, 'person', 'people')}`;
}

interface Cutting {
  readonly room: number;
  readonly framed: (lines: readonly string[]) => readonly string[];
}

/** Room for the last words: how many are not named. */
const REST = 80;

function cutTo(all: readonly ByChange[], { room, framed }: Cutting): Shown {
  let left = room - framed([]).join('\n').length - REST;
  const lines: string[] = [];
  let unnamed = 0;
  for (const { words, names } of all) {
    const start = `- **${words}** (${names.length}): `;
    const fits = fitting(names, left - start.length - 1);
    unnamed += names.length - fits.length;
    if (fits.length === 0) continue;
    const line = start + fits.join(', ') + (fits.length < names.length ? ', ...' : '');
    lines.push(line);
    left -= line.length + 1;
  }
  const rest = `- **${count(unnamed, 'change', 'changes')} more** not named here: this is too long.`;
  return { lines: framed([...lines, rest]), whole: false };
}

function fitting(names: readonly string[], room: number): readonly string[] {
  let left = room - 5;
  const over = names.findIndex((name) => {
    left -= name.length + 2;
    return left < 0;
  });
  return over < 0 ? names : names.slice(0, over);
}
