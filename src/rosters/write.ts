/** Values as YAML text: plain where every reader of YAML takes it for the same text, quoted everywhere else. */

/** What can be written: numbers, texts, lists, and maps in the order they shall stand in. */
export type Tree = number | string | readonly Tree[] | ReadonlyMap<string, Tree>;

/** What a new file begins with. */
export const NEW_ROSTER = `# yaml-language-server: $schema=https://unpkg.com/musterctl/schemas/roster.schema.json
version: 1
`;

const PLAIN = /^[\p{L}_][\p{L}\p{M}\p{N}_ .@+\-/&()'!%]*$/u;
/** Values, not keys, that are plain for every reader though they have a colon, or begin with a digit. */
const PLAIN_VALUE = /^(?:\d{4}-\d{2}-\d{2}|https?:\/\/[\w.:/-]*\w)$/;
/** Words that some readers of YAML take for something else than text. */
const NO_TEXT = /^(?:null|true|false|yes|no|on|off|y|n|nan|inf)$/i;
/** What JSON leaves as it is, and a reviewer would not see. */
const UNSEEN = /[\u007f-\u00a0\u00ad\u2028-\u202e\u2060-\u206f\u200b-\u200f\u061c\ufeff]/g;

/** A text as a scalar; also as a key. */
function textScalar(text: string): string {
  if (PLAIN.test(text) && !NO_TEXT.test(text) && text.trim() === text) return text;
  const quoted = JSON.stringify(text).replace(UNSEEN, escaped);
  const single = quoted.slice(1, -1) !== text && !text.includes("'") && isVisible(quoted);
  return single ? `'${text}'` : quoted;
}

/** On one line, as it may stand anywhere. */
export function flowText(tree: Tree): string {
  if (typeof tree === 'number') return String(tree);
  if (typeof tree === 'string') return PLAIN_VALUE.test(tree) ? tree : textScalar(tree);
  if (isMap(tree)) {
    const pairs = [...tree].map(([key, value]) => `${textScalar(key)}: ${flowText(value)}`);
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }
  return `[${tree.map(flowText).join(', ')}]`;
}

export interface Layout {
  /** Spaces before the key. */
  readonly column: number;
  /** Spaces more at each level below. */
  readonly step: number;
  /** How many levels below the key have their items on lines of their own. */
  readonly blocks: number;
  /** Maps and lists on one line that would be longer go on in the next one. */
  readonly width?: number | undefined;
}

/** A pair as lines, without line ends. */
export function blockLines(key: string, tree: Tree, layout: Layout): string[] {
  const { column, step, blocks } = layout;
  const head = `${' '.repeat(column)}${textScalar(key)}:`;
  if (!isFilled(tree) || blocks === 0) return flowLines(head, tree, layout);
  const inner = { ...layout, column: column + step, blocks: blocks - 1 };
  if (isMap(tree))
    return [head, ...[...tree].flatMap(([name, value]) => blockLines(name, value, inner))];
  return [head, ...tree.map((item) => `${' '.repeat(column + step)}- ${flowText(item)}`)];
}

function flowLines(head: string, tree: Tree, { column, step, width }: Layout): string[] {
  const whole = `${head} ${flowText(tree)}`;
  if (width === undefined || whole.length <= width || !isFilled(tree)) return [whole];
  const [open, close] = isMap(tree) ? ['{ ', ' }'] : ['[', ']'];
  const parts = isMap(tree)
    ? [...tree].map(([key, value]) => `${textScalar(key)}: ${flowText(value)}`)
    : tree.map(flowText);
  const lines: string[] = [];
  let line = `${head} ${open}`;
  for (const [n, part] of parts.entries()) {
    const text = part + (n < parts.length - 1 ? ', ' : close);
    if (line.length + text.trimEnd().length > width && n > 0) {
      lines.push(line.trimEnd());
      line = ' '.repeat(column + step);
    }
    line += text;
  }
  return [...lines, line];
}

export function isMap(tree: Tree): tree is ReadonlyMap<string, Tree> {
  return tree instanceof Map;
}

function isFilled(tree: Tree): tree is readonly Tree[] | ReadonlyMap<string, Tree> {
  if (typeof tree !== 'object') return false;
  return isMap(tree) ? tree.size > 0 : tree.length > 0;
}

/** Whether quotes and backslashes are all that was escaped. */
function isVisible(quoted: string): boolean {
  return !/\\[^"\\]/.test(quoted);
}

function escaped(unseen: string): string {
  return `\\u${unseen.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
