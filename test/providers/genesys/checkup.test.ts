/** How the way to Genesys Cloud is looked at. */
import { expect, test } from 'vitest';
import { refusal, stand } from './support.ts';

test('it tells whose the credentials are and how much a token may ask, and what each use needs', async () => {
  const { provider, calls } = stand(({ path }) => {
    if (path === '/organizations/me') return { id: 'T1', name: 'Acme' };
    if (path.startsWith('/organizations/limits')) {
      return { entities: [{ key: 'client.credentials.token.rate.per.minute', value: 240 }] };
    }
    return { entities: [] };
  });
  const checkup = provider.checkup?.();
  expect(await checkup?.tenant?.()).toEqual({ id: 'T1', name: 'Acme' });
  expect(await checkup?.limits?.()).toBe('Each token may make 240 requests a minute.');
  expect(checkup?.needs).toMatchObject([
    { name: 'users:readonly', read: { path: '/api/v2/users' } },
    { name: 'routing:readonly and routing:skill:view', read: { path: '/api/v2/routing/skills' } },
    { name: 'users and routing:skill:assign' },
    { name: 'users and routing:language:assign' },
  ]);
  for (const need of checkup?.needs.slice(2) ?? []) expect(need).not.toHaveProperty('read');
  const probed = await checkup?.probe({
    ...checkup.calm,
    requestId: 'r1',
    headers: { traceparent: '00-1' },
  });
  expect(probed).not.toHaveProperty('error');
  expect(calls.at(-1)).toMatchObject({ method: 'GET', path: '/routing/skills' });
});

test('what it does not tell is not made up', async () => {
  const { provider } = stand(() => refusal(403, 'missing.permissions'));
  const checkup = provider.checkup?.();
  expect(await checkup?.limits?.()).toBeUndefined();
  await expect(checkup?.tenant?.()).rejects.toMatchObject({ code: 'forbidden' });
  const probed = await checkup?.probe({ ...checkup.calm, requestId: 'r1', headers: {} });
  expect(probed?.error).toMatchObject({ code: 'forbidden', status: 403 });
  expect(probed?.header('x-request-id')).toBeUndefined();
});
