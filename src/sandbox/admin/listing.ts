/** The two listings, by pages: people with their skills, and the catalogue. */
import type { Answer } from '../answer.ts';
import { jsonText, Refusal } from '../answer.ts';
import type { Call } from '../call.ts';
import type { Availability } from '../options.ts';
import type { OrgUser } from '../org/org.ts';
import { isOmitted, seenUsers } from '../seen.ts';
import { entriesText } from './entries.ts';
import type { AdminWorld } from './world.ts';

const DEFAULT_PAGE = 25;

export function listUsers(world: AdminWorld, call: Call): Answer {
  requireAvailable(world.settings.listing);
  const now = world.now();
  const expanded = (call.query.get('expand') ?? '').split(',').includes('skills');
  return paged(world, call, {
    rows: seenUsers(world),
    text(user) {
      if (!expanded || isOmitted(world, user, 'skill')) return `${person(user)}}`;
      return `${person(user)},"skills":${entriesText(world.state.visible(user, now))}}`;
    },
  });
}

export function listSkills(world: AdminWorld, call: Call): Answer {
  requireAvailable(world.settings.catalogue);
  return paged(world, call, {
    rows: world.state.org.skills.filter(({ kind, unlisted }) => kind === 'skill' && !unlisted),
    text: ({ id, name }) => JSON.stringify({ id, name }),
  });
}

/** A user's JSON, still open at its end. */
function person({ id, email, name, team }: OrgUser): string {
  return JSON.stringify({ id, email, name, team }).slice(0, -1);
}

function requireAvailable(availability: Availability): void {
  if (availability === true) return;
  const status = availability === false ? 404 : availability;
  throw new Refusal(status, 'not.available', 'This call is not available here');
}

interface Listing<T> {
  readonly rows: readonly T[];
  text(row: T): string;
}

function paged<T>(world: AdminWorld, call: Call, { rows, text }: Listing<T>): Answer {
  const size = pageSize(world, call);
  const number = positive(call, 'pageNumber', 1);
  const from = (number - 1) * size;
  const entities = rows.slice(from, from + size).map(text);
  const pageCount = Math.ceil(rows.length / size);
  const tail = `"pageNumber":${number},"pageSize":${size},"pageCount":${pageCount},"total":${rows.length}`;
  return jsonText(`{"entities":[${entities.join(',')}],${tail}}`);
}

function pageSize(world: AdminWorld, call: Call): number {
  const { max, over } = world.settings.pages;
  const size = positive(call, 'pageSize', Math.min(DEFAULT_PAGE, max));
  if (size <= max) return size;
  if (over === 'clamp') return max;
  throw new Refusal(400, 'bad.request', `pageSize must not exceed ${max}`);
}

function positive(call: Call, name: string, fallback: number): number {
  const text = call.query.get(name);
  if (text === null) return fallback;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Refusal(400, 'bad.request', `${name} must be a whole number from 1`);
}
