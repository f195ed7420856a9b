/** What a pull has written or would write, and what it could not, for a terminal. */
import type { Left, LeftReason, Pulled, PulledFile } from '../../model/pulled.ts';
import { blocks } from '../blocks.ts';
import { pad, widest } from '../columns.ts';
import { plain } from '../plain.ts';
import { type Page, page, type Style } from '../style.ts';
import { count, few } from '../words.ts';
import { advice, wrap } from '../wrap.ts';

/** So many of a sort are shown; `--format json` has them all. */
const MOST = 20;

export interface PullTold {
  readonly org: string;
  readonly pulled: Pulled;
  /** False: a preview. */
  readonly written: boolean;
}

/** Ends in a newline. */
export function pullText(told: PullTold, style: Style): string {
  const on = page(style);
  const { pulled } = told;
  return blocks([
    [head(told), ...files(pulled.files, on)],
    incomplete(pulled, on),
    ...REASONS.map((reason) => leftLines(reason, pulled, on)),
    notes(pulled, on),
  ]);
}

function head({ org, pulled, written }: PullTold): string {
  if (pulled.files.length === 0)
    return `The files say what is live in ${plain(org)}: nothing to write.`;
  const people = count(pulled.people, 'person', 'people');
  const where = count(pulled.files.length, 'file', 'files');
  return written
    ? `Pulled ${people} of ${plain(org)}; ${where} written:`
    : `A pull of ${people} of ${plain(org)} would write ${where}:`;
}

function incomplete({ incomplete: found }: Pulled, on: Page): string[] {
  if (found === undefined) return [];
  const { why, hint } = found;
  return advice({ message: `Not everything live was shown. ${why}`, hint }, '', on);
}

function files(all: readonly PulledFile[], on: Page): string[] {
  const shown = all.slice(0, MOST);
  const width = widest(shown.map(({ path }) => plain(path)));
  const lines = shown.map((file) => {
    const mark = file.state === 'new' ? on.paint.green('+') : on.paint.yellow('~');
    return `  ${mark} ${pad(plain(file.path), width)}  ${whatBecame(file)}`.trimEnd();
  });
  if (all.length > MOST) lines.push(`  and ${all.length - MOST} more (--format json)`);
  return lines;
}

function whatBecame({ added, changed }: PulledFile): string {
  const parts = [
    ...(added > 0 ? [`${count(added, 'person', 'people')} added`] : []),
    ...(changed > 0 ? [`${count(changed, 'person', 'people')} changed`] : []),
  ];
  return parts.join(', ') || 'names and profiles';
}

const REASONS: readonly LeftReason[] = [
  'unread',
  'refused',
  'shared',
  'odd',
  'unnamed',
  'gone',
  'inactive',
];

const WORDS: Readonly<Record<LeftReason, readonly [title: string, meaning: string]>> = {
  unread: ['Not read', 'the list could not be proven, and unknown is never written as none'],
  refused: [
    'Not changed',
    'the file cannot be changed for them without changing something else; do it by hand',
  ],
  shared: [
    'In shared files',
    'other orgs read what they say, so it is not changed for one of them',
  ],
  odd: ['Left as they are', 'the platform holds a value that no file can say'],
  unnamed: ['Without a name', 'the catalogue of the platform does not list them'],
  gone: ['Gone', 'the platform does not know them; take them out of the files, or correct the key'],
  inactive: [
    'Inactive',
    'nothing is written for them; take them out of the files, or write `released`',
  ],
};

function leftLines(reason: LeftReason, { left }: Pulled, on: Page): string[] {
  const people = byKey(left.filter((one) => one.reason === reason));
  if (people.length === 0) return [];
  const [title, meaning] = WORDS[reason];
  const head = wrap(`${title} (${people.length}): ${meaning}.`, '', on);
  const lines = people.slice(0, MOST).flatMap((one) => wrap(leftLine(one), '  ', on));
  if (people.length > MOST) lines.push(`  and ${people.length - MOST} more (--format json)`);
  return [...head, ...lines];
}

/** One line a person, however many assignments of his it is about. */
function byKey(left: readonly Left[]): readonly (readonly Left[])[] {
  const keys = new Map<string, Left[]>();
  for (const one of left) keys.set(one.key, [...(keys.get(one.key) ?? []), one]);
  return [...keys.values()];
}

function leftLine(all: readonly Left[]): string {
  const [first] = all as [Left, ...Left[]];
  const what = all.flatMap((one) => (one.what === undefined ? [] : [plain(one.what)]));
  const place =
    first.place === undefined ? '' : ` (${plain(first.place.file)}:${first.place.line})`;
  const about = what.length === 0 ? '' : `: ${few(what)}`;
  const why = first.why === undefined ? '' : `: ${plain(first.why)}`;
  return `${plain(first.key)}${place}${about}${why}`;
}

function notes({ profiles, inactive }: Pulled, on: Page): string[] {
  const lines = [
    ...(profiles > 0
      ? [`${count(profiles, 'profile', 'profiles')} made of what people share.`]
      : []),
    ...(inactive > 0
      ? [`${count(inactive, 'inactive person', 'inactive people')} of the platform in no file.`]
      : []),
  ];
  return lines.flatMap((line) => wrap(line, '', on));
}
