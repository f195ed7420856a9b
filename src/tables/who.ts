/** The cells of a row that say of whom it speaks. */
import type { TableFindings } from './codes.ts';
import type { Row } from './grid.ts';
import { type Header, isWho } from './header.ts';
import type { Form } from './people.ts';
import { isBlank, wordsOf } from './text.ts';
import type { Who } from './wishes.ts';

export function whoIn(row: Row, { columns }: Header, findings: TableFindings): Who {
  const about = columns.filter(isWho);
  let told = false;
  const namings = about.flatMap(({ index, role }) => {
    const cell = row.cells[index];
    const at = { row: row.number, col: index + 1 };
    const text = wordsOf(cell);
    if (text !== undefined) return [{ text, form: role === 'user' ? 'any' : (role as Form), at }];
    if (isBlank(cell)) return [];
    told = true;
    findings.add('table-cell', at, {
      message: 'The cell holds no name of a person.',
      hint: 'Write the name, in a cell formatted as text.',
    });
    return [];
  });
  return { namings, told, at: { row: row.number, col: (about[0]?.index ?? 0) + 1 } };
}
