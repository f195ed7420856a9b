/** Findings for a terminal: where, what, the line itself with a caret, and what to do next. */
import { at, type Finding } from '../../model/finding.ts';
import { blocks } from '../blocks.ts';
import { plain } from '../plain.ts';
import { headLines } from '../see.ts';
import { type Page, page, type Style } from '../style.ts';
import { hintLines, wrap } from '../wrap.ts';
import { findingCounts, tally } from './count.ts';
import { codeFrame } from './frame.ts';

export interface FindingsStyle extends Style {
  /** Text by file, for the code frames; a file that is not here has none. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Ends in a count and a newline; without findings it is the empty string. */
export function findingsText(findings: readonly Finding[], style: FindingsStyle): string {
  if (findings.length === 0) return '';
  const on = page(style);
  const files = splitOnce(style.texts);
  return blocks([
    ...findings.map((finding) => block(finding, files, on)),
    [tally(findingCounts(findings))],
  ]);
}

type Files = (file: string) => readonly string[];

function block(finding: Finding, files: Files, on: Page): string[] {
  const { place, related = [], hint } = finding;
  return [
    ...headLines(finding, 'findings', on),
    ...wrap(finding.message, '  ', on),
    ...(place === undefined ? [] : codeFrame(files(place.file), place, on)),
    ...related.map((other) => on.paint.dim(`  see also ${plain(at(other))}`)),
    ...hintLines(hint, '  ', on),
  ];
}

/** A file's lines, split when first asked for: a file with many findings is large, and one without is not read. */
function splitOnce(texts: ReadonlyMap<string, string>): Files {
  const split = new Map<string, readonly string[]>();
  return (file) => {
    const lines = split.get(file) ?? texts.get(file)?.split(/\r\n|\n|\r/) ?? [];
    split.set(file, lines);
    return lines;
  };
}
