import { expect, test } from 'vitest';
import { handClock } from '../client.ts';
import { API, row, startCxone } from './client.ts';

test('it never says how long to wait', async () => {
  const client = await startCxone({ clock: handClock(), rates: { calls: 60, burst: 1 } });
  expect((await client.get(`${API}/skills`)).status).toBe(200);
  const late = await client.get(`${API}/agents`);
  expect(late.status).toBe(429);
  expect(late.headers.has('retry-after')).toBe(false);
  expect(late.headers.get('icStatusDescription')).toBe('Too many requests');
});

test('whoever may look may not change', async () => {
  const tokens = [{ token: 'viewer', permissions: ['view'] }];
  const client = await startCxone({ tokens });
  expect((await client.get(`${API}/agents`)).status).toBe(200);
  const denied = await client.json('POST', `${API}/agents/1001/skills`, { skills: [row(4001, 1)] });
  expect(denied).toMatchObject({ status: 403, body: { error: 'access_denied' } });
});

test('a token that is worth nothing, a call that is not there', async () => {
  const client = await startCxone({
    faults: [{ kind: 'status', status: 503, method: 'GET', path: '*/skills' }],
  });
  const none = await client.send('GET', `${API}/agents`, { headers: { authorization: '' } });
  expect(none).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
  const nowhere = await client.get(`${API}/nowhere`);
  expect(nowhere).toMatchObject({ status: 404, text: '' });
  const method = await client.json('PATCH', `${API}/agents`, {});
  expect(method.status).toBe(405);
  expect(method.headers.get('allow')).toBe('GET');
  expect((await client.get(`${API}/skills`)).body.error).toBe('service_unavailable');
  const large = { body: ' '.repeat(33 * 1024 * 1024) };
  expect((await client.send('POST', `${API}/agents/skills`, large)).status).toBe(413);
});
