/** One line about an org's drift for a chat, by a webhook as Slack and its like take it: counts, and nobody's name. */
import { count } from '../words.ts';
import { hoursMissed, type Look } from './looks.ts';

/** Undefined where nothing is new: no drift tonight, and none the night before. */
export function driftMessage(
  org: string,
  looks: readonly Look[],
  url: string | undefined,
): string | undefined {
  const [before, last] = looks.length < 2 ? [undefined, looks[0]] : looks.slice(-2);
  const words = last && wordsOf(last, before);
  const hours = hoursMissed(looks);
  const missed = hours === undefined ? [] : [`The look before was ${hours} hours ago.`];
  const all = [...(words === undefined ? [] : [words]), ...missed];
  if (all.length === 0) return undefined;
  return [`${org}: ${all.join(' ')}`, ...(url === undefined ? [] : [url])].join(' ');
}

function wordsOf(
  { found, assignments, people }: Look,
  before: Look | undefined,
): string | undefined {
  if (found === 'failed') return 'Looking for drift failed.';
  if (found === 'none') return before?.found === 'drift' ? 'The drift is gone.' : undefined;
  const what = count(assignments, 'assignment has', 'assignments have');
  return `${what} drifted, of ${count(people, 'person', 'people')}.`;
}
