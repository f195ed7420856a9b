/** Where each value of one person comes from, for a terminal: the value, what is live, and every entry that speaks of it. */
import type { Want } from '../../model/desired.ts';
import { blocks } from '../blocks.ts';
import { plain } from '../plain.ts';
import { type Page, page, type Style } from '../style.ts';
import { fileLine, listed, thing, through, valueText, who } from '../words.ts';
import { beside, wrap } from '../wrap.ts';
import type { ExplainedEntry, ExplainedSkill, Explanation, Part } from './explain.ts';

/** Ends in a newline. */
export function explainText(explanation: Explanation, style: Style): string {
  const on = page(style);
  return blocks([
    head(explanation, on),
    ...explanation.skills.map((skill) => skillLines(skill, on)),
    foot(explanation, on),
  ]);
}

function head(explanation: Explanation, on: Page): string[] {
  const { org, platform, day, place, teams, ownership, released } = explanation;
  const facts = [
    `${org} (${platform}) on ${day}`,
    fileLine(place),
    ...(teams.length === 0 ? [] : [`in ${listed(teams)}`]),
    released ? 'released: never written' : `ownership ${ownership}`,
  ];
  const held = explanation.held.flatMap(({ message }) => wrap(`Held: ${message}`, '', on));
  return [
    on.paint.bold(plain(who(explanation))),
    ...wrap(facts.join('; '), '  ', on),
    ...held.map(on.paint.yellow),
  ];
}

function skillLines(skill: ExplainedSkill, on: Page): string[] {
  const value = `${on.paint.bold(plain(thing(skill)))}: ${plain(wantText(skill.want))}`;
  return [
    ...noted(value, liveText(skill), on),
    ...skill.entries.flatMap((entry) => entryLines(entry, on)),
  ];
}

function noted(line: string, note: string, on: Page): string[] {
  return note === '' ? [line] : beside(line, plain(note), on);
}

function wantText(want: Want | null): string {
  if (want === null) return 'named nowhere';
  switch (want.state) {
    case 'value': {
      const level = want.level === undefined ? '' : ` (${want.level})`;
      const until = want.until === undefined ? '' : ` until ${want.until}`;
      return `${want.proficiency}${level}${until}`;
    }
    case 'absent':
      return 'absent';
    case 'pending':
      return `nothing before ${want.from}`;
  }
}

function liveText({ live, change }: ExplainedSkill): string {
  if (live === undefined) return '';
  const has = live === null ? 'live: none' : `live: ${valueText(live)}`;
  if (change === undefined || change === null) return has;
  const words = { add: 'is added', change: 'is changed', remove: 'is removed' } as const;
  return `${has}, ${words[change.action]} (${change.cause})`;
}

const MARKS: Readonly<Record<Part, string>> = { wins: '>', behind: ' ', later: ' ', over: ' ' };
const NOTES: Readonly<Record<Part, string>> = {
  wins: '',
  behind: '',
  later: 'not yet',
  over: 'over',
};

function entryLines(entry: ExplainedEntry, on: Page): string[] {
  const { part, chain } = entry;
  const notes = [through(chain), NOTES[part]].filter((note) => note !== '');
  const line = `  ${MARKS[part]} ${plain(fileLine(entry))}  ${plain(entryText(entry))}`;
  const shown = part === 'wins' ? line : on.paint.dim(line);
  return noted(shown, notes.join('; '), on);
}

function entryText({ value, from, until, thenAbsent, reason }: ExplainedEntry): string {
  return [
    String(value),
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(until === undefined ? [] : [`until ${until}`]),
    ...(thenAbsent ? ['then absent'] : []),
    ...(reason === undefined ? [] : [`(${reason})`]),
  ].join(' ');
}

function foot({ skills, unread, asked }: Explanation, on: Page): string[] {
  const nothing = asked === undefined ? 'anything' : plain(asked);
  const live = unread === undefined ? ', and nothing of it is live' : '';
  const none = `No file names ${nothing} for this person${live}.`;
  return [
    ...(skills.length === 0 ? wrap(none, '', on) : []),
    ...(unread === undefined ? [] : wrap(`What is live was not read. ${unread}`, '', on)),
  ];
}
