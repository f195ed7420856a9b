/** One issue an org for one matter (drift): opened when there is something to tell, kept up to date, closed when it is over. */
import type { Forge, ForgeIssue, IssueText } from '../model/forge.ts';
import { readThing, thingMarker } from '../report/comment/marker.ts';

export interface Thing {
  /** What it is about, in a word: `drift`. */
  readonly about: string;
  readonly org: string;
}

/** The label that its issues are found by. */
export function labelOf({ about }: Thing): string {
  return `muster:${about}`;
}

/** By label, author and marker: the newest open one or, where none is, the newest closed one. */
export async function findThing(forge: Forge, thing: Thing): Promise<ForgeIssue | undefined> {
  const found = (await forge.issues(labelOf(thing))).filter(({ mine, body }) => {
    const read = mine ? readThing(body) : undefined;
    return read?.about === thing.about && read.org === thing.org;
  });
  return found.find(({ open }) => open) ?? found[0];
}

/** `text.body` without its marker. An issue that somebody has closed is opened again: the matter is not over. */
export async function tellThing(forge: Forge, thing: Thing, text: IssueText): Promise<ForgeIssue> {
  const body = `${thingMarker(thing.about, thing.org)}\n\n${text.body}`;
  const found = await findThing(forge, thing);
  if (found === undefined)
    return forge.openIssue({ title: text.title, body, label: labelOf(thing) });
  const same = found.open && found.title === text.title && found.body.trimEnd() === body.trimEnd();
  return same ? found : forge.editIssue(found.number, { title: text.title, body, open: true });
}

/** With last words; undefined when none was open. */
export async function closeThing(
  forge: Forge,
  thing: Thing,
  text: Partial<IssueText> = {},
): Promise<ForgeIssue | undefined> {
  const found = await findThing(forge, thing);
  if (!found?.open) return undefined;
  const { body } = text;
  return forge.editIssue(found.number, {
    ...text,
    ...(body === undefined ? {} : { body: `${thingMarker(thing.about, thing.org)}\n\n${body}` }),
    open: false,
  });
}
