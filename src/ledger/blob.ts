/** The id git gives to a file's bytes. */
import { createHash } from 'node:crypto';

/** As in repositories of the usual object format (SHA-1). */
export function blobId(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
