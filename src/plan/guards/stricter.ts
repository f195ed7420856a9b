/** The stricter of several guards, number by number; their lists united. Never looser than any of them. */
import { byCodeUnit, canonical } from '../../model/assignment.ts';
import { DEFAULT_GUARDS, type Guards, type Share } from '../../model/guard.ts';

export function strictest(all: readonly Guards[]): Guards {
  const [first = DEFAULT_GUARDS, ...rest] = all;
  return rest.reduce(stricter, stricter(first, first));
}

function stricter(a: Guards, b: Guards): Guards {
  return {
    removals: {
      ...lesser(a.removals, b.removals),
      max: Math.min(a.removals.max, b.removals.max),
    },
    users: lesser(a.users, b.users),
    leavers: { count: Math.min(a.leavers.count, b.leavers.count) },
    skill: lesser(a.skill, b.skill),
    coverage: united(a.coverage, b.coverage),
    freeze: united(a.freeze, b.freeze),
    protected: {
      users: united(a.protected.users, b.protected.users),
      skills: united(a.protected.skills, b.protected.skills),
    },
    rules: united(a.rules, b.rules),
  };
}

function lesser(a: Share, b: Share): Share {
  return { percent: Math.min(a.percent, b.percent), count: Math.min(a.count, b.count) };
}

/** Each once, in an order that does not depend on who came first. */
function united<T>(a: readonly T[], b: readonly T[]): T[] {
  const byContent = new Map([...a, ...b].map((item) => [canonical(item), item]));
  return [...byContent].sort(([x], [y]) => byCodeUnit(x, y)).map(([, item]) => item);
}
