/** Lines of a text, by offset. */

export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Behind the line's end. */
export function lineEnd(text: string, at: number): number {
  // What ends with a line's end is that line's.
  const from = at > 0 && text[at - 1] === '\n' ? at - 1 : at;
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end + 1;
}

export function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}

/** Past comments that are indented deeper than `column`, and blank lines before them: they belong to what stands above. */
export function afterDeeper(text: string, from: number, column: number): number {
  let end = from;
  for (let at = from; at < text.length; ) {
    const next = lineEnd(text, at + 1);
    const line = text.slice(at, next);
    const indent = line.search(/\S/);
    if (indent !== -1 && (line[indent] !== '#' || indent <= column)) break;
    if (indent !== -1) end = next;
    at = next;
  }
  return end;
}

export function insertLines(
  { text, eol }: { readonly text: string; readonly eol: string },
  at: number,
  lines: readonly string[],
): string {
  const open = at > 0 && text[at - 1] !== '\n';
  const block = lines.join(eol);
  return text.slice(0, at) + (open ? eol + block : block + eol) + text.slice(at);
}

/** Up over the comments right above the line that starts at `at`: they belong to it. */
export function aboveComments(text: string, at: number): number {
  let start = at;
  while (start > 0) {
    const above = lineStart(text, start - 1);
    if (!/^ *#/.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}
