/** Where a forge's token may go: the address comes from the environment alone, and no file of a repository has a say in it. */
import { isLoopback } from '../http/hosts.ts';
import { problem } from './codes.ts';

/** Where a forge keeps a file: https, or http to this machine. Throws `forge-url`. */
export function fileUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url))) return url;
  throw problem('forge-url', 'The forge keeps the file at an address that is not https.');
}

/** The address without a slash at its end. Throws `forge-url`. */
export function apiUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url));
  if (url !== undefined && plain && safe) return new URL(url.href.replace(/\/+$/, ''));
  throw problem(
    'forge-url',
    'The address of the forge’s API must be https, or http to this machine.',
  );
}
