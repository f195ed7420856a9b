/** The calls of CXone that are used, as clients made of the vendor's API descriptions (v33, v34) have them. */
import { segment } from '../../http/client.ts';

const VERSION = '34.0';

export interface Calls {
  readonly agents: string;
  readonly skills: string;
  readonly businessUnit: string;
  /** Everybody's rows; written to, rows of many. */
  readonly rows: string;
  /** One agent's rows. Throws PlatformError `bad-request` for an id that has no address. */
  rowsOf(agentId: string): string;
}

/** `version`: such as `34.0` or `v34.0`. Paths are relative to the API endpoint of the tenant. */
export function callsOf(version = VERSION): Calls {
  const root = `/incontactapi/services/v${version.replace(/^v/i, '')}`;
  return {
    agents: `${root}/agents`,
    skills: `${root}/skills`,
    businessUnit: `${root}/business-unit`,
    rows: `${root}/agents/skills`,
    rowsOf: (agentId) => `${root}/agents/${segment(agentId)}/skills`,
  };
}
