/** How wide text is on a terminal. An emoji or an ideograph takes two columns, a combining mark none. */

/** Letters that take one column each, none of which combines: they need not be segmented, which is slow. */
const NARROW = /^[ -~\u00a1-\u02ff\u0370-\u0482\u048a-\u0587]*$/;
const WIDE =
  /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;
const EMPTY = /^[\p{M}\u200c\u200d]+$/u;
const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' });

export function columns(text: string): number {
  if (NARROW.test(text)) return text.length;
  let total = 0;
  for (const { segment } of SEGMENTER.segment(text)) total += cells(segment);
  return total;
}

/** The widest of `texts`, but no more than `most`. */
export function widest(texts: Iterable<string>, most = Number.POSITIVE_INFINITY): number {
  let width = 0;
  for (const text of texts) width = Math.max(width, columns(text));
  return Math.min(width, most);
}

export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

/** The longest start of `text` that is no wider than `most`. */
export function start(text: string, most: number): string {
  return fill(graphemes(text), most).join('');
}

/** The longest end of `text` that is no wider than `most`. */
export function end(text: string, most: number): string {
  return fill(graphemes(text).reverse(), most).reverse().join('');
}

function fill(parts: readonly string[], most: number): string[] {
  let left = most;
  const over = parts.findIndex((part) => {
    left -= cells(part);
    return left < 0;
  });
  return over < 0 ? [...parts] : parts.slice(0, over);
}

function graphemes(text: string): string[] {
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
}

function cells(grapheme: string): number {
  if (WIDE.test(grapheme)) return 2;
  return EMPTY.test(grapheme) ? 0 : 1;
}
