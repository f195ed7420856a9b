/**
 * GitHub-flavoured Markdown from names that nobody vouches for: what is escaped here is shown as it is, and can
 * neither format, link, mention, refer to an issue, leave its table cell nor carry HTML.
 */
import { plain } from './plain.ts';

const SYNTAX = /[&<>\\`*_[\]|~$]/;
/**
 * What the forges look for in the finished page, where an escape is gone again: mentions, issues, merge requests, labels,
 * milestones, commits, addresses, emoji.
 */
const REFERENCE =
  /[@#]|[!&$](?=\d)|[%~](?=[\w"])|\[(?=\w+:\d)|\*(?=iteration:)|:(?=\/\/)|(?<!\w):(?=[\w+-]+:)|\bgh-(?=\d)|\bwww(?=\.)|(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])/;
const SPECIAL = new RegExp(`${REFERENCE.source}|${SYNTAX.source}`, 'gi');
const REFERS = new RegExp(`^(?:${REFERENCE.source})`, 'i');
/** Seven digits are enough for a commit. */
const HASH = /^[0-9a-f]{7,}$/i;
/** Word joiner: invisible, and enough to keep a reference from being recognised. */
const JOINER = '&#8288;';
/** What stands between backticks is never read as anything, if nothing in it ends them or the cell. */
const TAME = /^\w[\w./:+-]*$|^\w(?:[\w.+-]*\w)?@\w[\w.-]*$/;

/** `text` as it is, for use within a line. */
export function escaped(text: string): string {
  return plain(text).replace(SPECIAL, (found, at: number, whole: string) => {
    if (HASH.test(found)) return found.replace(/.{5}(?=.)/g, `$&${JOINER}`);
    const shown = SYNTAX.test(found) ? `&#${found.charCodeAt(0)};` : found;
    return REFERS.test(whole.slice(at)) ? shown + JOINER : shown;
  });
}

/** A key, an id or a place, in code type where it is an ordinary one, so that it can be copied. */
export function code(text: string): string {
  return TAME.test(text) ? `\`${text}\`` : escaped(text);
}

/** Somebody: `Ana Ruiz` and the key. */
export function person({ key, name }: { readonly key: string; readonly name?: string }): string {
  return name === undefined ? code(key) : `${escaped(name)} ${code(key)}`;
}

/** A table of cells that are Markdown already; without rows it is empty. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  return [row(head), row(head.map(() => '---')), ...rows.map(row)];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** A titled section; empty without lines. */
export function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`### ${title}`, '', ...lines];
}
