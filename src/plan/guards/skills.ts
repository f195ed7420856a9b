/** How many of its holders any one skill or language may lose. */
import { type Assignments, byCodeUnit, isHeld, KINDS, type Kind } from '../../model/assignment.ts';
import type { GuardVerdict } from '../../model/plan.ts';
import { type People, peopleOf } from './holders.ts';
import type { Judged } from './input.ts';
import { allowed, count, exceeds, few, percentOf, quoted, verdict } from './words.ts';

interface Loss {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  losers: number;
  holders: number;
}

type Losses = { readonly [K in Kind]: Map<string, Loss> };

export function judgeSkills(judged: Judged): GuardVerdict {
  const { guards, narrowed } = judged;
  const share = guards.skill;
  const losses = lossesOf(peopleOf(judged)).sort(worstFirst);
  const words = (loss: Loss) => inWords(loss, narrowed ? undefined : share.percent);
  const limit = allowed(share, narrowed);
  const [worst] = losses;
  if (!worst) return verdict('skill', true, `No skill loses a holder; ${limit}.`);
  const tooMany = losses.filter(({ losers, holders }) =>
    narrowed ? losers > share.count : exceeds(losers, holders, share),
  );
  if (tooMany.length > 0)
    return verdict('skill', false, `${few(tooMany.map(words), ', ')}; ${limit}.`);
  return verdict('skill', true, `At most ${words(worst)}; ${limit}.`);
}

function lossesOf({ still, changed }: People): Loss[] {
  const losses: Losses = { skill: new Map(), language: new Map() };
  for (const { changes } of changed)
    for (const { kind, id, name, action } of changes) {
      if (action !== 'remove') continue;
      const loss = losses[kind].get(id) ?? { kind, id, name, losers: 0, holders: 0 };
      loss.losers += 1;
      losses[kind].set(id, loss);
    }
  for (const list of still) countHolder(list, losses);
  for (const { before } of changed) countHolder(before, losses);
  return KINDS.flatMap((kind) => [...losses[kind].values()]);
}

function countHolder(list: Assignments, losses: Losses): void {
  for (const kind of KINDS) {
    if (losses[kind].size === 0) continue;
    for (const [id, value] of Object.entries(list[kind])) {
      const loss = losses[kind].get(id);
      if (loss && isHeld(value)) loss.holders += 1;
    }
  }
}

function worstFirst(a: Loss, b: Loss): number {
  return b.losers - a.losers || byCodeUnit(a.name, b.name) || byCodeUnit(a.id, b.id);
}

function inWords({ kind, name, losers, holders }: Loss, percent: number | undefined): string {
  const what = kind === 'skill' ? quoted(name) : `${quoted(name)} (language)`;
  const lose = losers === 1 ? 'loses' : 'lose';
  if (percent === undefined) return `${count(losers, 'holder', 'holders')} ${lose} ${what}`;
  const share = percentOf(losers, holders, percent);
  return `${losers} of ${count(holders, 'holder', 'holders')} ${lose} ${what} (${share})`;
}
