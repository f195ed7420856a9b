/**
 * Names that look alike: what two spellings come to once compatibility forms, invisible characters, spaces and the
 * Cyrillic and Greek doubles of Latin letters are evened out.
 */
import type { Finding } from '../model/finding.ts';
import { finding } from './codes.ts';
import type { Named } from './roster.ts';

/** Each pair: the letter it is taken for, then its doubles. */
const DOUBLES = [
  ['A', 'АΑ'],
  ['B', 'ВΒ'],
  ['C', 'СϹ'],
  ['E', 'ЕΕ'],
  ['H', 'НΗ'],
  ['I', 'ІΙ'],
  ['J', 'Ј'],
  ['K', 'КΚ'],
  ['M', 'МΜ'],
  ['N', 'Ν'],
  ['O', 'ОΟ'],
  ['P', 'РΡ'],
  ['S', 'Ѕ'],
  ['T', 'ТΤ'],
  ['X', 'ХΧ'],
  ['Y', 'ҮΥ'],
  ['Z', 'Ζ'],
  ['a', 'аα'],
  ['c', 'сϲ'],
  ['d', 'ԁ'],
  ['e', 'е'],
  ['h', 'һ'],
  ['i', 'іι'],
  ['j', 'јϳ'],
  ['k', 'κ'],
  ['o', 'оο'],
  ['p', 'рρ'],
  ['q', 'ԛ'],
  ['s', 'ѕ'],
  ['u', 'υ'],
  ['v', 'ѵν'],
  ['w', 'ԝ'],
  ['x', 'хχ'],
  ['y', 'уγ'],
] as const;

const LATIN: ReadonlyMap<string, string> = new Map(
  DOUBLES.flatMap(([latin, doubles]) => [...doubles].map((double) => [double, latin] as const)),
);
const ORDINARY = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const FOREIGN = /[\p{Script=Cyrillic}\p{Script=Greek}]/gu;

/** Equal for names that look alike. */
export function skeleton(name: string): string {
  if (ORDINARY.test(name)) return name;
  const even = name.normalize('NFKC').replace(INVISIBLE, '').trim().replace(/\s+/g, ' ');
  return even.replace(FOREIGN, (letter) => LATIN.get(letter) ?? letter);
}

/** A finding for every name that is another's double; `what` says of which sort the names are. */
export function lookAlikes(names: Iterable<Named>, what: string): Finding[] {
  const spellings = new Map<string, Named>();
  for (const named of names) if (!spellings.has(named.name)) spellings.set(named.name, named);
  const bySkeleton = new Map<string, Named>();
  const findings: Finding[] = [];
  for (const named of spellings.values()) {
    const shape = skeleton(named.name);
    const twin = bySkeleton.get(shape);
    if (twin) findings.push(doubled(named, twin, what));
    else bySkeleton.set(shape, named);
  }
  return findings;
}

function doubled(named: Named, twin: Named, what: string): Finding {
  return finding(
    'look-alike',
    `Two ${what} look alike, \`${named.name}\` and \`${twin.name}\`, but are different names.`,
    {
      place: named.place,
      hint: 'Write both in the same letters; one of them has characters that only look the same.',
      related: [twin.place],
    },
  );
}
