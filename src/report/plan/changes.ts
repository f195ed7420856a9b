/** The changes of a plan for a terminal: one aligned line each, below the person it is for. */
import type { Action, Change, Plan, PlannedUser } from '../../model/plan.ts';
import { columns, pad, widest } from '../columns.ts';
import { plain } from '../plain.ts';
import type { Page, Paint } from '../style.ts';
import { fileLine, leftTitle, MARKS, thing, through, values, who } from '../words.ts';
import { wrap } from '../wrap.ts';
import { peopleOf } from './order.ts';

/** One odd name or value does not push everybody's columns apart. */
const WIDEST_NAME = 28;
const WIDEST_VALUE = 24;
const BELOW = '      ';

const COLORS: Readonly<Record<Action, 'green' | 'yellow' | 'red'>> = {
  add: 'green',
  change: 'yellow',
  remove: 'red',
};

interface Row {
  readonly action: Action;
  readonly name: string;
  readonly value: string;
  readonly cause: string;
  readonly place: string;
  readonly through: string;
}

/** Where the columns of the whole plan begin. */
interface Grid extends Page {
  readonly name: number;
  readonly value: number;
  readonly cause: number;
  /** The column of the note at the right. */
  readonly note: number;
}

interface Person {
  readonly user: PlannedUser;
  readonly rows: readonly Row[];
}

/** A section a person: the header, then the changes. A title of their own stands before those who left the files. */
export function changeSections(plan: Plan, page: Page): string[][] {
  const people = peopleOf(plan);
  const toPerson = (user: PlannedUser): Person => {
    return { user, rows: user.changes.map((change) => toRow(change, plan)) };
  };
  const staying = people.staying.map(toPerson);
  const leavers = people.leavers.map(toPerson);
  const grid = gridOf(
    [...staying, ...leavers].flatMap(({ rows }) => rows),
    page,
  );
  const section = ({ user, rows }: Person) => [
    page.paint.bold(plain(who(user))),
    ...rowLines(rows, grid),
  ];
  const title = leavers.length === 0 ? [] : [page.paint.bold(leftTitle(leavers.length))];
  return [...staying.map(section), title, ...leavers.map(section)];
}

function toRow(change: Change, { platform, undoes }: Plan): Row {
  const undone = undoes !== undefined;
  return {
    action: change.action,
    name: plain(thing(change)),
    value: plain(values(change, '->', platform)),
    cause: undone ? 'undone' : change.cause,
    place: undone ? '' : plain(fileLine(change.source)),
    through: plain(through(change.source.chain)),
  };
}

function gridOf(rows: readonly Row[], page: Page): Grid {
  const cell = (of: 'name' | 'value' | 'cause', most?: number) =>
    widest(
      rows.map((row) => row[of]),
      most,
    );
  const name = cell('name', WIDEST_NAME);
  const value = cell('value', WIDEST_VALUE);
  return { ...page, name, value, cause: cell('cause'), note: 4 + name + 2 + value + 2 };
}

/** The notes of one person stand all at the right, or, when one does not fit there, all below. */
function rowLines(rows: readonly Row[], grid: Grid): string[] {
  const fits = rows.every(
    (row) =>
      columns(left(row, grid)) + 2 <= grid.note &&
      grid.note + columns(note(row, grid)) <= grid.width,
  );
  return rows.flatMap((row) => (fits ? atRight(row, grid) : below(row, grid)));
}

function atRight(row: Row, grid: Grid): string[] {
  const line = painted(pad(left(row, grid), grid.note), row, grid.paint);
  const whole = `${note(row, grid)} ${row.through}`.trimEnd();
  if (grid.note + columns(whole) <= grid.width) return [line + grid.paint.dim(whole)];
  const rest = wrap(row.through, underPlace(row, grid), grid);
  return [line + grid.paint.dim(note(row, grid)), ...rest.map(grid.paint.dim)];
}

/** Under the place where the chain fits there on one line, else under the name. */
function underPlace(row: Row, grid: Grid): string {
  const column = grid.note + grid.cause + 2;
  return column + columns(row.through) <= grid.width ? ' '.repeat(column) : BELOW;
}

function below(row: Row, grid: Grid): string[] {
  const notes = wrap(`${row.cause} ${row.place} ${row.through}`, BELOW, grid);
  return [painted(left(row, grid), row, grid.paint), ...notes.map(grid.paint.dim)];
}

function left(row: Row, grid: Grid): string {
  return `  ${MARKS[row.action]} ${pad(row.name, grid.name)}  ${row.value}`;
}

function note(row: Row, grid: Grid): string {
  return `${pad(row.cause, grid.cause)}  ${row.place}`;
}

function painted(line: string, row: Row, paint: Paint): string {
  return `  ${paint[COLORS[row.action]](line.slice(2, 3))}${line.slice(3)}`;
}
