/** Which calls a write is, in which order, and what is reported of each way it can go wrong. */
import { describe, expect, test } from 'vitest';
import { dormant, type Value } from '../../../src/model/assignment.ts';
import {
  type Call,
  type Lists,
  type Reply,
  range,
  refusal,
  sent,
  stand,
  write,
} from './support.ts';

const OK = () => ({ entities: [], total: 0 });
const told = (calls: readonly Call[]) =>
  calls.map(({ method, path, body }) => [
    method,
    path.replace('/users/u1/routing', ''),
    ...(body ? [JSON.parse(body)] : []),
  ]);

async function written(before: Lists, after: Lists, answer: (call: Call) => Reply = OK) {
  const at = stand(answer);
  const reports = await sent(at.provider, write('u1', before, after));
  return { ...at, report: reports[0], calls: told(at.calls), reports };
}

const e = (id: string, proficiency: number) => ({ id, proficiency });
const S = (skill: Readonly<Record<string, Value>>): Lists => ({ skill });
const L = (language: Readonly<Record<string, Value>>): Lists => ({ language });
const many = (n: number, value = 1) => Object.fromEntries(range(n).map((k) => [`s${k}`, value]));
const INACTIVE = dormant(3);

describe('the calls', () => {
  test.each<[string, Lists, Lists, unknown[]]>([
    [
      'adding merges',
      S({ s1: 1 }),
      S({ s1: 1, s2: 2.5 }),
      [['PATCH', 'skills/bulk', [e('s2', 2.5)]]],
    ],
    [
      'changing merges',
      S({ s1: 1, s2: 2 }),
      S({ s1: 5, s2: 2 }),
      [['PATCH', 'skills/bulk', [e('s1', 5)]]],
    ],
    [
      'removing replaces, with everything that stays',
      S({ s1: 1, s2: 2, s3: 0.30000000000000004 }),
      S({ s1: 4, s3: 0.30000000000000004 }),
      [['PUT', 'skills/bulk', [e('s1', 4), e('s3', 0.30000000000000004)]]],
    ],
    ['emptying replaces by nothing', S({ s1: 1 }), S({}), [['PUT', 'skills/bulk', []]]],
    ['nothing to do is nothing done', S({ s1: 1, s2: INACTIVE }), S({ s1: 1, s2: INACTIVE }), []],
    [
      'an inactive entry that stays is not replaced: what goes is removed by itself, and last',
      S({ s1: 1, s2: INACTIVE, s3: 3 }),
      S({ s1: 2, s2: INACTIVE }),
      [
        ['PATCH', 'skills/bulk', [e('s1', 2)]],
        ['DELETE', 'skills/s3'],
      ],
    ],
    [
      'what is off the scale and stays is not sent: the whole list would be refused for it',
      S({ s1: 1, s2: -7.25, s3: 5.5 }),
      S({ s2: -7.25, s3: 5.5 }),
      [['DELETE', 'skills/s1']],
    ],
    ['an inactive entry may go', S({ s2: INACTIVE }), S({}), [['PUT', 'skills/bulk', []]]],
    [
      'an inactive entry is woken by the call that can say so, and nothing is replaced with it',
      S({ s1: 1, s2: INACTIVE, s3: 3 }),
      S({ s1: 2, s2: 4 }),
      [
        ['PATCH', 'skills/bulk', [e('s1', 2)]],
        ['PUT', 'skills/s2', { ...e('s2', 4), state: 'active' }],
        ['DELETE', 'skills/s3'],
      ],
    ],
    [
      'and put to sleep again by the same',
      { skill: { s2: 4 }, language: { l1: 1, l2: INACTIVE } },
      { skill: { s2: INACTIVE }, language: { l1: INACTIVE, l2: 5 } },
      [
        ['PUT', 'skills/s2', { ...e('s2', 3), state: 'inactive' }],
        ['PATCH', 'languages/l1', { ...e('l1', 3), state: 'inactive' }],
        ['PATCH', 'languages/l2', { ...e('l2', 5), state: 'active' }],
      ],
    ],
    [
      'languages merge',
      L({ l1: 1 }),
      L({ l1: 2, l2: 3 }),
      [['PATCH', 'languages/bulk', [e('l1', 2), e('l2', 3)]]],
    ],
    [
      'languages have no call that replaces: removals go one by one, and last',
      L({ l1: 1, l2: 2, l3: 3 }),
      L({ l1: 4 }),
      [
        ['PATCH', 'languages/bulk', [e('l1', 4)]],
        ['DELETE', 'languages/l2'],
        ['DELETE', 'languages/l3'],
      ],
    ],
    [
      'what replaces goes first, right after its gate; languages that go, go last',
      { skill: { s1: 1, s2: 2 }, language: { l1: 1, l2: 2 } },
      { skill: { s1: 1 }, language: { l2: 3 } },
      [
        ['PUT', 'skills/bulk', [e('s1', 1)]],
        ['PATCH', 'languages/bulk', [e('l2', 3)]],
        ['DELETE', 'languages/l1'],
      ],
    ],
    [
      'a list that is longer than may be is made shorter entry by entry',
      S(many(53)),
      S(many(51)),
      [
        ['DELETE', 'skills/s52'],
        ['DELETE', 'skills/s53'],
      ],
    ],
  ])('%s', async (_what, before, after, calls) => {
    const { report, calls: made } = await written(before, after);
    expect(made).toEqual(calls);
    expect(report?.sent).toBe('accepted');
  });

  test('fifty skills are written, in one call', async () => {
    const { calls } = await written(S({}), S(many(50)));
    expect(calls).toHaveLength(1);
    expect((calls[0] as unknown[])[2]).toHaveLength(50);
  });

  test('more than fifty are not: nothing is sent, and the numbers are told', async () => {
    const { calls, report } = await written(S(many(50)), S(many(51)));
    expect(calls).toEqual([]);
    expect(report).toMatchObject({
      sent: 'refused',
      error: { code: 'too-many-skills', message: expect.stringMatching(/51.*50/) },
    });
  });

  test('more than fifty languages go in several calls, for they merge', async () => {
    const { calls } = await written({}, { language: many(120, 2) });
    expect(calls.map(([method, , body]) => [method, (body as unknown[]).length])).toEqual([
      ['PATCH', 50],
      ['PATCH', 50],
      ['PATCH', 20],
    ]);
  });

  test('what no call can say is not sent as something else', async () => {
    for (const odd of [{ state: 'active' }, dormant({ state: 'odd' })]) {
      const { calls, report } = await written(S({ s1: 3 }), S({ s1: odd }));
      expect(calls).toEqual([]);
      expect(report).toMatchObject({ sent: 'refused', error: { code: 'value-not-writable' } });
    }
  });

  test('ids stay one segment of their address, and those that have none are refused', async () => {
    const { calls } = await written(L({ 'a/../b': 1 }), L({}));
    expect(calls).toEqual([['DELETE', 'languages/a%2F..%2Fb']]);
    const { provider, calls: none } = stand(OK);
    expect(await sent(provider, write('..', {}, S({ s1: 1 })))).toMatchObject([
      { sent: 'refused' },
    ]);
    expect(none).toEqual([]);
  });
});

test('the id of the answer is kept, to be quoted', async () => {
  const headers = { 'inin-correlation-id': 'corr-7' };
  const { report } = await written(S({}), S({ s1: 1 }), () => Response.json({}, { headers }));
  expect(report).toEqual({ userId: 'u1', sent: 'accepted', requestId: 'corr-7' });
});

describe('the first call', () => {
  test.each<[string, Reply, string, object]>([
    [
      'is refused',
      refusal(400, 'bad.request'),
      'refused',
      { status: 400, requestId: 'ctx-bad.request' },
    ],
    ['finds no such skill', refusal(404, 'general.resource.not.found'), 'refused', { status: 404 }],
    [
      'is forbidden',
      refusal(403, 'missing.permissions'),
      'refused',
      { hint: /routing:skill:assign/ },
    ],
    ['meets a conflict, as a 400', refusal(400, 'general.conflict'), 'not-sent', { status: 400 }],
    [
      'meets a conflict, as a 409',
      refusal(409, 'request.conflict'),
      'not-sent',
      { code: 'conflict' },
    ],
    ['is throttled', refusal(429, 'too.many.requests.retry.after'), 'not-sent', { status: 429 }],
    ['fails', refusal(503, 'service.unavailable'), 'unknown', { status: 503 }],
    ['is lost', new TypeError('reset'), 'unknown', { code: 'connection-failed' }],
    ['is torn', new Response('{"a'), 'unknown', { code: 'answer-truncated' }],
  ])('that %s', async (_what, reply, outcome, error) => {
    for (const [before, after] of [
      [S({}), S({ s1: 1 })],
      [S({ s1: 1 }), S({})],
    ] as const) {
      const answer = () => (reply instanceof Response ? reply.clone() : reply);
      const { report, calls } = await written(before, after, answer);
      expect(calls).toHaveLength(1);
      expect(report?.sent).toBe(outcome);
      for (const [name, value] of Object.entries(error))
        expect(String(report?.error?.[name as 'message'])).toMatch(
          value instanceof RegExp ? value : String(value),
        );
    }
  });
});

/** Answers the first call, and the later ones in turn, the last one for ever. */
function later(...replies: Reply[]): (call: Call) => Reply {
  let calls = 0;
  return () => {
    calls += 1;
    if (calls === 1) return OK();
    const reply = replies[Math.min(calls - 1, replies.length) - 1];
    return reply instanceof Response ? reply.clone() : reply;
  };
}

describe('a call after the first', () => {
  const BEFORE: Lists = { skill: { s1: 1 }, language: { l1: 1 } };
  const AFTER: Lists = { skill: { s1: 2 }, language: {} };

  test.each<[string, Reply]>([
    ['is throttled', refusal(429, 'too.many.requests.retry.after')],
    ['meets a conflict', refusal(409, 'request.conflict')],
    ['meets a conflict that is called wrong', refusal(400, 'general.conflict')],
  ])('that %s is sent again: it needs no gate', async (_what, reply) => {
    const { report, calls } = await written(BEFORE, AFTER, later(reply, reply, OK()));
    expect(report?.sent).toBe('accepted');
    expect(calls).toHaveLength(4);
  });

  test.each<[string, Reply, number]>([
    ['throttled for ever', refusal(429, 'too.many.requests.retry.after'), 1 + 4],
    ['refused', refusal(400, 'bad.request'), 2],
    ['forbidden', refusal(403, 'missing.permissions'), 2],
    ['lost', new TypeError('reset'), 2],
  ])('that is %s leaves it to the read-back, with the error', async (_what, reply, many) => {
    const { report, calls } = await written(BEFORE, AFTER, later(reply));
    expect(report).toMatchObject({ sent: 'unknown', error: expect.anything() });
    expect(calls).toHaveLength(many);
  });

  test('that removes what is gone already has done it', async () => {
    const gone = refusal(404, 'general.resource.not.found');
    const { report } = await written(BEFORE, AFTER, later(gone));
    expect(report?.sent).toBe('accepted');
    const { report: only } = await written(L({ l1: 1 }), L({}), () => gone.clone());
    expect(only?.sent).toBe('accepted');
  });

  test('that adds what the platform does not know has not', async () => {
    const gone = refusal(404, 'general.resource.not.found');
    const { report } = await written(S({}), { skill: { s1: 1 }, language: { l1: 1 } }, later(gone));
    expect(report?.sent).toBe('unknown');
  });
});

test('what is not an error of the platform is not swallowed', async () => {
  const { provider } = stand(OK);
  const broken = { ...write('u1', {}, {}), after: undefined as never };
  await expect(sent(provider, broken)).rejects.toThrow(TypeError);
});

test('users go one by one, in more lanes where there are more tokens', () => {
  expect(stand(OK).provider.batching(1000)).toEqual({ size: 1, lanes: 8 });
  expect(stand(OK, { tokens: 3 }).provider.batching(1)).toEqual({ size: 1, lanes: 24 });
});
