/** Findings: what is wrong with the files, as data. Prose for people is made of them in report/. */

/** A place in a file: `file` relative to the repository's root with forward slashes, `line` and `col` from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly col: number;
}

export type Severity = 'error' | 'warning';

export interface Finding {
  /** A kebab-case code that never changes its meaning; each is described in docs/findings.md. */
  readonly code: string;
  readonly severity: Severity;
  /** One plain sentence, ending in a full stop. */
  readonly message: string;
  readonly place?: Place;
  /** What to do next; one sentence. */
  readonly hint?: string;
  /** Other places the message speaks of. */
  readonly related?: readonly Place[];
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error');
}

/** `file:line:col`, as editors and terminals link it. */
export function at(place: Place): string {
  return `${place.file}:${place.line}:${place.col}`;
}
