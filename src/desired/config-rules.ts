/** The named rules of an org's settings. */
import type { Org } from '../model/config.ts';
import { isTimeZone } from '../model/day.ts';
import { offScale, type Platform, SCALES, type Scale } from '../model/platform.ts';
import { REGION_NAMES, regionDomain } from '../model/region.ts';
import type { Code } from './codes.ts';
import { get, type Node, type Pair, pairsOf, textOf } from './node.ts';
import { ABSENT } from './roster.ts';
import { report, type Sheet } from './sheet.ts';
import { didYouMean } from './suggest.ts';

/** An org before its guards are read. */
type Settings = Omit<Org, 'guards'>;

export function checkSettings(sheet: Sheet, pair: Pair, org: Settings): void {
  const { node } = pair;
  checkOrgId(sheet, get(node, 'orgId'), org);
  checkUrl(sheet, get(node, 'baseUrl'), { name: 'baseUrl', url: org.baseUrl });
  checkUrl(sheet, get(node, 'loginUrl'), { name: 'loginUrl', url: org.loginUrl });
  if (org.platform === 'admin' && !get(node, 'baseUrl'))
    report(sheet, 'base-url-missing', pair.keyAt, {
      message: `\`${org.name}\` has no \`baseUrl\`, and the platform \`admin\` has no usual one.`,
      hint: 'Add `baseUrl: https://...` with the address of the API.',
    });
  if (org.platform === 'genesys') checkRegion(sheet, get(node, 'region'));
  checkTimeZone(sheet, get(node, 'timeZone'));
  checkLevels(sheet, get(node, 'levels'), org);
  checkForeign(sheet, node, org);
}

const READ = 'read';

/** Orgs must not share variables of credentials: a token for reading one org would be the token of another. */
export function checkNames(sheet: Sheet, orgs: readonly Pair[]): void {
  const byName = new Map(orgs.map((pair) => [pair.key, pair]));
  for (const { key, keyAt } of orgs) {
    const other = key.endsWith(`-${READ}`) ? byName.get(key.slice(0, -READ.length - 1)) : undefined;
    if (!other && key !== READ) continue;
    const variable = `MUSTER_${key.toUpperCase().replaceAll('-', '_')}_TOKEN`;
    const whose = other ? `\`${other.key}\`` : 'any single org';
    report(sheet, 'org-name-ambiguous', keyAt, {
      message: `\`${variable}\` would be the token of \`${key}\` and the token for reading ${whose}.`,
      hint: 'Give the org another name, one that does not end in `read`.',
      ...(other && { related: [other.keyAt] }),
    });
  }
}

const ORG_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

function checkOrgId(sheet: Sheet, node: Node | undefined, org: Settings): void {
  if (!node || org.orgId === undefined || ORG_ID.test(org.orgId)) return;
  report(sheet, 'org-id', node.at, {
    message: `\`${org.orgId}\` cannot be the id of a tenant.`,
    hint: 'Copy the id from the page of your organization on the platform.',
  });
}

interface Setting {
  readonly name: 'baseUrl' | 'loginUrl';
  readonly url: string | undefined;
}

const URL_CODES = {
  baseUrl: ['base-url-invalid', 'base-url-credentials', 'base-url-insecure'],
  loginUrl: ['login-url-invalid', 'login-url-credentials', 'login-url-insecure'],
} as const satisfies Record<string, readonly Code[]>;

/** No message repeats the address: it may hold a password. */
function checkUrl(sheet: Sheet, node: Node | undefined, { name, url }: Setting): void {
  if (!node || url === undefined) return;
  const [invalid, credentials, insecure] = URL_CODES[name];
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const web = parsed?.protocol === 'https:' || parsed?.protocol === 'http:';
  if (!parsed || !web || parsed.search !== '' || parsed.hash !== '') {
    report(sheet, invalid, node.at, {
      message: `\`${name}\` is not the address of an API.`,
      hint: 'Write it as https://host, with a path if there is one, and nothing behind it.',
    });
    return;
  }
  if (parsed.username !== '' || parsed.password !== '')
    report(sheet, credentials, node.at, {
      message: `\`${name}\` holds credentials.`,
      hint: 'Take them out and revoke them; credentials come from the environment only.',
    });
  if (parsed.protocol === 'http:' && !isLoopback(parsed.hostname))
    report(sheet, insecure, node.at, {
      message: `\`${name}\` uses plain http.`,
      hint: 'Use https; plain http is for loopback only.',
    });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function checkRegion(sheet: Sheet, node: Node | undefined): void {
  const region = textOf(node);
  if (!node || region === undefined || regionDomain(region) !== undefined) return;
  report(sheet, 'region-unknown', node.at, {
    message: `Genesys Cloud has no region \`${region}\`.`,
    hint: didYouMean(
      region,
      REGION_NAMES,
      'Write its domain, like mypurecloud.ie, or its name, like eu_west_1.',
    ),
  });
}

function checkTimeZone(sheet: Sheet, node: Node | undefined): void {
  const name = textOf(node);
  if (!node || name === undefined || isTimeZone(name)) return;
  report(sheet, 'time-zone-unknown', node.at, {
    message: `There is no time zone \`${name}\`.`,
    hint: 'Write an IANA name, like Europe/Madrid or UTC.',
  });
}

const RESERVED: readonly string[] = [ABSENT, 'released'];

function checkLevels(sheet: Sheet, node: Node | undefined, org: Settings): void {
  const scale = SCALES[org.platform].skill as Scale;
  for (const { key, keyAt, node: value } of pairsOf(node)) {
    if (RESERVED.includes(key))
      report(sheet, 'level-reserved', keyAt, {
        message: `\`${key}\` cannot be the name of a level.`,
        hint: 'Use another name: the word has a meaning of its own in rosters.',
      });
    const level = org.levels[key];
    const wanted = level === undefined ? undefined : offScale(scale, level);
    if (wanted !== undefined)
      report(sheet, 'off-scale', value.at, {
        message: `The level \`${key}\` is not on the scale: ${level} must be ${wanted}.`,
        hint: `The platform \`${org.platform}\` knows no other proficiencies.`,
      });
  }
}

/** Settings that one platform alone has. */
const OF_PLATFORM: readonly (readonly [string, Platform])[] = [
  ['region', 'genesys'],
  ['tokens', 'genesys'],
  ['area', 'cxone'],
  ['apiVersion', 'cxone'],
];

function checkForeign(sheet: Sheet, node: Node, org: Settings): void {
  for (const { key, keyAt } of pairsOf(node)) {
    const owner = OF_PLATFORM.find(([name]) => name === key)?.[1];
    if (owner === undefined || owner === org.platform) continue;
    report(sheet, 'setting-ignored', keyAt, {
      severity: 'warning',
      message: `\`${key}\` has no effect: it is a setting of the platform \`${owner}\`.`,
      hint: `Take it out, or check that \`${org.name}\` is on \`${org.platform}\`.`,
    });
  }
}
