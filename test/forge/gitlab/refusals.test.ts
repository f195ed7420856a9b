import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGitlab } from '../../../src/forge/gitlab/index.ts';
import type { Forge } from '../../../src/model/forge.ts';
import { type GitlabStandIn, gitlabStandIn } from './stand-in.ts';

let gitlab: GitlabStandIn;
let forge: Forge;
const waited: number[] = [];

beforeAll(async () => {
  gitlab = await gitlabStandIn();
  gitlab.merge(1, { sha: '1'.repeat(40), diff_refs: { base_sha: '2'.repeat(40) } });
  forge = await createGitlab({
    ...{ api: new URL(`${gitlab.url}/api/v4/`), project: 'acme/skills' },
    ...{ token: 'forge-token', tokenKind: 'private' },
    sleep: async (ms) => {
      waited.push(ms);
    },
  });
});

afterAll(async () => {
  expect(gitlab.state.violations).toEqual([]);
  await forge.close();
  await gitlab.close();
});

test('a limit is waited for as long as GitLab says, and not for ever', async () => {
  gitlab.fail(
    { status: 429, headers: { 'retry-after': '7' }, body: {} },
    { status: 503, body: {} },
  );
  expect((await forge.requestOf(1)).number).toBe(1);
  expect(waited).toEqual([7000, 4000]);
  gitlab.fail(
    ...Array.from({ length: 4 }, () => ({
      status: 429,
      headers: { 'retry-after': '9999' },
      body: {},
    })),
  );
  await expect(forge.requestOf(1)).rejects.toMatchObject({ code: 'forge-failed' });
  expect(Math.max(...waited)).toBe(60_000);
});

test.each([
  [{ status: 401, body: { message: '401 Unauthorized' } }, 'forge-refused'],
  [{ status: 404, body: { error: 'not here' } }, 'forge-not-found'],
  [{ status: 301, headers: { location: 'http://evil.example' }, body: {} }, 'forge-redirected'],
  [{ status: 400, body: { message: { base: ['is odd'] } } }, 'forge-failed'],
  [{ status: 500 }, 'forge-failed'],
])('%j is told', async (answer, code) => {
  gitlab.fail(answer);
  await expect(forge.requestOf(1)).rejects.toMatchObject({ code });
});

test('what the GraphQL API says in a 200 is an error as well', async () => {
  const user = { status: 200, body: { id: 1 } };
  const merge = {
    status: 200,
    body: { iid: 1, web_url: 'x', state: 'closed', labels: [], description: null },
  };
  gitlab.fail({ status: 200, body: [] }, user, merge, {
    status: 200,
    body: { errors: [{ message: 'odd' }] },
  });
  await expect(forge.comments(1)).rejects.toMatchObject({ code: 'forge-failed' });
  gitlab.fail({ status: 400, body: {} });
  await expect(forge.editComment(1, '5', 'x')).rejects.toMatchObject({ code: 'forge-failed' });
  gitlab.fail({ status: 400, body: {} });
  await expect(
    forge.check({
      name: 'm',
      commit: 'x',
      conclusion: 'neutral',
      title: '',
      summary: '',
      annotations: [],
    }),
  ).rejects.toMatchObject({ code: 'forge-failed' });
});

test('of a project that is known by its id, the path is asked for', async () => {
  const byId = await createGitlab({
    ...{ api: new URL(`${gitlab.url}/api/v4`), project: '77', token: 'forge-token' },
    ...{ tokenKind: 'private', sleep: async () => undefined },
  });
  const merge = {
    iid: 1,
    web_url: 'x',
    state: 'opened',
    sha: 'y',
    target_branch: 'main',
    labels: [],
  };
  gitlab.fail(
    { status: 200, body: [] },
    { status: 200, body: { id: 1 } },
    { status: 200, body: merge },
    { status: 200, body: { path_with_namespace: 'acme/skills' } },
  );
  expect(await byId.comments(1)).toEqual([]);
  await byId.close();
});
