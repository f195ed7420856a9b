/** What the rows and cells of a table ask for, with their places; names are still the table's own. */
import type { Kind } from '../model/assignment.ts';
import type { Day } from '../model/day.ts';
import type { TableFindings } from './codes.ts';
import type { DateOrder } from './days.ts';
import type { At } from './grid.ts';
import type { Form } from './people.ts';
import type { SkillNaming } from './skills.ts';
import type { Written } from './values.ts';
import type { Role } from './words.ts';

/** A cell that names somebody. */
export interface Naming {
  readonly text: string;
  readonly form: Form;
  readonly at: At;
}

/** One row that says who, of whom several cells may be about him. */
export interface Who {
  readonly namings: readonly Naming[];
  /** Whether one of the cells is a finding already. */
  readonly told: boolean;
  readonly at: At;
}

interface WishedSkill extends SkillNaming {
  readonly at: At;
}

export interface Window {
  readonly from?: Day;
  readonly until?: Day;
  readonly thenAbsent?: true;
  readonly reason?: string;
}

/** `remove`: no file is to name it any more; `absent`: the person must not have it, whoever gives it. */
export type Say =
  | { readonly is: 'set'; readonly value: Written; readonly window: Window }
  | { readonly is: 'absent'; readonly window: Window }
  | { readonly is: 'remove'; readonly quietly: boolean };

export interface Wish {
  readonly who: Who;
  readonly skill: WishedSkill;
  readonly say: Say;
  readonly at: At;
}

export interface Wishes {
  readonly list: readonly Wish[];
  /** What the table has columns for. */
  readonly columns: ReadonlySet<Role>;
}

export interface Reading {
  readonly findings: TableFindings;
  readonly dates: DateOrder | undefined;
  /** Whether an empty cell of a matrix takes away. */
  readonly emptyRemoves: boolean;
  readonly isSkill: (text: string, kind?: Kind) => boolean;
}
