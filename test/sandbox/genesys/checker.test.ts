import { expect, test } from 'vitest';
import type { Exchange } from '../../../src/sandbox/options.ts';
import { createChecker } from './checker.ts';

const ID = '0b4c4a10-0000-4000-a000-000000000001';
const OWN = '/api/v2/users/u1/routingskills';
const LISTING = { entities: [], pageSize: 25, pageNumber: 1, total: 0, pageCount: 0 };

interface Said {
  readonly method?: string;
  readonly path?: string;
  readonly search?: string;
  readonly sent?: unknown;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly told?: unknown;
  readonly fault?: Exchange['fault'];
}

/** What is found wrong with an exchange that is right but for what is said of it. */
function wrong(said: Said): readonly string[] {
  const { method = 'GET', path = OWN, search = '', sent, status = 200, told = LISTING } = said;
  const text = (value: unknown) => (value === undefined ? '' : JSON.stringify(value));
  const checker = createChecker();
  checker.watch({
    call: {
      n: 1,
      origin: 'http://127.0.0.1',
      method,
      path,
      search,
      query: new URLSearchParams(search),
      headers: { 'content-type': 'application/json' },
      body: text(sent),
    },
    answer: {
      status,
      headers: { 'inin-correlation-id': ID, ...said.headers },
      body: told === null ? '' : text(told),
    },
    ...(said.fault === undefined ? {} : { fault: said.fault }),
  });
  return checker.wrong;
}

const refusal = (more: object = {}) => ({
  message: 'No.',
  code: 'bad.request',
  status: 400,
  contextId: ID,
  details: [],
  errors: [],
  ...more,
});

test('what is right is found right', () => {
  expect(wrong({})).toEqual([]);
  expect(wrong({ search: 'pageSize=50&pageNumber=2' })).toEqual([]);
  const people = '/api/v2/users';
  expect(wrong({ path: people, search: 'expand=skills,languages&id=a&id=b' })).toEqual([]);
  const put = { method: 'PUT', path: `${OWN}/bulk` };
  expect(wrong({ ...put, sent: [{ id: 's', proficiency: 2.5 }] })).toEqual([]);
  expect(wrong({ status: 400, told: refusal() })).toEqual([]);
  const language = '/api/v2/users/u1/routinglanguages/l1';
  expect(wrong({ method: 'DELETE', path: language, status: 204, told: null })).toEqual([]);
});

test.each<[string, Said, RegExp]>([
  ['an unknown call', { path: '/api/v2/users/u1/skills' }, /is not described/],
  ['an unknown method', { method: 'DELETE' }, /is not described/],
  ['an unknown parameter', { search: 'page=2' }, /no parameter page/],
  ['a parameter of another type', { search: 'pageSize=many' }, /pageSize: .*integer/],
  ['one parameter twice', { search: 'pageSize=1&pageSize=2' }, /is repeated/],
  [
    'an unknown value of a list',
    { path: '/api/v2/users', search: 'expand=skill' },
    /expand: .*allowed values/,
  ],
  ['a body where there is none', { sent: {} }, /has a body/],
  [
    'a body of another shape',
    { method: 'PUT', path: `${OWN}/bulk`, sent: { id: 's' } },
    /must be array/,
  ],
  [
    'a missing field',
    { method: 'PUT', path: `${OWN}/bulk`, sent: [{ id: 's' }] },
    /required property 'proficiency'/,
  ],
  [
    'an invented field',
    { method: 'PUT', path: `${OWN}/bulk`, sent: [{ id: 's', proficiency: 1, state: 'active' }] },
    /additional properties.*state/,
  ],
  ['an answer of another type', { told: { ...LISTING, total: 'many' } }, /\/total must be integer/],
  ['an answer with an invented field', { told: { ...LISTING, rows: [] } }, /additional properties/],
  ['an answer that is no JSON', { told: null }, /is not JSON/],
  ['a status nobody told of', { status: 201 }, /201 is not described/],
  ['an error status nobody told of', { status: 418, told: refusal() }, /418 is not described/],
  ['a code nobody told of', { status: 400, told: refusal({ code: 'x' }) }, /no code x/],
  ['another status inside', { status: 400, told: refusal({ status: 404 }) }, /says 404/],
  ['another context', { status: 400, told: refusal({ contextId: 'x' }) }, /contextId is another/],
  ['an error of another shape', { status: 400, told: { ...refusal(), hint: 'x' } }, /additional/],
  ['no correlation', { headers: { 'inin-correlation-id': '' } }, /not correlated/],
  ['a rate in a header', { headers: { 'inin-ratelimit-count': '1' } }, /inin-ratelimit-count/],
  [
    'a throttled answer without a wait',
    { status: 429, told: refusal({ status: 429, code: 'too.many.requests' }) },
    /how long to wait/,
  ],
  [
    'an emptiness with a body',
    { method: 'DELETE', path: '/api/v2/users/u1/routinglanguages/l1', status: 204 },
    /has a body/,
  ],
])('%s is found out', (_what, said, why) => {
  expect(wrong(said).join('\n')).toMatch(why);
});

test('what a fault did is not held against the platform, what a status fault says is', () => {
  expect(wrong({ told: null, fault: { kind: 'empty' } })).toEqual([]);
  const status = 503;
  const told = refusal({ status, code: 'service.unavailable' });
  expect(wrong({ status, told, fault: { kind: 'status', status } })).toEqual([]);
  expect(wrong({ status, told: {}, fault: { kind: 'status', status } })).not.toEqual([]);
  expect(wrong({ status: 502, told: {}, fault: { kind: 'status', status: 502 } })).toEqual([]);
});
