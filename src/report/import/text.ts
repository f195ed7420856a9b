/** What a table would change in the rosters, for a terminal: person by person, then what is new, and what it comes to. */
import { type TableChange, type TablePreview, tableAction } from '../../model/table.ts';
import { blocks } from '../blocks.ts';
import { pad, widest } from '../columns.ts';
import { plain } from '../plain.ts';
import { headLines } from '../see.ts';
import { type Page, page, type Style } from '../style.ts';
import { fileLine, MARKS, thing, through, who } from '../words.ts';
import { advice, beside, wrap } from '../wrap.ts';
import { changeWords, importNotes, importSummary, newPeople, newSkills } from './words.ts';

const COLORS = { add: 'green', change: 'yellow', remove: 'red' } as const;
/** One long name does not push everybody's columns apart. */
const WIDEST_NAME = 28;

/** Ends in a newline. The first line of the last block is never painted. */
export function previewText(preview: TablePreview, style: Style): string {
  const on = page(style);
  const { table, how, org, day } = preview;
  return blocks([
    wrap(`${table} (${how}) for org ${org}, as of ${day}`, '', on),
    ...people(preview, on),
    fresh('New in the rosters', newPeople(preview), on),
    fresh('Skills that no roster has named', newSkills(preview), on),
    ...preview.findings.map((finding) => [
      ...headLines(finding, 'findings', on),
      ...advice(finding, '  ', on),
    ]),
    [importSummary(preview), ...importNotes(preview).flatMap((line) => wrap(line, '', on))],
  ]);
}

interface Placed {
  readonly change: TableChange;
  readonly place: string;
}

function people({ changes, written }: TablePreview, on: Page): string[][] {
  const byUser = new Map<string, Placed[]>();
  changes.forEach((change, index) => {
    const place = written[index];
    const placed = { change, place: place === undefined ? '' : fileLine(place) };
    byUser.set(change.user, [...(byUser.get(change.user) ?? []), placed]);
  });
  const name = widest(
    changes.map((change) => plain(nameOf(change))),
    WIDEST_NAME,
  );
  return [...byUser.values()].map((all) => person(all, name, on));
}

function person(all: readonly Placed[], width: number, on: Page): string[] {
  const [first] = all as [Placed];
  const { user: key, name, namedBy } = first.change;
  const title = plain(who({ key, ...(name !== undefined && { name }) }));
  const note = namedBy === 'name' ? '  named by display name' : '';
  return [on.paint.bold(title) + on.paint.dim(note), ...all.flatMap((one) => line(one, width, on))];
}

function line({ change, place }: Placed, width: number, on: Page): string[] {
  const action = tableAction(change);
  const mark = on.paint[COLORS[action]](MARKS[action]);
  const left = `  ${mark} ${pad(plain(nameOf(change)), width)}  ${plain(changeWords(change))}`;
  return beside(left, plain(`${place} ${through(change.through)}`.trim()), on);
}

function nameOf({ kind, skill }: TableChange): string {
  return thing({ kind, name: skill });
}

function fresh(title: string, names: readonly string[], on: Page): string[] {
  if (names.length === 0) return [];
  return [on.paint.bold(`${title} (${names.length})`), ...wrap(names.join(', '), '  ', on)];
}
