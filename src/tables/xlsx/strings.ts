/** The texts of a workbook that cells refer to by number, and how texts are written in it. */
import { scanXml } from './xml.ts';

const ESCAPED = /_x([\da-f]{4})_/gi;

/** Characters that XML has no way to say stand as `_x000D_`. */
export function unescaped(text: string): string {
  return text.replace(ESCAPED, (_whole, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Of rich text the runs one after another; readings of ideographs (`rPh`) are no part of it. */
export function readStrings(bytes: Uint8Array | undefined): readonly string[] {
  if (bytes === undefined) return [];
  const strings: string[] = [];
  let text = '';
  let within = false;
  let reading = false;
  scanXml(bytes, {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') reading = true;
      else if (name === 't') within = !reading;
    },
    close(name) {
      if (name === 'si') strings.push(unescaped(text));
      else if (name === 'rPh') reading = false;
      else if (name === 't') within = false;
    },
    text(piece) {
      if (within) text += piece;
    },
  });
  return strings;
}
