/** Who waits to be written, in which order, and how often anybody is put back. */
import type { PlannedUser } from '../model/plan.ts';

/** How often a batch that the platform did not take (429) is offered again, and one that got lost is sent again. */
const LIMITS = { offer: 10, resend: 2 };

export interface Queue {
  add(users: readonly PlannedUser[]): void;
  /** The next `count`, taken out. */
  take(count: number): PlannedUser[];
  /** Puts a user back, to be offered next or to be sent again last; false when that was done too often. */
  again(user: PlannedUser, why: keyof typeof LIMITS): boolean;
  readonly waiting: number;
}

export function openQueue(): Queue {
  const queue: PlannedUser[] = [];
  const returns = { offer: new Map<string, number>(), resend: new Map<string, number>() };
  return {
    add: (users) => {
      for (const user of users) queue.push(user);
    },
    take: (count) => queue.splice(0, count),
    again(user, why) {
      const before = returns[why].get(user.userId) ?? 0;
      if (before >= LIMITS[why]) return false;
      returns[why].set(user.userId, before + 1);
      if (why === 'offer') queue.unshift(user);
      else queue.push(user);
      return true;
    },
    get waiting() {
      return queue.length;
    },
  };
}
