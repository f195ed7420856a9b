/** Drift for an issue or a step's summary: the summary first, then a table of at most three columns. */
import { blocks } from '../blocks.ts';
import { heldTables } from '../held-markdown.ts';
import { code, escaped, person, table } from '../markdown.ts';
import { fileLine, thing } from '../words.ts';
import type { Drift, Drifted } from './drift.ts';
import {
  DRIFT_MARKS,
  driftKind,
  driftNotes,
  driftSummary,
  driftValues,
  historyWords,
} from './words.ts';

export function driftMarkdown(drift: Drift): string {
  return blocks([
    [driftSummary(drift)],
    [driftNotes(drift).map(escaped).join(' ')],
    rows(drift),
    ...heldTables(drift.held),
  ]);
}

/** Who it is stands in the first row of each person alone. */
function rows({ people }: Drift): string[] {
  return table(
    ['Who', 'On the platform', 'Applied by'],
    people.flatMap((someone) =>
      someone.drifted.map((one, index) => [
        index === 0 ? person(someone) : '',
        what(one),
        why(one),
      ]),
    ),
  );
}

function what(one: Drifted): string {
  return `${DRIFT_MARKS[driftKind(one)]} ${escaped(thing(one))} ${escaped(driftValues(one, '→'))}`;
}

function why(one: Drifted): string {
  const history = historyWords(one);
  return [code(fileLine(one.place)), ...(history === '' ? [] : [history])].join(', ');
}
