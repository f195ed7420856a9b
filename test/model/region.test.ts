import { expect, test } from 'vitest';
import { REGION_DOMAINS, REGION_NAMES, regionDomain } from '../../src/model/region.ts';

test('a region is known by its name and by its domain', () => {
  expect(REGION_DOMAINS).toHaveLength(18);
  expect(new Set(REGION_NAMES).size).toBe(36);
  for (const name of REGION_NAMES) expect(REGION_DOMAINS).toContain(regionDomain(name));
  expect(regionDomain('eu_west_1')).toBe('mypurecloud.ie');
  expect(regionDomain(' EU-WEST-1 ')).toBe('mypurecloud.ie');
  expect(regionDomain('use2.us-gov-pure.cloud')).toBe('use2.us-gov-pure.cloud');
});

test.each(['', 'toString', 'api.mypurecloud.ie', 'mypurecloud.ie.evil.example', 'eu_west_9'])(
  '%j is none',
  (text) => expect(regionDomain(text)).toBeUndefined(),
);
