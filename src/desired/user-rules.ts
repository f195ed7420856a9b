/** The rules over one org's users: one spelling a person, one former key, nobody both released and managed, nobody emptied unseen. */
import type { DesiredUser } from '../model/desired.ts';
import type { Finding, Place } from '../model/finding.ts';
import { bare, finding } from './codes.ts';
import type { Named, User } from './roster.ts';

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

/** A key that somebody had before is his alone, and nobody's now. */
export function checkFormer(users: readonly User[], members: readonly Named[]): Finding[] {
  if (!users.some(({ formerly }) => formerly)) return [];
  const living = new Map<string, Place>();
  for (const { name, place } of members) living.set(name, place);
  for (const { key, place } of users) living.set(key, place);
  const claims = new Map<string, User>();
  const own = new Map<string, Named>();
  const findings: Finding[] = [];
  for (const user of users) {
    const { key, formerly } = user;
    if (!formerly) continue;
    const claim = claims.get(formerly.name);
    const holder = living.get(formerly.name) ?? (claim?.key === key ? undefined : claim?.place);
    if (holder) findings.push(formerTaken(formerly, holder));
    const before = own.get(key);
    if (before && before.name !== formerly.name) findings.push(formerTwice(key, formerly, before));
    claims.set(formerly.name, user);
    own.set(key, formerly);
  }
  return findings;
}

function formerTaken({ name, place }: Named, holder: Place): Finding {
  return finding(
    'formerly-taken',
    `The former key \`${name}\` is claimed twice, or still in use.`,
    {
      place,
      hint: 'Let one person alone have it, and nobody still be named by it.',
      related: [holder],
    },
  );
}

function formerTwice(key: string, { place }: Named, other: Named): Finding {
  return finding('formerly-twice', `\`${key}\` has two different former keys.`, {
    place,
    hint: 'Keep the key that was last applied.',
    related: [other.place],
  });
}

/** Users whose whole list the files own, and for whom they name nothing on it. */
export function checkEmptied(users: Iterable<DesiredUser>): Finding[] {
  const findings: Finding[] = [];
  for (const { key, place, ownership, released, wants } of users) {
    const named = wants.skill.size + wants.language.size;
    if (released || ownership === 'listed' || named > 0) continue;
    findings.push(
      finding(
        'complete-empty',
        `Nothing is named for \`${key}\`, and ownership is complete: all that the user has is removed.`,
        {
          severity: 'warning',
          place: bare(place),
          hint: 'Name what the user shall have, or write `released` or `ownership: listed`.',
        },
      ),
    );
  }
  return findings;
}
