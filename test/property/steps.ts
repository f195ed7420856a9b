/** What may happen in a chronicle, as generated steps: few people, few skills, and everything that makes them forget. */
import fc from 'fast-check';
import type { RunScope } from '../../src/model/plan.ts';
import type { Cut } from './chronicle.ts';

/** People by their platform ids; each has two e-mails, of which the platform shows one at a time. */
export const PEOPLE = ['ana', 'ben'] as const;
export type Who = (typeof PEOPLE)[number];

/** Names of the files, by the ids that the platform's catalogue gives them; `A` may be pinned to another. */
export const CATALOGUE = { a: 'A', a2: 'Old A', b: 'B', c: 'C', f: 'Foreign' } as const;
const NAMES = ['A', 'B', 'C'] as const;

export function email(who: Who, nth: 0 | 1): string {
  return `${who}${nth === 0 ? '' : '.new'}@example.com`;
}

export interface Person {
  readonly key: 0 | 1;
  readonly formerly: boolean;
  readonly is: 'out' | 'in' | 'released';
  readonly complete: boolean;
  readonly team: boolean;
  readonly skills: Readonly<Partial<Record<string, string>>>;
}

/** What the files say. */
export interface Files {
  readonly expert: number;
  readonly pin: 'a' | 'a2' | undefined;
  readonly team: Readonly<Partial<Record<string, string>>>;
  readonly people: Readonly<Record<Who, Person>>;
}

export type Fault = 'refuse' | 'lost' | 'took-effect';

export type Step =
  | { readonly do: 'commit'; readonly files: Files }
  | { readonly do: 'revert'; readonly back: number }
  | {
      readonly do: 'apply';
      readonly scope: RunScope | null;
      readonly faults: Readonly<Partial<Record<Who, Fault>>>;
      readonly cut?: Cut;
    }
  | { readonly do: 'by hand'; readonly who: Who; readonly id: string; readonly value?: number }
  | { readonly do: 'trouble'; readonly who: Who; readonly is: 'fine' | 'inactive' | 'unreadable' }
  | { readonly do: 'new email'; readonly who: Who }
  | { readonly do: 'days'; readonly pass: number };

const word = fc.constantFrom(
  ...['10', '60', 'expert', 'absent', '{ proficiency: 70, from: 2026-11-25 }'],
  ...['[40, { proficiency: 70, until: 2026-11-25 }]'],
  '{ proficiency: 70, until: 2026-11-25, then: absent }',
);
const skills = fc.dictionary(fc.constantFrom(...NAMES), word, {
  maxKeys: 3,
  noNullPrototype: true,
});
const rarely = (odds: number) => fc.integer({ min: 0, max: odds }).map((n) => n === odds);

const person: fc.Arbitrary<Person> = fc.record({
  key: rarely(5).map((is) => (is ? 1 : 0)),
  formerly: fc.boolean(),
  is: fc.oneof(
    { weight: 6, arbitrary: fc.constant('in' as const) },
    { weight: 2, arbitrary: fc.constant('out' as const) },
    { weight: 1, arbitrary: fc.constant('released' as const) },
  ),
  complete: rarely(5),
  team: fc.boolean(),
  skills,
});

const files: fc.Arbitrary<Files> = fc.record({
  expert: fc.constantFrom(90, 95),
  pin: fc.constantFrom(undefined, undefined, undefined, 'a' as const, 'a2' as const),
  team: fc.dictionary(fc.constantFrom(...NAMES), word, { maxKeys: 2, noNullPrototype: true }),
  people: fc.record({ ana: person, ben: person }),
});

const who = fc.constantFrom(...PEOPLE);
const scope: fc.Arbitrary<RunScope | null> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(null) },
  fc.constant<RunScope>({ changed: true }),
  fc.tuple(who, fc.constantFrom(0 as const, 1 as const)).map(([one, nth]) => {
    return { users: [email(one, nth)] };
  }),
  fc.constant<RunScope>({ teams: ['desk'] }),
  fc.constantFrom<RunScope>(
    ...(['git', 'drift', 'schedule', 'both'] as const).map((cause) => ({ causes: [cause] })),
    { changed: true, causes: ['git'] },
    { at: 'base' },
    { at: 'base', causes: ['schedule'] },
    { at: 'base', causes: ['drift'] },
  ),
);
const fault = fc.constantFrom<Fault>('refuse', 'lost', 'took-effect');
const cut: fc.Arbitrary<Cut | undefined> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(undefined) },
  fc.record({
    how: fc.constantFrom('interrupted' as const, 'killed' as const),
    at: fc.integer({ min: 1, max: 6 }),
  }),
);

export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: files.map((said): Step => ({ do: 'commit', files: said })) },
  fc.nat(4).map((back): Step => ({ do: 'revert', back })),
  {
    weight: 6,
    arbitrary: fc
      .tuple(scope, fc.dictionary(who, fault, { maxKeys: 2, noNullPrototype: true }), cut)
      .map(([narrowed, faults, early]): Step => {
        const base = { do: 'apply' as const, scope: narrowed, faults };
        return early === undefined ? base : { ...base, cut: early };
      }),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(who, fc.constantFrom('a', 'b', 'c', 'a2', 'f'), fc.option(fc.constantFrom(5, 10)))
      .map(([one, id, value]): Step => {
        const base = { do: 'by hand' as const, who: one, id };
        return value === null ? base : { ...base, value };
      }),
  },
  fc
    .tuple(who, fc.constantFrom('fine' as const, 'inactive' as const, 'unreadable' as const))
    .map(([one, is]): Step => ({ do: 'trouble', who: one, is })),
  who.map((one): Step => ({ do: 'new email', who: one })),
  fc.integer({ min: 1, max: 3 }).map((pass): Step => ({ do: 'days', pass })),
);

export const steps = fc
  .tuple(files, fc.array(step, { minLength: 1, maxLength: 12 }))
  .map(([first, then]): Step[] => [{ do: 'commit', files: first }, ...then]);

const CONFIG = (expert: number) =>
  `version: 1\norgs:\n  eu:\n    platform: admin\n    baseUrl: http://127.0.0.1:1\n    levels: { expert: ${expert} }\n`;

const flow = (said: Files['team']) =>
  `{ ${Object.entries(said)
    .map(([name, text]) => `${name}: ${text}`)
    .join(', ')} }`;

/** The files as bytes would have them. Somebody nobody is interested in keeps them from being empty. */
export function textsOf({ expert, pin, team, people }: Files): Map<string, string> {
  const members = PEOPLE.filter((one) => people[one].team && people[one].is === 'in');
  const lines = ['version: 1'];
  if (pin !== undefined) lines.push(`skills: { A: { id: ${pin} } }`);
  if (members.length > 0) {
    const list = members.map((one) => email(one, people[one].key)).join(', ');
    if (Object.keys(team).length > 0) lines.push(`profiles: { desk: { skills: ${flow(team)} } }`);
    const profiles = Object.keys(team).length > 0 ? 'profiles: [desk], ' : '';
    lines.push(`teams: { desk: { ${profiles}members: [${list}] } }`);
  }
  lines.push('users:', '  dee@example.com: { skills: { C: 1 } }');
  for (const one of PEOPLE) lines.push(...linesOf(one, people[one]));
  return new Map([
    ['muster.yaml', CONFIG(expert)],
    ['rosters/all.yaml', `${lines.join('\n')}\n`],
  ]);
}

function linesOf(one: Who, { key, formerly, is, complete, skills: said }: Person): string[] {
  const name = email(one, key);
  if (is === 'out') return [];
  if (is === 'released') return [`  ${name}: released`];
  return [
    `  ${name}:`,
    ...(formerly ? [`    formerly: ${email(one, key === 0 ? 1 : 0)}`] : []),
    `    ownership: ${complete ? 'complete' : 'listed'}`,
    ...(Object.keys(said).length > 0 ? [`    skills: ${flow(said)}`] : []),
  ];
}

/** A step in a line, for whoever reads a counterexample. */
export function tell(step: Step): string {
  switch (step.do) {
    case 'commit':
      return `commit\n      ${[...textsOf(step.files).values()].join('').split('\n').slice(5).join('\n      ').trimEnd()}`;
    case 'revert':
      return `revert to the commit ${step.back} before`;
    case 'apply': {
      const faults = Object.entries(step.faults).map(
        ([one, fault]) => `, ${one}'s write: ${fault}`,
      );
      const early = step.cut ? `, ${step.cut.how} at call ${step.cut.at}` : '';
      return `apply ${step.scope ? JSON.stringify(step.scope) : 'everything'}${faults.join('')}${early}`;
    }
    case 'by hand':
      return `by hand: ${step.who}'s ${step.id} becomes ${step.value ?? 'nothing'}`;
    case 'trouble':
      return `${step.who} is ${step.is} on the platform from here on`;
    case 'new email':
      return `the platform gives ${step.who} his other e-mail`;
    case 'days':
      return `${step.pass} days pass`;
  }
}
