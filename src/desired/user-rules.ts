/** The rules over one org's user entries: one spelling a person, and nobody both released and managed. */
import type { Finding } from '../model/finding.ts';
import { finding } from './codes.ts';
import type { User } from './roster.ts';

export function checkUsers(users: readonly User[]): Finding[] {
  const first = new Map<string, User>();
  const findings: Finding[] = [];
  for (const user of users) {
    const before = first.get(user.key);
    if (!before) {
      first.set(user.key, user);
      continue;
    }
    if (before.name !== user.name) findings.push(twoSpellings(user, before));
    if (before.released !== user.released) findings.push(releasedAndListed(user, before));
  }
  return findings;
}

function twoSpellings(user: User, other: User): Finding {
  return finding(
    'user-duplicate',
    `\`${user.name}\` and \`${other.name}\` are two spellings of one user.`,
    {
      place: user.place,
      hint: `Write \`${user.key}\` everywhere.`,
      related: [other.place],
    },
  );
}

function releasedAndListed(user: User, other: User): Finding {
  return finding(
    'released-and-listed',
    `\`${user.key}\` is released in one place and managed in another.`,
    {
      place: user.place,
      hint: 'Keep the one that is meant.',
      related: [other.place],
    },
  );
}
