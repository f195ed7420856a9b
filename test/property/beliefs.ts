/** What the files of a point want of somebody, as whoever believes the ledger would expect it of his list. */
import type { DesiredState, DesiredUser } from '../../src/model/desired.ts';
import type { Ledger } from '../../src/model/ledger.ts';
import type { RunScope } from '../../src/model/plan.ts';
import type { Point } from '../../src/model/point.ts';
import { email, type Who } from './steps.ts';

/** A value; none; none of what the files ever gave; or whatever he has, for he is released. */
export type Due = number | 'none' | 'nothing given' | 'his own';

export interface Standing {
  /** The one point he is verified at; null when there is none. */
  readonly point: Point | null;
  /** The key he has in its files. */
  readonly key: string;
}

/** Where the ledger has somebody, who has the e-mail `mail` on the platform. */
export function standing(
  { applied, open }: Ledger,
  {
    one,
    mail,
    scope,
  }: { readonly one: Who; readonly mail: string; readonly scope: RunScope | null },
): Standing {
  const user = open[one] ?? open[`key:${mail}`];
  if (user === undefined) return { point: applied, key: mail };
  const key = scope?.at === 'base' ? user.key : mail;
  return { point: user.written.length === 0 ? user.base : null, key };
}

/** By skill id. Undefined where files other than today's may mean him by another key: that is not for a law to say. */
export function dueAt(
  { users, catalogue }: DesiredState,
  { one, key, today }: { readonly one: Who; readonly key: string; readonly today: boolean },
): ((skill: string) => Due) | undefined {
  const keys = ([0, 1] as const).map((nth) => email(one, nth));
  const released = keys.some((each) => users.get(each)?.released);
  const user = users.get(key);
  if (user === undefined && !released && !today && keys.some((each) => users.has(each))) {
    return undefined;
  }
  const pin = catalogue.get('A')?.id ?? 'a';
  return (skill) => (released ? 'his own' : dueOf(user, wantOf(user, skill, pin)));
}

function dueOf(user: DesiredUser | undefined, want: ReturnType<typeof wantOf>): Due {
  if (want?.state === 'value') return want.proficiency;
  return want?.state === 'absent' || user?.ownership === 'complete' ? 'none' : 'nothing given';
}

function wantOf(user: DesiredUser | undefined, skill: string, pin: string) {
  if (skill === 'b' || skill === 'c') return user?.wants.skill.get(skill.toUpperCase());
  return skill === pin ? user?.wants.skill.get('A') : undefined;
}
