/** Where files come from: a folder, or a git revision. Paths are relative and '/'-separated. */

export interface FileSource {
  /** Every file, in the order of paths by code unit. Throws MusterError when a folder cannot be read. */
  list(): Promise<readonly string[]>;
  /** The bytes of a listed file. Throws MusterError when it cannot be read. */
  read(path: string): Promise<Uint8Array>;
  /** Of the listed: symbolic links that lead to a folder. What stands there is not listed. */
  linkedFolders?(): readonly string[];
  /** The git object id of a listed file's bytes, where it is known without reading them. */
  oid?(path: string): string | undefined;
}
