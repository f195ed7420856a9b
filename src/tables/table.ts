/** A spreadsheet's bytes -> what it changes in the rosters of an org. Pure: the same bytes and rosters, the same changes. */
import type { Roster } from '../desired/roster.ts';
import { speakers } from '../desired/speakers.ts';
import type { Org } from '../model/config.ts';
import type { Day } from '../model/day.ts';
import type { Finding } from '../model/finding.ts';
import type { LiveState } from '../model/live.ts';
import { type Changes, changesOf } from './changes.ts';
import { TableFindings } from './codes.ts';
import type { DateOrder } from './days.ts';
import type { Grid } from './grid.ts';
import { findHeader, type Header } from './header.ts';
import { isLong, readLong } from './long.ts';
import { openTable } from './open.ts';
import { type Listed, People } from './people.ts';
import { resolveWishes } from './resolve.ts';
import { Skills } from './skills.ts';
import { readWide } from './wide.ts';
import type { Wishes } from './wishes.ts';

export interface Table {
  readonly file: string;
  /** How it was read, in words for people. */
  readonly how: string;
  readonly header: Header;
}

/** `table` is undefined where the file cannot be made sense of. */
export function readTable(
  file: string,
  bytes: Uint8Array,
  sheet: string | undefined,
): { readonly table: Table | undefined; readonly findings: readonly Finding[] } {
  const findings = new TableFindings(file);
  const opened = openTable(bytes, { sheet, findings });
  const header = opened && headerOf(opened.grid, findings);
  const table = opened && header && { file, how: opened.how, header };
  return { table, findings: findings.list() };
}

function headerOf(grid: Grid, findings: TableFindings): Header | undefined {
  const header = findHeader(grid);
  if (header === undefined)
    findings.add(
      'table-header',
      { row: grid[0]?.number ?? 1, col: 1 },
      {
        message: 'No row of headers says which column names the person.',
        hint: 'Call it `user`, `email`, `id` or `name`; where people are the columns, exchange rows and columns.',
      },
    );
  else if (header.rows.length === 0)
    findings.add('table-empty', header.at, {
      message: 'There is nothing below the headers.',
      hint: 'Name a file that has rows, or another sheet with --sheet.',
    });
  return header;
}

export interface Circumstances {
  readonly org: Org;
  readonly day: Day;
  readonly rosters: readonly Roster[];
  /** The platform's people and skills, where they were asked for. */
  readonly live?: LiveState;
  readonly dates?: DateOrder;
  readonly takeNew: boolean;
  readonly emptyRemoves: boolean;
}

export interface TableChanges extends Changes {
  readonly findings: readonly Finding[];
  /** Whether the platform's people and skills could tell more: somebody goes by his display name, or is not known. */
  readonly asks: boolean;
}

const ASKING: ReadonlySet<string> = new Set(['table-user-unknown', 'table-skill-unknown']);

export function tableChanges(table: Table, circumstances: Circumstances): TableChanges {
  const { org, day, rosters, live, dates, takeNew, emptyRemoves } = circumstances;
  const findings = new TableFindings(table.file);
  const standing = speakers(org.name, rosters);
  const people = new People(listed(standing.people), live, org.keys);
  const skills = new Skills(org.name, rosters, live?.catalogue);
  const isSkill = (text: string) => skills.find({ text, form: 'name', kind: undefined }).length > 0;
  const wishes = read(table.header, { findings, dates, emptyRemoves, isSkill });
  const statements = resolveWishes(wishes.list, { people, skills, org, takeNew }, findings);
  const about = { speakers: standing, people, skills, org, day, columns: wishes.columns };
  const changes = changesOf(statements, about, findings);
  const found = findings.list();
  const asks =
    found.some(({ code }) => ASKING.has(code)) ||
    statements.some(({ who, skill }) => who.by === 'name' || !who.known || !skills.isListed(skill));
  return { ...changes, findings: found, asks };
}

function read(header: Header, reading: Parameters<typeof readLong>[1]): Wishes {
  return isLong(header) ? readLong(header, reading) : readWide(header, reading);
}

function* listed(people: ReturnType<typeof speakers>['people']): Iterable<Listed> {
  for (const [key, { users }] of people) {
    const name = users.find(({ person }) => person !== undefined)?.person;
    const released = users.some((user) => user.released);
    yield { key, released, ...(name !== undefined && { name }) };
  }
}
