import { expect, test } from 'vitest';
import { active, agent, rowsOf, stand, tenant } from './support.ts';

const only = (ids: Readonly<Record<string, string>> = {}) => ({
  ids: new Map(Object.entries(ids)),
});
const email = (id: number) => `agent${id}@example.com`;
const proven = (users: ReadonlyMap<string, { list: { proven: boolean } }>) =>
  [...users].filter(([, { list }]) => list.proven).map(([id]) => id);

/** A hundred agents on pages of ten. */
function large() {
  const ids = Array.from({ length: 100 }, (_, n) => n + 1);
  return tenant({
    agents: ids.map((id) => agent(id)),
    rows: rowsOf(Object.fromEntries(ids.map((id) => [id, { 101: active(1), 102: active(2) }]))),
    clamp: 10,
  });
}

test('in a small org the one page of agents says who is who, and his list alone is read', async () => {
  const { provider, asked } = stand();
  const live = await provider.fetch({ keys: [email(8)], only: only({ [email(8)]: '7' }) });
  expect(asked()).toEqual(['GET /skills', 'GET /agents', 'GET /agents/8/skills']);
  expect(proven(live.users)).toEqual(['8']);
});

test('in a large org memory says who is who, and one page whether agents are hidden', async () => {
  const of = large();
  of.hidden = 4;
  const { provider, asked } = stand(of);
  const ids = { [email(55)]: '55', [email(56)]: '56' };
  const live = await provider.fetch({ keys: Object.keys(ids), only: only(ids) });
  expect(asked()).toEqual([
    'GET /skills',
    'GET /agents',
    'GET /agents/55/skills',
    'GET /agents/56/skills',
  ]);
  expect(proven(live.users)).toEqual(['55', '56']);
  expect(live.incomplete).toBeDefined();
});

test('whoever is not remembered is looked up among all agents', async () => {
  const { provider, asked } = stand(large());
  const live = await provider.fetch({ keys: [email(55)], only: only() });
  expect(proven(live.users)).toEqual(['55']);
  expect(asked().filter((call) => call === 'GET /agents')).toHaveLength(10);
  expect(asked().at(-1)).toBe('GET /agents/55/skills');
});

test('many are read by the listings where those are fewer requests', async () => {
  const { provider, asked } = stand(large());
  const keys = Array.from({ length: 60 }, (_, n) => email(n + 1));
  const ids = only(Object.fromEntries(keys.map((key, n) => [key, `${n + 1}`])));
  const live = await provider.fetch({ keys, only: ids });
  expect(proven(live.users)).toHaveLength(60);
  expect(asked()).toHaveLength(1 + 10 + 20);
});

test('where the listings are longer than the people are many, these are read singly', async () => {
  const { provider, asked } = stand(large());
  const keys = Array.from({ length: 12 }, (_, n) => email(n + 1));
  const ids = only(Object.fromEntries(keys.map((key, n) => [key, `${n + 1}`])));
  expect(proven((await provider.fetch({ keys, only: ids })).users)).toHaveLength(12);
  expect(asked()).toHaveLength(3 + 12);
});

test('nobody is asked about nobody', async () => {
  const { provider, asked } = stand();
  expect((await provider.fetch({ keys: [], only: only() })).users.size).toBe(0);
  expect(asked()).toEqual(['GET /skills']);
});
