/** The files as they would be: those that are there, beneath what was changed so far. */
import { byCodeUnit } from '../model/assignment.ts';
import type { PulledFile } from '../model/pulled.ts';
import type { FileSource } from '../model/source.ts';
import type { Edited, RosterFile } from '../rosters/file.ts';
import { usersIn } from '../rosters/whereabouts.ts';
import type { ReadBy } from './places.ts';

export class Files {
  readonly #base: FileSource;
  readonly #texts = new Map<string, string>();
  readonly #before: ReadonlyMap<string, string>;

  private constructor(base: FileSource, before: ReadonlyMap<string, string>) {
    this.#base = base;
    this.#before = before;
  }

  /** Reads the rosters that `readBy` lets be changed. Throws MusterError. */
  static async of(base: FileSource, readBy: ReadBy): Promise<Files> {
    const before = new Map<string, string>();
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    for (const path of await base.list())
      if (readBy(path)) before.set(path, decoder.decode(await base.read(path)));
    return new Files(base, before);
  }

  /** The rosters that may be changed. */
  rosters(): RosterFile[] {
    const texts = new Map([...this.#before, ...this.#texts]);
    return [...texts].map(([path, text]) => ({ path, text }));
  }

  take({ changed }: Edited): void {
    for (const { path, text } of changed) this.#texts.set(path, text);
  }

  source(): FileSource {
    const base = this.#base;
    const texts = this.#texts;
    return {
      list: async () => [...new Set([...(await base.list()), ...texts.keys()])].sort(byCodeUnit),
      read: async (path) => {
        const text = texts.get(path);
        return text === undefined ? base.read(path) : new TextEncoder().encode(text);
      },
    };
  }

  /** What became of the files, in the order of their paths. */
  changed(): PulledFile[] {
    return [...this.#texts]
      .filter(([path, text]) => this.#before.get(path) !== text)
      .map(([path, text]): PulledFile => {
        const before = this.#before.get(path);
        const state = before === undefined ? 'new' : 'changed';
        const had = before === undefined ? {} : { before };
        return { path, text, state, ...had, ...counted(before, text) };
      })
      .sort((a, b) => byCodeUnit(a.path, b.path));
  }
}

function counted(before: string | undefined, after: string) {
  const had = before === undefined ? new Map<string, string>() : usersIn(before);
  const has = [...usersIn(after)];
  return {
    added: has.filter(([key]) => !had.has(key)).length,
    changed: has.filter(([key, says]) => had.has(key) && had.get(key) !== says).length,
  };
}
