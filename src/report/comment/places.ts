/** Where in the files the changes are asked for, with links to the lines. */
import { byCodeUnit } from '../../model/assignment.ts';
import type { Place } from '../../model/finding.ts';
import { code } from '../markdown.ts';
import { wellFormed } from '../plain.ts';
import { count, fileLine } from '../words.ts';
import type { Shown } from './fit.ts';
import type { Sight } from './input.ts';
import type { Changed } from './split.ts';
import { changeWords, folded } from './words.ts';

/** A place, as a link where the forge shows the files. What has left the files is shown as it was. */
export function placeLink(
  place: Place,
  { input }: Pick<Sight, 'input'>,
  side: 'head' | 'base' = 'head',
): string {
  const text = code(fileLine(place));
  const root = input.links?.[side];
  if (root === undefined) return text;
  const path = place.file.split('/').map(encoded).join('/');
  return `[${text}](${root}${path}#L${place.line})`;
}

/** Nothing in it can end the link it stands in. */
function encoded(part: string): string {
  return encodeURIComponent(wellFormed(part)).replace(
    /[!'()*]/g,
    (found) => `%${found.charCodeAt(0).toString(16)}`,
  );
}

interface Written {
  readonly place: Place;
  readonly link: string;
  readonly words: string;
  people: number;
}

/** Each place once, with what it asks for and for how many. */
export function places(changed: readonly Changed[], sight: Sight): Shown {
  const found = new Map<string, Written>();
  for (const { user, changes } of changed) {
    for (const change of changes) {
      const words = changeWords(change, user.key, sight, { from: false });
      const link = placeLink(change.source, sight, user.leaver ? 'base' : 'head');
      const one = found.get(`${link} ${words}`) ?? { place: change.source, link, words, people: 0 };
      one.people += 1;
      found.set(`${link} ${words}`, one);
    }
  }
  const lines = [...found.values()]
    .sort((a, b) => inFiles(a.place, b.place) || byCodeUnit(a.words, b.words))
    .map(({ link, words, people }) => `- ${link}: ${words} (${count(people, 'person', 'people')})`);
  return { lines: folded('Where it is written', lines), whole: true };
}

function inFiles(a: Place, b: Place): number {
  return byCodeUnit(a.file, b.file) || a.line - b.line || a.col - b.col;
}
