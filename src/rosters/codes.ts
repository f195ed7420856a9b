/** What can stand in the way of an edit. docs/findings.md has a section for each; a test keeps the two equal. */
import type { Finding, Place } from '../model/finding.ts';

export const EDIT_CODES = [
  'edit-not-a-number',
  'edit-nowhere',
  'edit-refused',
  'edit-released',
] as const;
export type EditCode = (typeof EDIT_CODES)[number];

const WORDS: Record<EditCode, (user: string) => Pick<Finding, 'message' | 'hint'>> = {
  'edit-not-a-number': (user) => ({
    message: `What the platform has for \`${user}\` is no number, so no file can say it.`,
    hint: 'Put it right on the platform.',
  }),
  'edit-nowhere': (user) => ({
    message: `\`${user}\` is in no file, and nothing says in which one to write that user.`,
    hint: 'Name a file, or write the user into one by hand.',
  }),
  'edit-refused': (user) => ({
    message: `The entry of \`${user}\` could not be changed without changing something else.`,
    hint: 'Change it by hand. Write out its anchors and aliases, if it has some; a profile shares assignments better.',
  }),
  'edit-released': (user) => ({
    message: `\`${user}\` is released, so no value is written for that user.`,
    hint: 'Take out the word `released` if the user is to be managed again.',
  }),
};

export function editFinding(code: EditCode, user: string, place: Place | undefined): Finding {
  return { code, severity: 'error', ...WORDS[code](user), ...(place && { place }) };
}
