/** One sheet of a workbook -> grid. Cells stand where their references say, empty ones in between are left out. */
import { type Cell, type Grid, MOST_CELLS, type Row } from '../grid.ts';
import { type Format, numberCell } from './formats.ts';
import { unescaped } from './strings.ts';
import { type Attributes, scanXml, type Visitor } from './xml.ts';
import { Unreadable } from './zip.ts';

export interface Book {
  readonly strings: readonly string[];
  readonly styles: readonly Format[];
  readonly epoch: 1900 | 1904;
}

/** A cell as it is being read. */
interface Open {
  readonly col: number;
  readonly type: string;
  readonly style: number;
  value: string | undefined;
  inline: string | undefined;
  formula: boolean;
}

const LAST_COLUMN = 16_384;

export function readSheet(bytes: Uint8Array, book: Book): Grid {
  const reader = new SheetReader(book);
  scanXml(bytes, reader);
  return reader.rows.filter(({ cells }) => cells.some((cell) => cell !== undefined));
}

class SheetReader implements Visitor {
  readonly rows: Row[] = [];
  readonly #book: Book;
  #cells: (Cell | undefined)[] = [];
  #row = 0;
  #cell: Open | undefined;
  #taking: 'value' | 'inline' | undefined;
  #reading = false;
  #count = 0;

  constructor(book: Book) {
    this.#book = book;
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'row') this.#openRow(attributes);
    else if (name === 'c') this.#openCell(attributes);
    else if (!this.#cell) return;
    else if (name === 'v') {
      this.#taking = 'value';
      this.#cell.value = '';
    } else if (name === 'f') this.#cell.formula = true;
    else if (name === 'rPh') this.#reading = true;
    else if (name === 't' && !this.#reading) {
      this.#taking = 'inline';
      this.#cell.inline ??= '';
    }
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#taking = undefined;
    else if (name === 'rPh') this.#reading = false;
    else if (name === 'c' && this.#cell) {
      this.#cells[this.#cell.col - 1] = toCell(this.#cell, this.#book);
      this.#cell = undefined;
    }
  }

  text(piece: string): void {
    if (this.#cell && this.#taking) this.#cell[this.#taking] += piece;
  }

  #openRow(attributes: Attributes): void {
    const number = Number(attributes.get('r') ?? this.#row + 1);
    if (!(number > this.#row)) throw new Unreadable('is damaged');
    this.#row = number;
    this.#cells = [];
    this.rows.push({ number, cells: this.#cells });
  }

  #openCell(attributes: Attributes): void {
    this.#count += 1;
    if (this.#count > MOST_CELLS) throw new Unreadable('has more cells than any table', true);
    const written = attributes.get('r');
    const col = written === undefined ? this.#cells.length + 1 : columnOf(written);
    if (col < 1 || col > LAST_COLUMN) throw new Unreadable('is damaged');
    const type = attributes.get('t') ?? 'n';
    const style = Number(attributes.get('s') ?? 0);
    this.#cell = { col, type, style, value: undefined, inline: undefined, formula: false };
  }
}

/** `AB12` is column 28; nought for what is no reference. */
function columnOf(reference: string): number {
  const [letters = ''] = /^[A-Z]{1,3}/.exec(reference) ?? [];
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

function toCell(open: Open, book: Book): Cell | undefined {
  const { type, value, inline, formula, style } = open;
  if (type === 'inlineStr') return textCell(unescaped(inline ?? ''));
  if (value === undefined || value.trim() === '') {
    return formula && type !== 'str' ? { is: 'odd', why: 'a formula without a result' } : undefined;
  }
  switch (type) {
    case 's':
      return textCell(book.strings[Number(value)] ?? lost());
    case 'str':
      return textCell(unescaped(value));
    case 'd':
      return textCell(value);
    case 'b':
      return { is: 'odd', why: value === '1' ? 'TRUE' : 'FALSE' };
    case 'e':
      return { is: 'odd', why: `the error ${value}` };
    default:
      return numberCell(numberOf(value), book.styles[style] ?? 'number', book.epoch);
  }
}

function textCell(text: string): Cell | undefined {
  return text === '' ? undefined : { is: 'text', text };
}

function numberOf(value: string): number {
  const number = Number(value);
  if (!Number.isFinite(number)) throw new Unreadable('is damaged');
  return number;
}

function lost(): never {
  throw new Unreadable('is damaged');
}
