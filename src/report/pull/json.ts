/** What a pull has written or would write, as JSON; without the texts of the files, which are on the disk or will be. */
import { pretty } from '../pretty.ts';
import type { PullTold } from './text.ts';

export function pullJson({ org, pulled, written }: PullTold): string {
  const { people, profiles, inactive, incomplete = null, left } = pulled;
  const files = pulled.files.map(({ path, state, added, changed }) => ({
    ...{ path, state, added, changed },
  }));
  const told = { formatVersion: '1.0', org, written, people, profiles, inactive, incomplete };
  return pretty({ ...told, files, left });
}
