/** Where credentials may go: the vendors' own domains, loopback, and hosts the operator named. Checked before sending. */
import { PlatformError } from '../model/error.ts';
import type { Platform } from '../model/platform.ts';
import { REGION_DOMAINS } from '../model/region.ts';
import { HTTP_CODES, type HttpCode } from './codes.ts';

const VENDOR_DOMAINS: Readonly<Record<Platform, readonly string[]>> = {
  admin: REGION_DOMAINS,
  genesys: REGION_DOMAINS,
  cxone: ['niceincontact.com', 'nice-incontact.com', 'nicecxone.com'],
};

/** The hosts of MUSTER_ALLOWED_HOSTS: comma separated, each `host` (any port) or `host:port`. */
export function parseAllowedHosts(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '');
}

export function isLoopback(url: URL): boolean {
  const host = url.hostname;
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function refuse(code: HttpCode, message: string): PlatformError {
  return new PlatformError(code, message, { hint: HTTP_CODES[code].cure, effect: 'none' });
}

function isVendor(platform: Platform, host: string): boolean {
  return VENDOR_DOMAINS[platform].some((domain) => host === domain || host.endsWith(`.${domain}`));
}

function isNamed(url: URL, allowed: readonly string[]): boolean {
  const withPort = `${url.hostname}:${url.port === '' ? '443' : url.port}`;
  return allowed.includes(url.hostname) || allowed.includes(withPort);
}

/**
 * The URL, when credentials of `platform` may be sent there. `what` names it in the message.
 * Throws PlatformError `bad-url`, `insecure-url` or `host-not-allowed`.
 */
export function checkedUrl(
  what: 'base URL' | 'sign-in URL' | 'discovered URL',
  text: string,
  rule: { readonly platform: Platform; readonly allowedHosts: readonly string[] },
): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw refuse('bad-url', `The ${what} is not an http or https URL.`);
  // Whatever stands there would end up in messages, or be sent to another place than the eye sees.
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw refuse('bad-url', `The ${what} holds a user name, a query or a fragment.`);
  if (isLoopback(url)) return url;
  if (url.protocol === 'http:')
    throw refuse('insecure-url', `The ${what} is plain http to ${url.hostname}.`);
  if (isVendor(rule.platform, url.hostname) || isNamed(url, rule.allowedHosts)) return url;
  throw refuse(
    'host-not-allowed',
    `The ${what} leads to ${url.host}, which is not a host of the platform.`,
  );
}
