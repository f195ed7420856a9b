/** Pull requests: read, labelled, proposed, and found again behind the commits they were merged with. */
import type { Forge, ForgeRequest, Proposal } from '../../model/forge.ts';
import type { GithubClient } from './client.ts';

interface Pull {
  readonly number: number;
  readonly html_url: string;
  readonly body: string | null;
  readonly state: string;
  readonly merged_at: string | null;
  readonly labels: readonly { readonly name: string }[];
  readonly head: { readonly sha: string };
  readonly base: { readonly sha: string; readonly ref: string };
}

type Requests = Pick<Forge, 'requestOf' | 'label' | 'propose' | 'mergedWith' | 'commitsOf'>;

export function githubRequests(client: GithubClient): Requests {
  const requestOf = async (number: number) =>
    asRequest(await client.ask<Pull>('read the pull request', 'GET /pulls/{number}', { number }));
  const label: Forge['label'] = async (number, { add, remove }) => {
    if (add.length > 0)
      await client.ask('label', 'POST /issues/{number}/labels', { number, labels: add });
    for (const name of remove)
      await client.ask('take the label', 'DELETE /issues/{number}/labels/{name}', { number, name });
  };
  return {
    requestOf,
    label,
    async propose(proposal) {
      const request = await proposed(client, proposal);
      if (proposal.labels.length > 0)
        await label(request.number, { add: proposal.labels, remove: [] });
      return request;
    },
    async mergedWith(commit) {
      const route = 'GET /commits/{commit}/pulls';
      const found = await client.list<Pull>('find pull requests', route, { commit });
      return found.filter(({ merged_at: at }) => at !== null).map(asRequest);
    },
    async commitsOf(number) {
      const route = 'GET /pulls/{number}/commits';
      const found = await client.list<{
        readonly sha: string;
        readonly commit: { readonly message: string };
      }>('read the commits', route, { number });
      return found.map(({ sha, commit }) => ({ commit: sha, message: commit.message }));
    },
  };
}

function asRequest({
  number,
  html_url: url,
  body,
  state,
  merged_at: at,
  ...pull
}: Pull): ForgeRequest {
  return {
    ...{ number, url },
    body: body ?? '',
    head: pull.head.sha,
    base: { branch: pull.base.ref, commit: pull.base.sha },
    state: at !== null ? 'merged' : state === 'open' ? 'open' : 'closed',
    labels: pull.labels.map(({ name }) => name),
  };
}

interface Made {
  readonly sha: string;
}

/** The branch is moved in one step to one commit on its base, so nobody sees it half done. */
async function proposed(client: GithubClient, proposal: Proposal): Promise<ForgeRequest> {
  const { branch, base, onto, files, title, body, message } = proposal;
  const tree = [...files].map(([path, { text }]) => ({
    ...{ path, mode: '100644', type: 'blob' },
    ...(text === null ? { sha: null } : { content: text }),
  }));
  const parent = await client.ask<{ readonly tree: Made }>(
    'read the base',
    'GET /git/commits/{onto}',
    { onto },
  );
  const made = await client.ask<Made>('write the files', 'POST /git/trees', {
    base_tree: parent.tree.sha,
    tree,
  });
  const commit = await client.ask<Made>('commit the files', 'POST /git/commits', {
    ...{ message, tree: made.sha, parents: [onto] },
  });
  await moveBranch(client, branch, commit.sha);
  const { owner } = client;
  const [open] = await client.list<Pull>('find the pull request', 'GET /pulls', {
    ...{ head: `${owner}:${branch}`, base, state: 'open' },
  });
  const route = open === undefined ? 'POST /pulls' : 'PATCH /pulls/{number}';
  const where = open === undefined ? { head: branch, base } : { number: open.number };
  return asRequest(
    await client.ask<Pull>('open the pull request', route, { ...where, title, body }),
  );
}

async function moveBranch(client: GithubClient, branch: string, sha: string): Promise<void> {
  const there = await client.ask<readonly unknown[]>(
    'look for the branch',
    'GET /git/matching-refs/heads/{branch}',
    { branch },
  );
  const isThere = there.some((ref) => (ref as { ref?: string }).ref === `refs/heads/${branch}`);
  if (isThere)
    await client.ask('move the branch', 'PATCH /git/refs/heads/{branch}', {
      branch,
      sha,
      force: true,
    });
  else await client.ask('make the branch', 'POST /git/refs', { ref: `refs/heads/${branch}`, sha });
}
