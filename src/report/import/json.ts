/** What a table changes in the rosters, as JSON. */
import { type TablePreview, tableAction } from '../../model/table.ts';
import { pretty } from '../pretty.ts';

/** `saved`: whether the rosters have been changed. */
export function previewJson(preview: TablePreview, saved: boolean): string {
  const { changes, written, ...rest } = preview;
  return pretty({
    formatVersion: '1.0',
    ...rest,
    saved,
    changes: changes.map((change, index) => ({
      action: tableAction(change),
      ...change,
      written: written[index],
    })),
  });
}
