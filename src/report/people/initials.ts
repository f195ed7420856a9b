/** The initials of a name, or of the key of somebody who has none. */

const MOST = 3;
const LETTER = /\p{L}|\p{N}/u;

/** `Ana Ruiz` and `ana.ruiz@example.com` are both `AR`; `?` of what has no letter. */
export function initialsOf(name: string): string {
  const [local = ''] = name.split('@');
  const initials = local
    .split(/[\s._+:-]+/)
    .flatMap((word) => LETTER.exec(word)?.[0] ?? [])
    .slice(0, MOST);
  return initials.length === 0 ? '?' : initials.join('').toUpperCase();
}
