/** The pull request that has the files agree with what is live: what it says of itself. Pure. */
import type { Kind, Value } from '../../model/assignment.ts';
import type { Naming } from '../../model/report-settings.ts';
import { blocks } from '../blocks.ts';
import { thingMarker } from '../comment/marker.ts';
import { code, escaped, table } from '../markdown.ts';
import { labelsFor } from '../people/labels.ts';
import { count, thing, valueText } from '../words.ts';

/** What the files shall say of one assignment of somebody. */
interface AdoptedSpot {
  readonly key: string;
  readonly kind: Kind;
  readonly name: string;
  /** Left out where nothing is there. */
  readonly live?: Value;
}

export interface Adoption {
  readonly org: string;
  /** drift: somebody else changed it. rolled-back: a run was undone. */
  readonly why: 'drift' | 'rolled-back';
  readonly adopted: readonly AdoptedSpot[];
  /** What could not be taken over. */
  readonly left: number;
  readonly naming: Naming;
  readonly proficiency: boolean;
}

const REASONS = {
  drift: 'was changed on the platform by somebody else',
  'rolled-back': 'is as it was before the run that was undone',
} as const;

/** So many rows are shown; the changed files have them all. */
const MOST = 200;

export function adoptionTitle({ org, why }: Pick<Adoption, 'org' | 'why'>): string {
  return why === 'drift' ? `Take over what is live in ${org}` : `Agree with what is live in ${org}`;
}

export function adoptionText(adoption: Adoption): string {
  const { org, why, adopted, left } = adoption;
  const people = new Set(adopted.map(({ key }) => key)).size;
  const what = `${count(adopted.length, 'assignment', 'assignments')} of ${count(people, 'person', 'people')}`;
  return blocks([
    [thingMarker('adopt', org)],
    [`Takes over ${what} in ${code(org)}: each ${REASONS[why]}.`],
    ['Once it is merged, the files want what the platform has, and nobody is changed there.'],
    rows(adoption),
    left === 0
      ? []
      : [
          `${count(left, 'finding says', 'findings say')} what could not be taken over; see the log of the job.`,
        ],
  ]);
}

function rows({ adopted, naming, proficiency }: Adoption): string[] {
  if (naming === 'count') return [];
  const labels = labelsFor(
    naming,
    adopted.map(({ key }) => ({ key })),
  );
  const shown = adopted.slice(0, MOST).map(({ key, kind, name, live }) => {
    const label = labels.who({ key });
    const now = live === undefined ? 'taken away' : proficiency ? valueText(live) : 'changed';
    const isKey = naming === 'email' || naming === 'id';
    return [isKey ? code(label) : escaped(label), escaped(thing({ kind, name })), escaped(now)];
  });
  const more = adopted.length - shown.length;
  return [...table(['Who', 'What', 'Now'], shown), ...(more > 0 ? ['', `And ${more} more.`] : [])];
}
