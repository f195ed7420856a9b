/** How many of its holders any one skill or language may lose. */
import type { GuardVerdict, Loss } from '../../model/plan.ts';
import { lossesOf } from '../losses.ts';
import { peopleOf } from './holders.ts';
import type { Judged } from './input.ts';
import { allowed, count, exceeds, few, percentOf, quoted, verdict } from './words.ts';

export function judgeSkills(judged: Judged): GuardVerdict {
  const { guards, narrowed } = judged;
  const share = guards.skill;
  const losses = lossesOf(peopleOf(judged));
  const words = (loss: Required<Loss>) => inWords(loss, narrowed ? undefined : share.percent);
  const limit = allowed(share, narrowed);
  const [worst] = losses;
  if (!worst) return verdict('skill', true, `No skill loses a holder; ${limit}.`);
  const tooMany = losses.filter(({ lose, holders }) =>
    narrowed ? lose > share.count : exceeds(lose, holders, share),
  );
  if (tooMany.length > 0)
    return verdict('skill', false, `${few(tooMany.map(words), ', ')}; ${limit}.`);
  return verdict('skill', true, `At most ${words(worst)}; ${limit}.`);
}

function inWords(loss: Required<Loss>, percent: number | undefined): string {
  const { kind, name, lose, holders } = loss;
  const what = kind === 'skill' ? quoted(name) : `${quoted(name)} (language)`;
  const verb = lose === 1 ? 'loses' : 'lose';
  if (percent === undefined) return `${count(lose, 'holder', 'holders')} ${verb} ${what}`;
  const share = percentOf(lose, holders, percent);
  return `${lose} of ${count(holders, 'holder', 'holders')} ${verb} ${what} (${share})`;
}
