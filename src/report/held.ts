/** Who and what was kept back, for a terminal: always with the reason, never silently absent. */
import type { Held } from '../model/target.ts';
import { plain } from './plain.ts';
import type { Page } from './style.ts';
import { fileLine, thing } from './words.ts';
import { advice, beside } from './wrap.ts';

/** Two sections, people and assignments; an empty one has no lines. */
export function heldSections(held: readonly Held[], on: Page): string[][] {
  const people = held.filter((each) => each.assignment === undefined);
  const assignments = held.filter((each) => each.assignment !== undefined);
  return [section('Held people', people, on), section('Held assignments', assignments, on)];
}

function section(title: string, held: readonly Held[], on: Page): string[] {
  if (held.length === 0) return [];
  const lines = held.flatMap((each) => [
    ...beside(
      `  ${plain(heldName(each))}  ${on.paint.yellow(each.reason)}`,
      plain(fileLine(each.place)),
      on,
    ),
    ...advice(each, '    ', on),
  ]);
  return [on.paint.bold(`${title} (${held.length})`), ...lines];
}

/** The person, or the person and the assignment. */
function heldName(held: Held): string {
  return held.assignment === undefined ? held.key : `${held.key}: ${thing(held.assignment)}`;
}
