/** The files of a ZIP archive that are wanted, inflated to a bounded size whatever the archive says of itself. */
import { crc32, inflateRawSync } from 'node:zlib';

/** What cannot be read; completes "The file ...". */
export class Unreadable extends Error {
  readonly tooLarge: boolean;

  constructor(why: string, tooLarge = false) {
    super(why);
    this.tooLarge = tooLarge;
  }
}

interface Entry {
  readonly name: string;
  readonly encrypted: boolean;
  readonly method: number;
  readonly crc: number;
  readonly size: number;
  readonly at: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
const LONGEST_COMMENT = 0xffff;
const DEFLATED = 8;

/** Throws Unreadable. `most` bounds the bytes of all wanted files together. */
export function unzip(
  bytes: Uint8Array,
  { wanted, most }: { readonly wanted: (name: string) => boolean; readonly most: number },
): ReadonlyMap<string, Uint8Array> {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const files = new Map<string, Uint8Array>();
    let left = most;
    for (const entry of entriesOf(bytes, view)) {
      if (!wanted(entry.name)) continue;
      const content = contentOf({ bytes, view }, entry, left);
      left -= content.length;
      files.set(entry.name, content);
    }
    return files;
  } catch (error) {
    // A number read past the end: the archive was cut short.
    if (error instanceof RangeError) throw new Unreadable('is damaged');
    throw error;
  }
}

function* entriesOf(bytes: Uint8Array, view: DataView): Generator<Entry> {
  const end = endOf(view);
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (view.getUint32(at, true) !== CENTRAL) throw new Unreadable('is damaged');
    const nameBytes = view.getUint16(at + 28, true);
    const name = at + CENTRAL_BYTES;
    yield {
      name: new TextDecoder().decode(bytes.subarray(name, name + nameBytes)),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      size: view.getUint32(at + 20, true),
      at: view.getUint32(at + 42, true),
    };
    at = name + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}

function endOf(view: DataView): number {
  const last = view.byteLength - END_BYTES;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at -= 1)
    if (view.getUint32(at, true) === END) return at;
  throw new Unreadable('is damaged');
}

interface Archive {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

function contentOf({ bytes, view }: Archive, entry: Entry, most: number): Uint8Array {
  if (entry.encrypted) throw new Unreadable('has a password');
  if (view.getUint32(entry.at, true) !== LOCAL) throw new Unreadable('is damaged');
  const from =
    entry.at +
    LOCAL_BYTES +
    view.getUint16(entry.at + 26, true) +
    view.getUint16(entry.at + 28, true);
  const packed = bytes.subarray(from, from + entry.size);
  const content = entry.method === DEFLATED ? inflate(packed, most) : packed;
  if (content.length > most) throw tooLarge();
  if (crc32(content) !== entry.crc) throw new Unreadable('is damaged');
  return content;
}

function inflate(packed: Uint8Array, most: number): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new Unreadable('is damaged');
  }
}

function tooLarge(): Unreadable {
  return new Unreadable('unpacks to far more than any table of people needs', true);
}
