import { expect, test } from 'vitest';
import { JSON_TYPE, skill, start, USERS, user } from './client.ts';

const body = (value: unknown) => ({ headers: JSON_TYPE, body: JSON.stringify(value) });

test('state is shown for one and for all, without a token, a limit or a line in the log', async () => {
  const client = await start({ users: 3, rates: { reads: 1, burst: 1 } });
  const look = (path: string) =>
    client.send('GET', `/_sandbox/users${path}`, { headers: { authorization: '' } });
  const { users } = (await look('')).body;
  expect(users).toHaveLength(3);
  expect((await look(`/${user(client, 1)}`)).body).toEqual(users[1]);
  expect(users[1].skills).toEqual(client.sandbox.skillsOf(user(client, 1)));
  expect((await look('/nobody')).status).toBe(404);
  expect(client.sandbox.requests).toEqual([]);
});

test('a list is edited by hand', async () => {
  const client = await start();
  const edit = (userId: string, value: unknown) =>
    client.send('PUT', `/_sandbox/users/${userId}/skills`, body(value));
  const skills = [{ skillId: skill(client), proficiency: 250 }];
  expect((await edit(user(client), { skills })).status).toBe(200);
  expect(client.sandbox.skillsOf(user(client))).toEqual(skills);
  expect((await edit('nobody', { skills })).status).toBe(400);
  expect((await edit(user(client), { skills: [{ skillId: 'unknown' }] })).status).toBe(400);
  expect((await edit(user(client), { skills: [{}] })).status).toBe(400);
  expect((await edit(user(client), {})).status).toBe(400);
});

test('log and counters are shown and cleared', async () => {
  const client = await start();
  await client.get(USERS);
  const { requests } = (await client.get('/_sandbox/requests')).body;
  expect(requests).toMatchObject([{ path: USERS, status: 200 }]);
  expect((await client.get('/_sandbox/counters')).body.requests).toBe(1);
  await client.send('DELETE', '/_sandbox/requests');
  expect((await client.get('/_sandbox/requests')).body.requests).toEqual([]);
  expect((await client.get('/_sandbox/counters')).body.requests).toBe(0);
});

test('faults are set as text', async () => {
  const client = await start();
  const faults = (value: unknown) =>
    client.send('PUT', '/_sandbox/faults', body({ faults: value }));
  expect((await faults(['status=502,times=1'])).status).toBe(200);
  expect((await client.get(USERS)).status).toBe(502);
  expect((await client.get(USERS)).status).toBe(200);
  expect(await faults(['explode'])).toMatchObject({
    status: 400,
    body: { message: "There is no fault of kind 'explode'." },
  });
  expect((await faults('status=502')).status).toBe(400);
});

test('what is not there is 404, and no fault or latency touches these calls', async () => {
  const client = await start({ faults: [{ kind: 'reset-before' }], latencyMs: 3_600_000 });
  expect((await client.get('/_sandbox')).status).toBe(404);
  expect((await client.get('/_sandbox/counters')).status).toBe(200);
});
