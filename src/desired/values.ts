/** Proficiencies against the orgs that read them: levels, scales, and numbers that mean different things. */
import type { Kind } from '../model/assignment.ts';
import { offScale, SCALES, type Scale } from '../model/platform.ts';
import { ABSENT } from './roster.ts';
import { type Reader, report, type Sheet } from './sheet.ts';
import { listed, nearest } from './suggest.ts';

export interface Written {
  readonly kind: Kind;
  readonly name: string;
  readonly value: number | string;
  readonly at: number;
  /** The orgs it is for. */
  readonly orgs: readonly Reader[];
  /** The least that counts: a number or a level, never `absent`. */
  readonly floor?: true;
}

/** The number a value stands for in an org; undefined for a level the org does not have, and for `absent`. */
export function proficiencyIn(org: Reader, value: number | string): number | undefined {
  return typeof value === 'number' ? value : org.levels[value];
}

export function checkValue(sheet: Sheet, written: Written): void {
  if (written.value === ABSENT && !written.floor) return;
  if (typeof written.value === 'number' && ambiguous(sheet, written.kind)) {
    report(sheet, 'bare-number', written.at, {
      message: `${written.value} for \`${written.name}\` means different things on the platforms that read this file.`,
      hint: 'Use a level that every org defines.',
    });
    return;
  }
  const context: Context = { sheet, written, told: [] };
  for (const org of written.orgs) {
    const scale = SCALES[org.platform][written.kind];
    if (scale) checkIn(org, scale, context);
  }
}

interface Context {
  readonly sheet: Sheet;
  readonly written: Written;
  /** Sentences already told, so that ten orgs with one mistake in common are one finding. */
  readonly told: string[];
}

function checkIn(org: Reader, scale: Scale, { sheet, written, told }: Context): void {
  const { value, name, at } = written;
  // What is no number at all the schema has told already.
  if (typeof value === 'number' && !Number.isFinite(value)) return;
  const words = written.floor ? [] : [ABSENT];
  const proficiency = proficiencyIn(org, value);
  if (proficiency === undefined) {
    const hint = levelHint(org, String(value), words) ?? understood(org, scale, words);
    const message = `\`${org.name}\` has no level \`${value}\` for \`${name}\`.`;
    report(sheet, 'level-unknown', at, { message, hint });
    return;
  }
  const wanted = offScale(scale, proficiency);
  if (wanted === undefined) return;
  const shown = typeof value === 'number' ? `${value}` : `\`${value}\` (${proficiency})`;
  const message = `${shown} for \`${name}\` is not on the scale: it must be ${wanted}.`;
  if (told.includes(message)) return;
  told.push(message);
  report(sheet, 'off-scale', at, { message, hint: understood(org, scale, words) });
}

function ambiguous(sheet: Sheet, kind: Kind): boolean {
  const having = sheet.served.filter((org) => SCALES[org.platform][kind]);
  return having.some((org) => org.platform !== having[0]?.platform);
}

function levelHint(org: Reader, value: string, words: readonly string[]): string | undefined {
  if (value.trim() !== '' && Number.isFinite(Number(value)))
    return 'Write the number without quotes.';
  const found = nearest(value, [...Object.keys(org.levels), ...words]);
  return found === undefined ? undefined : `Did you mean \`${found}\`?`;
}

/** What may be written for an org, as a sentence. */
function understood(org: Reader, scale: Scale, words: readonly string[]): string {
  const kind = scale.integer ? 'a whole number' : 'a number';
  const names = Object.keys(org.levels);
  const levels = names.length > 0 ? `, or a level: ${listed(names)}` : '';
  return `Write ${kind} from ${scale.min} to ${scale.max}${words.map((word) => `, \`${word}\``).join('')}${levels}.`;
}

/** The hint for a proficiency that is neither number nor text. */
export function valuesHint(orgs: readonly Reader[]): string {
  const sentences = orgs.map((org) =>
    understood(org, SCALES[org.platform].skill as Scale, [ABSENT]),
  );
  return [...new Set(sentences)].join(' ');
}
