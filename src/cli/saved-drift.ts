/** What `muster drift --format json` has printed, read back. */
import { readFile } from 'node:fs/promises';
import { resolve as resolvePath } from 'node:path';
import type { Drift } from '../report/drift/drift.ts';
import type { Io } from './io.ts';

/** Undefined for a file that a look left behind which failed. */
export async function savedDrift(io: Io, file: string, org: string): Promise<Drift | undefined> {
  try {
    const raw: unknown = JSON.parse(await readFile(resolvePath(io.cwd, file), 'utf8'));
    if (isDriftOf(raw, org)) return raw;
  } catch {
    // Not there, or cut off: told below.
  }
  io.stderr(`note: ${file} is not what muster drift --format json prints of ${org}.\n`);
  return undefined;
}

function isDriftOf(raw: unknown, org: string): raw is Drift {
  const { formatVersion, org: of, people, applied } = Object(raw) as Record<string, unknown>;
  const version = typeof formatVersion === 'string' && formatVersion.startsWith('1.');
  return version && of === org && Array.isArray(people) && typeof applied === 'object';
}
