/** What a provider is opened with: an org, and all of the outside but its addresses, which each platform knows itself. */
import type { ClientOptions, Paces } from '../http/options.ts';
import type { Org } from '../model/config.ts';
import type { Provider } from '../model/provider.ts';

export interface Opening {
  readonly org: Org;
  readonly outside: Omit<ClientOptions, 'platform' | 'baseUrl' | 'loginUrl' | 'pace' | 'tokens'>;
}

/** Throws MusterError for what is missing or wrong in the org's settings. Nothing is sent yet. */
export type Open = (opening: Opening) => Provider;

/** The pace as written, the rest as the platform usually has it. */
export function paceOf({ pace }: Org, usual: Paces): Paces {
  return { ...usual, ...pace };
}
