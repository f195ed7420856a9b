/** How the way to CXone is looked at. */
import { expect, test } from 'vitest';
import { stand, tenant } from './support.ts';

test('it says what each use needs, and what becomes of an access key', async () => {
  const { provider, calls } = stand();
  const checkup = provider.checkup?.();
  expect(checkup?.needs.map(({ name, read }) => [name, read?.path.split('/').at(-1)])).toEqual([
    ['Users: View', 'agents'],
    ['Skills: View', 'skills'],
    ['Skills: User Assignment', undefined],
  ]);
  expect(checkup?.note).toContain('deactivated');
  expect(checkup?.tenant).toBeUndefined();
  const probed = await checkup?.probe({ ...checkup.calm, requestId: 'r', headers: {} });
  expect(probed).not.toHaveProperty('error');
  expect(calls.at(-1)).toMatchObject({ method: 'GET', path: '/skills' });
});

test.each<[unknown, string | undefined]>([
  [{ businessUnits: [{ apiPublishedLimit: 100_000 }] }, '100000 calls a day'],
  [{ apiPublishedLimit: 50 }, '50 calls a day'],
  [{ apiPublishedLimit: '' }, undefined],
  [{ a: { b: { c: { apiPublishedLimit: 7 } } } }, undefined],
  [[], undefined],
  [403, undefined],
])('of a business unit %j it tells %s', async (answer, told) => {
  const intercept = () => answer;
  const { provider } = stand(tenant({ intercept }));
  const limits = await provider.checkup?.().limits?.();
  if (told === undefined) expect(limits).toBeUndefined();
  else expect(limits).toContain(told);
});

test('a business unit that cannot be read at all is told', async () => {
  const { provider } = stand(tenant({ intercept: () => 401 }));
  await expect(provider.checkup?.().limits?.()).rejects.toMatchObject({ code: 'unauthorized' });
});
