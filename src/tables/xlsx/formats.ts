/** What the number format of a cell makes of its number: a day, a time of day, a percentage, or just the number. */
import { addDays, type Day } from '../../model/day.ts';
import type { Cell } from '../grid.ts';
import { type Attributes, scanXml } from './xml.ts';

export type Format = 'number' | 'percent' | 'day' | 'time';

/** The formats a file need not spell out, as the standard numbers them. */
const BUILT_IN: readonly (readonly [from: number, to: number, format: Format])[] = [
  [9, 10, 'percent'],
  [14, 17, 'day'],
  [18, 21, 'time'],
  [22, 22, 'day'],
  [27, 36, 'day'],
  [45, 47, 'time'],
  [50, 58, 'day'],
];

/** The format of each style, by the number that cells carry. */
export function readStyles(bytes: Uint8Array | undefined): readonly Format[] {
  if (bytes === undefined) return [];
  const codes = new Map<number, Format>();
  const styles: Format[] = [];
  let within = false;
  const open = (name: string, attributes: Attributes) => {
    const id = Number(attributes.get('numFmtId'));
    if (name === 'numFmt') codes.set(id, formatOf(attributes.get('formatCode') ?? ''));
    else if (name === 'cellXfs') within = true;
    else if (name === 'xf' && within) styles.push(codes.get(id) ?? builtIn(id));
  };
  const close = (name: string) => {
    if (name === 'cellXfs') within = false;
  };
  scanXml(bytes, { open, close });
  return styles;
}

function builtIn(id: number): Format {
  return BUILT_IN.find(([from, to]) => id >= from && id <= to)?.[2] ?? 'number';
}

/** Of the part for positive numbers, without quoted letters, escaped ones, colours and languages. */
function formatOf(code: string): Format {
  const bare = code
    .toLowerCase()
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/g, '');
  const [first = ''] = bare.split(';');
  if (/[yd]/.test(first) || (/m/.test(first) && !/[hs]/.test(first))) return 'day';
  if (/[hs]/.test(first)) return 'time';
  return first.includes('%') ? 'percent' : 'number';
}

/** Days are counted from the last day of 1899, or from 1904; the former count has a 29 February 1900 that never was. */
const EPOCHS = { 1900: '1899-12-30', 1904: '1904-01-01' } as const;
const FIRST_SURE = 61;
const LAST = 2_958_465;

export function numberCell(value: number, format: Format, epoch: 1900 | 1904): Cell {
  switch (format) {
    case 'number':
      return { is: 'number', value, percent: false };
    case 'percent':
      return { is: 'number', value, percent: true };
    case 'time':
      return { is: 'odd', why: 'a time of day' };
    case 'day':
      return dayCell(value, EPOCHS[epoch]);
  }
}

function dayCell(serial: number, epoch: Day): Cell {
  if (serial < FIRST_SURE || serial > LAST) return { is: 'odd', why: 'a day that cannot be told' };
  if (!Number.isInteger(serial)) {
    return {
      is: 'odd',
      why: `a time of day besides the day ${addDays(epoch, Math.floor(serial))}`,
    };
  }
  return { is: 'day', day: addDays(epoch, serial) };
}
