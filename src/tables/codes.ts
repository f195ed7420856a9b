/** Every finding code of tables, once, and the collector they go through. docs/findings.md has a section for each. */
import type { Finding, Place, Severity } from '../model/finding.ts';
import type { At } from './grid.ts';

export const TABLE_CODES = [
  'table-action',
  'table-cell',
  'table-column-ignored',
  'table-column-twice',
  'table-conflict',
  'table-date',
  'table-date-ambiguous',
  'table-empty',
  'table-encoding',
  'table-format',
  'table-header',
  'table-level-unknown',
  'table-name-differs',
  'table-nothing-to-remove',
  'table-off-scale',
  'table-quotes',
  'table-row-incomplete',
  'table-row-twice',
  'table-shared-roster',
  'table-sheet',
  'table-skill-ambiguous',
  'table-skill-unknown',
  'table-too-large',
  'table-user-ambiguous',
  'table-user-conflict',
  'table-user-released',
  'table-user-unknown',
  'table-value',
  'table-window-dropped',
  'table-window-over',
  'table-window-reversed',
] as const;
export type TableCode = (typeof TABLE_CODES)[number];

export interface Remark {
  readonly message: string;
  readonly hint: string;
  readonly severity?: Severity;
  readonly related?: readonly Place[];
}

const MOST_RELATED = 10;

/** Findings by row and column. What is said again of another cell becomes a further place of the same finding. */
export class TableFindings {
  readonly #file: string;
  readonly #found = new Map<string, { finding: Finding; related: Place[] }>();

  constructor(file: string) {
    this.#file = file;
  }

  /** Without a place it is about the whole file. */
  add(code: TableCode, at: At | undefined, remark: Remark): void {
    const { message, hint, severity = 'error', related = [] } = remark;
    const key = `${code} ${message}`;
    const before = this.#found.get(key);
    const place = at && this.place(at);
    if (before !== undefined) {
      const known = [before.finding.place, ...before.related];
      const isNew = place && !known.some((one) => one && order(one, place) === 0);
      if (isNew && before.related.length < MOST_RELATED) before.related.push(place);
      return;
    }
    const finding = { code, severity, message, hint, ...(place && { place }) };
    this.#found.set(key, { finding, related: [...related] });
  }

  place({ row, col }: At): Place {
    return { file: this.#file, line: row, col };
  }

  /** In the order of rows and columns. */
  list(): Finding[] {
    return [...this.#found.values()]
      .map(({ finding, related }) => (related.length === 0 ? finding : { ...finding, related }))
      .sort((a, b) => order(a.place, b.place));
  }
}

function order(a: Place | undefined, b: Place | undefined): number {
  return (a?.line ?? 0) - (b?.line ?? 0) || (a?.col ?? 0) - (b?.col ?? 0);
}
