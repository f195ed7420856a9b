/**
 * The regions of Genesys Cloud and the domain of each: a table and never a pattern, because look-alike domains are cheap.
 * Source: the vendor's page of regions, 2026-11.
 */

const DOMAINS = {
  us_east_1: 'mypurecloud.com',
  us_east_2: 'use2.us-gov-pure.cloud',
  us_west_2: 'usw2.pure.cloud',
  ca_central_1: 'cac1.pure.cloud',
  mx_central_1: 'mxc1.pure.cloud',
  sa_east_1: 'sae1.pure.cloud',
  eu_west_1: 'mypurecloud.ie',
  eu_west_2: 'euw2.pure.cloud',
  eu_central_1: 'mypurecloud.de',
  eu_central_2: 'euc2.pure.cloud',
  eusc_de_east_1: 'edee1.eusc-pure.cloud',
  me_central_1: 'mec1.pure.cloud',
  ap_south_1: 'aps1.pure.cloud',
  ap_southeast_1: 'apse1.pure.cloud',
  ap_southeast_2: 'mypurecloud.com.au',
  ap_northeast_1: 'mypurecloud.jp',
  ap_northeast_2: 'apne2.pure.cloud',
  ap_northeast_3: 'apne3.pure.cloud',
} as const;

export const REGION_DOMAINS: readonly string[] = Object.values(DOMAINS);

/** Whatever a region may be called by: its name, or its domain. */
export const REGION_NAMES: readonly string[] = [...Object.keys(DOMAINS), ...REGION_DOMAINS];

const BY_NAME: ReadonlyMap<string, string> = new Map([
  ...Object.entries(DOMAINS),
  ...REGION_DOMAINS.map((domain) => [domain, domain] as const),
]);

/** The domain of a region called by its name (`eu_west_1`, `eu-west-1`) or its domain; undefined for what is none. */
export function regionDomain(text: string): string | undefined {
  const plain = text.trim().toLowerCase();
  return BY_NAME.get(plain) ?? BY_NAME.get(plain.replaceAll('-', '_'));
}
