/**
 * The hidden first line by which a comment or an issue is found again, with what the next run has to know. It is made of
 * ASCII without `<`, `>`, `&` and `--`, so nothing in it can end the comment it hides in.
 */
import { byCodeUnit, type Keyed, keyed } from '../../model/assignment.ts';
import {
  type OrgHeader,
  REVIEW_STATES,
  type ReviewHeader,
  type ReviewState,
} from '../../model/review-header.ts';

const REVIEW = /^<!-- muster:review (\{[ -~]*\}) -->(?:\r?\n|$)/;
const ISSUE = /^<!-- muster:([a-z]+) ([a-z0-9][a-z0-9-]*) -->(?:\r?\n|$)/;
const SHA = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const ORG = /^[a-z0-9][a-z0-9-]*$/;

export function reviewMarker(review: ReviewHeader): string {
  const orgs = Object.entries(review.orgs).sort(([a], [b]) => byCodeUnit(a, b));
  const json = JSON.stringify({ ...review, orgs: Object.fromEntries(orgs) });
  return `<!-- muster:review ${harmless(json)} -->`;
}

/** What the first line says; undefined where it says nothing, or anything that muster would not have written. */
export function readReview(body: string): ReviewHeader | undefined {
  const json = REVIEW.exec(body)?.[1];
  return json === undefined ? undefined : asReview(parsed(json));
}

/** The marker of anything but a review: what it is about, and of which org. */
export function thingMarker(about: string, org: string): string {
  return `<!-- muster:${about} ${org} -->`;
}

/** A hidden line with what the next run has to know, and nothing in it that could end it. */
export function hiddenLine(name: string, value: unknown): string {
  return `<!-- muster:${name} ${harmless(JSON.stringify(value))} -->`;
}

/** What `hiddenLine` of that name says; undefined where there is none that can be read. */
export function readHidden(body: string, name: string): unknown {
  const start = `<!-- muster:${name} `;
  const line = body.split(/\r?\n/).find((one) => one.startsWith(start) && one.endsWith(' -->'));
  return line === undefined ? undefined : parsed(line.slice(start.length, -' -->'.length));
}

export function readThing(
  body: string,
): { readonly about: string; readonly org: string } | undefined {
  const found = ISSUE.exec(body);
  const [, about, org] = found ?? [];
  return about === undefined || org === undefined ? undefined : { about, org };
}

function harmless(json: string): string {
  return json.replace(
    /[^ -~]|[<>&]|-(?=-)/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

type Raw = Readonly<Record<string, unknown>>;

function asReview(raw: unknown): ReviewHeader | undefined {
  const { v, head, truncated, orgs } = Object(raw) as Raw;
  if (v !== 1 || typeof head !== 'string' || !SHA.test(head)) return undefined;
  if (typeof truncated !== 'boolean') return undefined;
  const read = readOrgs(orgs);
  return read && { v, head, truncated, orgs: read };
}

function readOrgs(raw: unknown): Keyed<OrgHeader> | undefined {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined;
  const orgs = keyed<OrgHeader>();
  for (const [name, value] of Object.entries(raw)) {
    const org = readOrg(value);
    if (org === undefined || !ORG.test(name)) return undefined;
    orgs[name] = org;
  }
  return orgs;
}

function readOrg(raw: unknown): OrgHeader | undefined {
  const { state, orgId, digest, run, ...counts } = Object(raw) as Raw;
  const known = REVIEW_STATES.find((name): name is ReviewState => name === state);
  if (known === undefined || typeof digest !== 'string' || !DIGEST.test(digest)) return undefined;
  if (orgId !== null && typeof orgId !== 'string') return undefined;
  if (run !== undefined && typeof run !== 'string') return undefined;
  const [add, change, remove, people, held] = ['add', 'change', 'remove', 'people', 'held'].map(
    (name) => counts[name],
  );
  if (!isCount(add) || !isCount(change) || !isCount(remove)) return undefined;
  if (!isCount(people) || !isCount(held)) return undefined;
  const about = { state: known, orgId, digest, add, change, remove, people, held };
  return run === undefined ? about : { ...about, run };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
