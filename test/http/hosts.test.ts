import { expect, test } from 'vitest';
import { checkedUrl, parseAllowedHosts } from '../../src/http/hosts.ts';
import type { Platform } from '../../src/model/platform.ts';

const check = (url: string, allowed = '', platform: Platform = 'admin') =>
  checkedUrl('base URL', url, { platform, allowedHosts: parseAllowedHosts(allowed) }).href;

test.each([
  ['https://acme.mypurecloud.com', ''],
  ['https://MYPURECLOUD.com/prefix', ''],
  ['https://api.euw2.pure.cloud', ''],
  ['http://127.0.0.1:8080', ''],
  ['http://localhost:8080', ''],
  ['http://[::1]:8080', ''],
  ['https://gate.example.com', 'other.example.com, Gate.Example.com'],
  ['https://gate.example.com:8443', 'gate.example.com'],
  ['https://gate.example.com:8443', 'gate.example.com:8443'],
  ['https://gate.example.com', 'gate.example.com:443'],
])('%s is allowed with %j', (url, allowed) => {
  expect(check(url, allowed)).toBe(new URL(url).href);
});

test.each([
  ['https://evilmypurecloud.com', '', 'host-not-allowed'],
  ['https://mypurecloud.com.evil.example', '', 'host-not-allowed'],
  ['https://pure.cloud', '', 'host-not-allowed'],
  ['https://niceincontact.com', '', 'host-not-allowed'],
  ['https://sub.gate.example.com', 'gate.example.com', 'host-not-allowed'],
  ['https://gate.example.com:1', 'gate.example.com:8443', 'host-not-allowed'],
  ['http://acme.mypurecloud.com', 'acme.mypurecloud.com', 'insecure-url'],
  ['http://127.0.0.1.evil.example', '', 'insecure-url'],
  ['https://mypurecloud.com@evil.example', '', 'bad-url'],
  ['https://a.mypurecloud.com?x=1', '', 'bad-url'],
  ['ftp://a.mypurecloud.com', '', 'bad-url'],
  ['a.mypurecloud.com', '', 'bad-url'],
])('%s with %j is refused: %s', (url, allowed, code) => {
  expect(() => check(url, allowed)).toThrow(expect.objectContaining({ code, effect: 'none' }));
});

test('each platform has its own domains', () => {
  expect(check('https://api-na1.niceincontact.com', '', 'cxone')).toMatch(/^https:/);
  expect(() => check('https://acme.mypurecloud.com', '', 'cxone')).toThrow('not a host');
});
