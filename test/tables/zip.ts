/** ZIP archives and workbooks for tests, well-formed or not. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface Packed {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** What the archive says instead of the truth. */
  readonly crc?: number;
  readonly encrypted?: boolean;
  readonly stored?: boolean;
}

export function zip(files: readonly Packed[]): Uint8Array {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const file of files) {
    const { local, central } = packed(file, at);
    locals.push(local);
    centrals.push(central);
    at += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

function packed(file: Packed, at: number): { readonly local: Buffer; readonly central: Buffer } {
  const content = Buffer.from(file.content);
  const body = file.stored ? content : deflateRawSync(content);
  const name = Buffer.from(file.name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(file.encrypted ? 1 : 0, 2);
  common.writeUInt16LE(file.stored ? 0 : 8, 4);
  common.writeUInt32LE(file.crc ?? crc32(content), 10);
  common.writeUInt32LE(body.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(name.length, 22);
  const where = Buffer.alloc(14);
  where.writeUInt32LE(at, 10);
  return {
    local: Buffer.concat([Buffer.from('PK\u0003\u0004'), common, name, body]),
    central: Buffer.concat([
      Buffer.from('PK\u0001\u0002'),
      Buffer.from([20, 0]),
      common,
      where.subarray(0),
      name,
    ]),
  };
}

const RELS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export interface Parts {
  /** The `sheetData` of the only sheet. */
  readonly rows: string;
  readonly styles?: string;
  readonly strings?: string;
  readonly workbook?: string;
}

/** The least that a workbook can be. */
export function workbook(
  { rows, styles, strings, workbook: main }: Parts,
  more: readonly Packed[] = [],
): Uint8Array {
  const rel = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${RELS}/${type}" Target="${target}"/>`;
  const rels = (inner: string) => `<?xml version="1.0"?><Relationships>${inner}</Relationships>`;
  const optional = [
    ...(styles === undefined ? [] : [{ name: 'xl/styles.xml', content: styles }]),
    ...(strings === undefined ? [] : [{ name: 'xl/sharedStrings.xml', content: strings }]),
  ];
  const parts =
    rel('rId1', 'worksheet', 'worksheets/sheet1.xml') +
    rel('rId2', 'styles', '/xl/styles.xml') +
    rel('rId3', 'sharedStrings', 'sharedStrings.xml');
  return zip([
    { name: '_rels/.rels', content: rels(rel('rId1', 'officeDocument', 'xl/workbook.xml')) },
    { name: 'xl/_rels/workbook.xml.rels', content: rels(parts) },
    {
      name: 'xl/workbook.xml',
      content:
        main ?? '<workbook><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>',
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      content: `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    },
    ...optional,
    ...more,
  ]);
}
