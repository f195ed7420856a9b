/** Text as the bytes that spreadsheet programs save. */

export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'utf-16le bare',
  'windows-1252',
] as const;
export type Encoding = (typeof ENCODINGS)[number];

const C1 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Throws for letters that Windows-1252 does not have. A byte order mark in `text` stays where Unicode is written. */
export function encoded(text: string, encoding: Encoding): Uint8Array {
  const marked = text.startsWith('\ufeff') ? text : `\ufeff${text}`;
  switch (encoding) {
    case 'utf-8':
      return new TextEncoder().encode(text);
    case 'utf-16le':
      return Buffer.from(marked, 'utf16le');
    case 'utf-16be':
      return Buffer.from(marked, 'utf16le').swap16();
    case 'utf-16le bare':
      return Buffer.from(text.replace(/^\ufeff/, ''), 'utf16le');
    case 'windows-1252':
      return Uint8Array.from(text.replace(/^\ufeff/, ''), byteOf);
  }
}

function byteOf(letter: string): number {
  const code = letter.charCodeAt(0);
  if (code < 0x80 || (code > 0x9f && code < 0x100)) return code;
  const high = C1.indexOf(letter);
  if (high === -1) throw new Error(`Windows-1252 has no ${letter}`);
  return 0x80 + high;
}
