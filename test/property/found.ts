/** Stories that broke a law once. Each is lived again before any other. */
import type { Files, Person, Step } from './steps.ts';

const OUT: Person = {
  ...{ key: 0, formerly: false, is: 'out', complete: false, team: false, skills: {} },
};

const person = (more: Partial<Person> = {}): Person => ({ ...OUT, is: 'in', ...more });

function commit(ana: Person, ben: Person = OUT, more: Partial<Files> = {}): Step {
  const files: Files = { expert: 90, pin: undefined, team: {}, people: { ana, ben }, ...more };
  return { do: 'commit', files };
}

const apply = (more: Partial<Extract<Step, { do: 'apply' }>> = {}): Step => ({
  ...{ do: 'apply', scope: null, faults: {} },
  ...more,
});

const newEmail = (who: 'ana' | 'ben'): Step => ({ do: 'new email', who });

const plain = person({ skills: { A: '10' } });

export const found: readonly (readonly Step[])[] = [
  // A name is pinned to another id while somebody is open: at the base's files it means what it meant to him.
  [
    commit(plain),
    apply(),
    commit(person(), person(), { pin: 'a2' }),
    apply({ faults: { ana: 'refuse' } }),
    apply({ scope: { at: 'base' } }),
  ],
  // The same the other way round: he alone was verified where the name is pinned.
  [
    commit(OUT, person()),
    apply(),
    commit(plain),
    apply({ scope: { users: ['ana@example.com'] }, cut: { how: 'interrupted', at: 1 } }),
    commit(person(), plain, { pin: 'a2' }),
    apply({ scope: { changed: true } }),
    apply({ scope: { at: 'base' } }),
  ],
  // Nobody knew his key; it is changed, and he is found: he has no base for that, and what he has is foreign.
  [
    commit(OUT, person({ key: 1, skills: { A: '10' } })),
    apply(),
    { do: 'by hand', who: 'ben', id: 'a', value: 5 },
    commit(OUT, person({ formerly: true, skills: { B: '10' } })),
    apply({ scope: { causes: ['both'] } }),
    apply(),
  ],
  // He goes by another e-mail for a while, and by the first again.
  [
    commit(person(), person({ team: true })),
    apply(),
    commit(person(), person({ key: 1, formerly: true, skills: { A: '10' } })),
    newEmail('ben'),
    apply({ scope: { teams: ['desk'] } }),
    newEmail('ben'),
    apply({ scope: { at: 'base', causes: ['schedule'] } }),
  ],
  // His key is changed without a word, and back again: what a key nobody had then names is not what he was given under another.
  [
    commit(person(), person()),
    commit(person({ key: 1, skills: { B: '10' } })),
    newEmail('ana'),
    apply(),
    { do: 'revert', back: 1 },
    apply(),
    { do: 'by hand', who: 'ana', id: 'b', value: 5 },
  ],
  // Under the other key he has what his new one, of which nothing is known, does not name: it is taken back all the same.
  [
    commit(person({ key: 1, skills: { B: '10' } }), person()),
    newEmail('ana'),
    apply(),
    commit(person(), person()),
    apply(),
  ],
];
