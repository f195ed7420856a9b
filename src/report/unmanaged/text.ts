/** Who is live and in no roster, team by team; and who is in a roster and gone. */
import { blocks } from '../blocks.ts';
import { plain } from '../plain.ts';
import { type Page, page, type Style } from '../style.ts';
import { count, fileLine, who } from '../words.ts';
import { advice, beside, wrap } from '../wrap.ts';
import type { Gone, Unmanaged, UnmanagedReport } from './unmanaged.ts';

/** Ends in a newline. */
export function unmanagedText(report: UnmanagedReport, style: Style): string {
  const on = page(style);
  const { incomplete } = report;
  return blocks([
    unmanaged(report, on),
    gone(report, on),
    incomplete === null
      ? []
      : advice(
          { message: `Not everybody was shown. ${incomplete.why}`, hint: incomplete.hint },
          '',
          on,
        ),
    summary(report, on),
  ]);
}

function unmanaged({ unmanaged: people }: UnmanagedReport, on: Page): string[] {
  if (people.length === 0) return ['Everybody who is live is in a roster.'];
  const title = on.paint.bold(`Live, and in no roster (${people.length})`);
  return [
    title,
    ...people.flatMap((one) => beside(`  ${plain(who(one))}`, plain(noteOf(one)), on)),
  ];
}

function noteOf({ team, holds }: Unmanaged): string {
  const list = holds === null ? 'list not known' : count(holds, 'assignment', 'assignments');
  return team === undefined ? list : `${team}, ${list}`;
}

const REASONS = { 'not-found': 'not found', inactive: 'inactive' } as const;

function gone({ gone: people }: UnmanagedReport, on: Page): string[] {
  if (people.length === 0) return [];
  const title = on.paint.bold(`In a roster, and gone from the platform (${people.length})`);
  return [title, ...people.flatMap((one) => goneLine(one, on))];
}

function goneLine(one: Gone, on: Page): string[] {
  const note = `${REASONS[one.reason]}, ${fileLine(one.place)}`;
  return beside(`  ${plain(who(one))}`, plain(note), on);
}

function summary({ org, platform, managed, released, unmanaged: live }: UnmanagedReport, on: Page) {
  const text = `${count(managed, 'person', 'people')} of ${org} (${platform}) managed, ${released} released, ${live.length} in no roster.`;
  const next = live.length === 0 ? [] : ['muster pull writes whoever is in no roster into one.'];
  return [...wrap(text, '', on), ...next];
}
