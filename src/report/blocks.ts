/** Blocks of lines with an empty line between them; the empty ones are left out. Ends in a newline. */

export function blocks(all: readonly (readonly string[])[]): string {
  const shown = all.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${shown.join('\n\n')}\n`;
}
