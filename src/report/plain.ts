/** Names and messages come from files and platforms: none of them may steer a terminal, a log or a page. */

const ESC = '\u001b';
/** Strings for the terminal (titles, links), then sequences with parameters, then the short ones. */
const SEQUENCES = new RegExp(
  [
    `(?:${ESC}[\\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007${ESC}\u009c]*(?:\u0007|${ESC}\\\\|\u009c)`,
    `(?:${ESC}\\[|\u009b)[0-?]*[ -/]*[@-~]`,
    `${ESC}[ -/]*[0-~]?`,
  ].join('|'),
  'g',
);
const BREAKS = /\r\n|[\t\n\v\f\r\u0085\u2028\u2029]/g;
/** Characters that show nothing, or turn the direction of what does. The joiners stay: scripts and emoji need them. */
const UNSEEN =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const LONE = /\p{Cs}/gu;
const TAB = '  ';
const STAND_IN = '\ufffd';

/** `text` on one line, without escape sequences, control characters and bidirectional controls. */
export function plain(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  const shown = text.replace(SEQUENCES, '').replace(BREAKS, ' ').replace(UNSEEN, '');
  return wellFormed(shown);
}

/** A line of a file for a code frame: what would not show is stood in for, so that no character goes missing. */
export function visible(line: string): string {
  return wellFormed(line.replace(/\t/g, TAB).replace(BREAKS, STAND_IN).replace(UNSEEN, STAND_IN));
}

/** `text` with every half of a surrogate pair that stands alone replaced, so that it can be encoded. */
export function wellFormed(text: string): string {
  return text.replace(LONE, STAND_IN);
}
