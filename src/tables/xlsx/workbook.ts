/** A workbook (.xlsx): its sheets, and one of them as a grid. */
import type { Grid } from '../grid.ts';
import { readStyles } from './formats.ts';
import { readSheet } from './sheet.ts';
import { readStrings, unescaped } from './strings.ts';
import { scanXml } from './xml.ts';
import { Unreadable, unzip } from './zip.ts';

/** What all of a workbook's texts and numbers may unpack to. */
const MOST_BYTES = 200_000_000;

interface Sheet {
  readonly name: string;
  readonly path: string;
  readonly hidden: boolean;
}

export interface Workbook {
  /** Names of the sheets that are shown. */
  readonly sheets: readonly string[];
  /** Undefined for a name it has no sheet of; without a name the first that is shown. */
  sheet(name: string | undefined): { readonly name: string; readonly grid: Grid } | undefined;
}

type Files = ReadonlyMap<string, Uint8Array>;

/** Throws Unreadable for what is no workbook, is damaged, locked or far too large. */
export function openWorkbook(bytes: Uint8Array): Workbook {
  const files = unzip(bytes, { wanted: isWanted, most: MOST_BYTES });
  const path = related(files, '').find(({ type }) => type === 'officeDocument')?.path;
  const main = path === undefined ? undefined : files.get(path);
  if (path === undefined || main === undefined) throw new Unreadable('is no workbook');
  const parts = related(files, path);
  const part = (type: string) => files.get(parts.find((one) => one.type === type)?.path ?? '');
  const { sheets, epoch } = readMain(main, parts);
  const shown = sheets.filter(({ hidden }) => !hidden);
  return {
    sheets: shown.map(({ name }) => name),
    sheet(wanted) {
      const found = wanted === undefined ? shown[0] : sheets.find(({ name }) => name === wanted);
      const content = found && files.get(found.path);
      if (!found || !content) return undefined;
      const strings = readStrings(part('sharedStrings'));
      const grid = readSheet(content, { strings, styles: readStyles(part('styles')), epoch });
      return { name: found.name, grid };
    },
  };
}

function isWanted(name: string): boolean {
  return /\.(?:xml|rels)$/i.test(name) && !/(?:^|\/)(?:docProps|theme|drawings|media)\//.test(name);
}

interface Part {
  readonly id: string;
  readonly type: string;
  readonly path: string;
}

/** The parts that a part refers to; those of the archive itself for the empty path. */
function related(files: Files, path: string): Part[] {
  const slash = path.lastIndexOf('/') + 1;
  const bytes = files.get(`${path.slice(0, slash)}_rels/${path.slice(slash)}.rels`);
  const parts: Part[] = [];
  if (bytes === undefined) return parts;
  scanXml(bytes, {
    open(name, attributes) {
      const target = attributes.get('Target');
      if (name !== 'Relationship' || target === undefined) return;
      const type = attributes.get('Type') ?? '';
      parts.push({
        id: attributes.get('Id') ?? '',
        type: type.slice(type.lastIndexOf('/') + 1),
        path: absolute(path.slice(0, slash), target),
      });
    },
  });
  return parts;
}

function absolute(folder: string, target: string): string {
  const steps: string[] = target.startsWith('/') ? [] : folder.split('/').filter(Boolean);
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

function readMain(
  bytes: Uint8Array,
  parts: readonly Part[],
): { readonly sheets: readonly Sheet[]; readonly epoch: 1900 | 1904 } {
  const sheets: Sheet[] = [];
  let epoch: 1900 | 1904 = 1900;
  scanXml(bytes, {
    open(name, attributes) {
      if (name === 'workbookPr' && /^(?:1|true)$/.test(attributes.get('date1904') ?? '')) {
        epoch = 1904;
      }
      if (name !== 'sheet') return;
      const part = parts.find(({ id }) => id === attributes.get('id'));
      if (part?.type !== 'worksheet') return;
      sheets.push({
        name: unescaped(attributes.get('name') ?? ''),
        path: part.path,
        hidden: /hidden/i.test(attributes.get('state') ?? ''),
      });
    },
  });
  return { sheets, epoch };
}
