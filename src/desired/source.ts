/** Where files come from: a folder, or a git revision. Paths are relative and '/'-separated. */

export interface FileSource {
  /** Every file, in the order of paths by code unit. Throws MusterError when a folder cannot be read. */
  list(): Promise<readonly string[]>;
  /** The bytes of a listed file. Throws MusterError when it cannot be read. */
  read(path: string): Promise<Uint8Array>;
}
