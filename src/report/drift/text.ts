/** Drift for a terminal: what was applied, and what is there instead, person by person. */
import { blocks } from '../blocks.ts';
import { pad, widest } from '../columns.ts';
import { heldSections } from '../held.ts';
import { plain } from '../plain.ts';
import { type Page, page, type Style } from '../style.ts';
import { fileLine, thing, who } from '../words.ts';
import { beside, wrap } from '../wrap.ts';
import type { Drift, Drifted, DriftedPerson } from './drift.ts';
import {
  DRIFT_MARKS,
  driftKind,
  driftNotes,
  driftSummary,
  driftValues,
  historyWords,
} from './words.ts';

/** One odd name does not push everybody's columns apart. */
const WIDEST_NAME = 28;
const COLORS = { added: 'green', changed: 'yellow', removed: 'red' } as const;

/** Ends in a newline. The first line of the last section is `driftSummary(drift)`, never painted. */
export function driftText(drift: Drift, style: Style): string {
  const on = page(style);
  const names = drift.people.flatMap(({ drifted }) => drifted.map((one) => plain(thing(one))));
  const width = widest(names, WIDEST_NAME);
  return blocks([
    ...drift.people.map((person) => section(person, width, on)),
    ...heldSections(drift.held, on),
    [driftSummary(drift), ...driftNotes(drift).flatMap((line) => wrap(line, '', on))],
  ]);
}

function section(person: DriftedPerson, width: number, on: Page): string[] {
  return [
    on.paint.bold(plain(who(person))),
    ...person.drifted.flatMap((one) => {
      const mark = on.paint[COLORS[driftKind(one)]](DRIFT_MARKS[driftKind(one)]);
      const line = `  ${mark} ${pad(plain(thing(one)), width)}  ${plain(driftValues(one, '->'))}`;
      return beside(line, plain(note(one)), on);
    }),
  ];
}

function note(one: Drifted): string {
  const history = historyWords(one);
  return history === '' ? fileLine(one.place) : `${fileLine(one.place)}, ${history}`;
}
