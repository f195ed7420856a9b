/** Bytes -> text: UTF-8 and UTF-16 with or without a byte order mark, else Windows-1252, as spreadsheets save it. */

export type Decoded =
  | { readonly text: string; readonly encoding: Encoding }
  /** Completes "The file ...". */
  | { readonly text: undefined; readonly why: string };

type Encoding = 'UTF-8' | 'UTF-16' | 'Windows-1252';

/** 0x80 to 0x9f; a dot where Windows-1252 has no character. Elsewhere the bytes are the code points. */
const C1 = '€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ';
const SAMPLE = 4096;

export function decode(bytes: Uint8Array): Decoded {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return utf8(bytes.subarray(3)) ?? broken('UTF-8');
  if (a === 0xff && b === 0xfe) return utf16(bytes.subarray(2), 'utf-16le');
  if (a === 0xfe && b === 0xff) return utf16(bytes.subarray(2), 'utf-16be');
  const wide = unmarked(bytes);
  if (wide) return utf16(bytes, wide);
  if (bytes.includes(0)) return { text: undefined, why: 'is not text' };
  return utf8(bytes) ?? windows(bytes);
}

function utf8(bytes: Uint8Array): Decoded | undefined {
  try {
    return { text: new TextDecoder('utf-8', STRICT).decode(bytes), encoding: 'UTF-8' };
  } catch {
    return undefined;
  }
}

function utf16(bytes: Uint8Array, label: 'utf-16le' | 'utf-16be'): Decoded {
  try {
    return { text: new TextDecoder(label, STRICT).decode(bytes), encoding: 'UTF-16' };
  } catch {
    return broken('UTF-16');
  }
}

/** A mark that comes second is a character like any other. */
const STRICT = { fatal: true, ignoreBOM: true };

function broken(encoding: Encoding): Decoded {
  return { text: undefined, why: `says that it is ${encoding}, and is not` };
}

/** Of UTF-16 without a mark every other byte is nought, wherever the letters are Latin ones. */
function unmarked(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const sample = bytes.subarray(0, SAMPLE);
  const noughts = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) noughts[index % 2] = (noughts[index % 2] as number) + 1;
  });
  const [even, odd] = noughts as [number, number];
  if (bytes.length % 2 !== 0 || even + odd < sample.length / 4) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

function windows(bytes: Uint8Array): Decoded {
  if (isMixed(bytes)) return { text: undefined, why: 'is UTF-8 in one place and not in another' };
  let text = '';
  let from = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte < 0x80 || byte > 0x9f) continue;
    const letter = C1[byte - 0x80] as string;
    if (letter === '.') return { text: undefined, why: 'is neither UTF-8 nor Windows-1252' };
    text += latin1(bytes.subarray(from, at)) + letter;
    from = at + 1;
  }
  return { text: text + latin1(bytes.subarray(from)), encoding: 'Windows-1252' };
}

/** TextDecoder takes the label windows-1252 for this on some versions of Node, so the bytes above stand here by hand. */
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

/** Whether most of what is not ASCII is good UTF-8: then one bad byte must not turn the rest into other letters. */
function isMixed(bytes: Uint8Array): boolean {
  const loose = new TextDecoder('utf-8').decode(bytes);
  const bad = loose.split('\ufffd').length - 1;
  const good = (loose.match(/[^\0-\x7f\ufffd]/gu) ?? []).length;
  return good > bad;
}
