/** What muster knows of each platform before any request: its proficiency scales and which kinds it has. */
import type { Kind } from './assignment.ts';

export const PLATFORMS = ['admin', 'genesys', 'cxone'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** A proficiency scale. `best` tells its direction: on CXone 1 is best and 20 is worst. */
export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
  readonly best: 'high' | 'low';
}

/** The scale of each kind a platform has; a kind it lacks is left out. */
export const SCALES: Readonly<Record<Platform, Readonly<Partial<Record<Kind, Scale>>>>> = {
  admin: { skill: { min: 0, max: 100, integer: true, best: 'high' } },
  genesys: {
    skill: { min: 0, max: 5, integer: false, best: 'high' },
    language: { min: 0, max: 5, integer: true, best: 'high' },
  },
  cxone: { skill: { min: 1, max: 20, integer: true, best: 'low' } },
};

/** How many assignments of a kind a platform lets one user have, where it has a ceiling. */
export const CEILINGS: Readonly<Record<Platform, Readonly<Partial<Record<Kind, number>>>>> = {
  admin: {},
  genesys: { skill: 50 },
  cxone: {},
};

/** Why `proficiency` is not on `scale`, as words that complete "must be ..."; undefined when it is. */
export function offScale(scale: Scale, proficiency: number): string | undefined {
  const inRange = proficiency >= scale.min && proficiency <= scale.max;
  if (inRange && (!scale.integer || Number.isInteger(proficiency))) return undefined;
  return `${scale.integer ? 'a whole number' : 'a number'} from ${scale.min} to ${scale.max}`;
}
