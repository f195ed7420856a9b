/** A bulk update as CSV (RFC 4180). It can say neither an empty list nor a value that is not a number. */
import type { Write } from '../../model/provider.ts';

export function fitsCsv({ after }: Write): boolean {
  const values = Object.values(after.skill);
  return values.length > 0 && values.every((value) => typeof value === 'number');
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$|^$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

export function csvBody(header: string, writes: readonly Write[]): string {
  const rows = writes.flatMap(({ userId, after }) =>
    Object.entries(after.skill).map(([id, value]) =>
      [userId, id, String(value)].map(quoted).join(','),
    ),
  );
  return [header, ...rows, ''].join('\r\n');
}
