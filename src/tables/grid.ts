/** A spreadsheet as it was read, whatever it was kept in: cells by row and column, with nothing yet made of them. */
import type { Day } from '../model/day.ts';

export type Cell =
  /** As it was written; every cell of a text file is one. */
  | { readonly is: 'text'; readonly text: string }
  /** `percent`: it is shown as a percentage, so it reads a hundred times as much. */
  | { readonly is: 'number'; readonly value: number; readonly percent: boolean }
  | { readonly is: 'day'; readonly day: Day }
  /** What no person typed: an error, a formula without a result, a time of day. `why` completes "The cell holds ...". */
  | { readonly is: 'odd'; readonly why: string };

export interface Row {
  /** As the spreadsheet shows it, from 1; empty rows are counted. */
  readonly number: number;
  /** By column, from 0; an empty cell is left out. */
  readonly cells: readonly (Cell | undefined)[];
}

/** Rows that have any cell, in their order. */
export type Grid = readonly Row[];

/** So many cells are enough for 10,000 people and 400 skills; what is more is no table of people. */
export const MOST_CELLS = 4_000_000;

export interface At {
  /** Both from 1. */
  readonly row: number;
  readonly col: number;
}
