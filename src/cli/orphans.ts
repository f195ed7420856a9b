/**
 * Ledgers that no org of muster.yaml keeps any more. One of them may be what an org without a ledger had before its name,
 * or the place of its ledger, was changed: whoever begins another forgets for good what that one knows.
 */
import type { Loaded } from '../desired/load.ts';
import type { Org } from '../model/config.ts';
import { MusterError } from '../model/error.ts';
import type { Ledger } from '../model/ledger.ts';
import type { Book } from './past.ts';

interface Looking {
  readonly org: Org;
  readonly loaded: Pick<Loaded, 'config'>;
}

/** Sentences, one for each that may be the org's own; none where the org has a ledger. */
export async function orphans(book: Book, { org, loaded }: Looking): Promise<string[]> {
  if (book.entry !== null) return [];
  const { [org.name]: _own, ...others } = loaded.config?.orgs ?? {};
  const seen = await book.store.otherLedgers();
  const names = seen.filter((name) => !Object.hasOwn(others, name));
  const doubts: string[] = [];
  for (const name of names) {
    const ledger = await read(book, name);
    if (ledger === undefined || isAnother(ledger, book)) continue;
    doubts.push(name === org.name ? elsewhere(org) : renamed(org, name));
  }
  return doubts;
}

/** Undefined for what is there and no ledger that can be read: it is nobody's former one. */
async function read(book: Book, name: string): Promise<Ledger | null | undefined> {
  try {
    return await book.other(name);
  } catch (error) {
    if (error instanceof MusterError) return undefined;
    throw error;
  }
}

/** Of another tenant or platform it is certainly another org's. */
function isAnother(ledger: Ledger | null, { identity }: Book): boolean {
  if (ledger === null) return true;
  const { orgId, platform } = ledger;
  const tenants = orgId !== null && identity.orgId !== null && orgId !== identity.orgId;
  return tenants || platform !== identity.platform;
}

function renamed({ name }: Org, was: string): string {
  return `${name} has no ledger, and muster.yaml no longer has the org ${was}, which has one: if it is ${name} now, say \`formerly: ${was}\` of ${name}, or what was given to its people is forgotten.`;
}

function elsewhere({ name, ledger }: Org): string {
  return `The branch ${ledger.branch} has no ledger of ${name}, and refs/muster/${name} has one: push it to the branch, or what was given to its people is forgotten.`;
}
