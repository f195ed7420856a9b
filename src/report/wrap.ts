/** Lines no wider than the page, broken between words; a word that is wider stays whole, so that it can be copied. */
import { columns } from './columns.ts';
import { plain } from './plain.ts';
import type { Page } from './style.ts';

/** `text`, cleaned, as lines that each begin with `indent`. Without words: no line. */
export function wrap(text: string, indent: string, on: Page): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of plain(text).split(' ').filter(Boolean)) {
    const longer = line === '' ? indent + word : `${line} ${word}`;
    if (line === '' || columns(longer) <= on.width) {
      line = longer;
    } else {
      lines.push(line);
      line = indent + word;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** What to do next; no line where there is nothing to say. */
export function hintLines(hint: string | undefined, indent: string, on: Page): string[] {
  return hint === undefined ? [] : wrap(`hint: ${hint}`, indent, on).map(on.paint.cyan);
}

/** A sentence, and under it what to do next. */
export function advice(
  { message, hint }: { readonly message: string; readonly hint?: string },
  indent: string,
  on: Page,
): string[] {
  return [...wrap(message, indent, on), ...hintLines(hint, indent, on)];
}

/** `note`, dimmed, at the right of `line` where it fits, and on a line of its own below where it does not. */
export function beside(line: string, note: string, on: Page): string[] {
  if (columns(plain(line)) + 2 + columns(note) <= on.width)
    return [`${line}  ${on.paint.dim(note)}`];
  return [line, ...wrap(note, '    ', on).map(on.paint.dim)];
}
