/**
 * The XML that spreadsheet programs write, piece by piece: elements by local name, attributes, text. No document type is
 * accepted, so nothing is expanded and nothing is fetched.
 */
import { Unreadable } from './zip.ts';

export type Attributes = ReadonlyMap<string, string>;

export interface Visitor {
  open?(name: string, attributes: Attributes): void;
  close?(name: string): void;
  text?(text: string): void;
}

const COMMENT = String.raw`<!--[\s\S]*?-->|<\?[\s\S]*?\?>`;
const CDATA = String.raw`<!\[CDATA\[(?<cdata>[\s\S]*?)\]\]>`;
const CLOSE = String.raw`<\/(?<close>[^\s<>]+)\s*>`;
const OPEN = String.raw`<(?<open>[^\s<>/!?]+)(?<rest>(?:[^<>"']|"[^"<]*"|'[^'<]*')*)>`;
const TOKEN = new RegExp(`${COMMENT}|${CDATA}|${CLOSE}|${OPEN}|(?<text>[^<]+)`, 'gy');
const ATTRIBUTE = /([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITY = /&(?:#(\d+)|#x([\da-f]+)|(amp|lt|gt|quot|apos));/gi;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** Throws Unreadable for what is no such XML. */
export function scanXml(bytes: Uint8Array, visitor: Visitor): void {
  const xml = new TextDecoder().decode(bytes);
  let at = 0;
  for (const { 0: token, groups = {} } of xml.matchAll(TOKEN)) {
    at += token.length;
    if (groups.open !== undefined) element(localName(groups.open), groups.rest ?? '', visitor);
    else if (groups.close !== undefined) visitor.close?.(localName(groups.close));
    else if (groups.cdata !== undefined) visitor.text?.(groups.cdata);
    else if (groups.text !== undefined) visitor.text?.(decoded(groups.text));
  }
  if (at !== xml.length) throw new Unreadable('is damaged');
}

function element(name: string, rest: string, visitor: Visitor): void {
  const attributes = new Map<string, string>();
  for (const [, key = '', double, single] of rest.matchAll(ATTRIBUTE))
    attributes.set(localName(key), decoded(double ?? single ?? ''));
  visitor.open?.(name, attributes);
  if (rest.endsWith('/')) visitor.close?.(name);
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (whole, decimal, hex, named) => {
    if (named !== undefined) return NAMED[String(named).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
