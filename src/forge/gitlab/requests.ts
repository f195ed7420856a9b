/** Merge requests: read, labelled, proposed, and found again behind the commits they were merged with. */
import type { CommitAction } from '@gitbeaker/rest';
import type { Forge, ForgeRequest, ProposedFile } from '../../model/forge.ts';
import type { GitlabClient } from './client.ts';

interface Merge {
  readonly iid: number;
  readonly web_url: string;
  readonly description: string | null;
  readonly state: string;
  readonly sha: string;
  readonly target_branch: string;
  readonly labels: readonly string[];
  readonly diff_refs?: { readonly base_sha: string } | null;
}

type Requests = Pick<
  Forge,
  'requestOf' | 'label' | 'propose' | 'mergedWith' | 'commitsOf' | 'check'
>;

export function gitlabRequests(client: GitlabClient): Requests {
  const { project } = client;
  return {
    requestOf: async (number) =>
      asRequest(
        await client.ask<Merge>('read the merge request', (api) =>
          api.MergeRequests.show(project, number),
        ),
      ),
    async label(number, { add, remove }) {
      if (add.length + remove.length === 0) return;
      await client.ask('label', (api) =>
        api.MergeRequests.edit(project, number, {
          addLabels: add.join(','),
          removeLabels: remove.join(','),
        }),
      );
    },
    propose: (proposal) => proposed(client, proposal),
    async mergedWith(commit) {
      const found = await client.ask<Merge[]>('find merge requests', (api) =>
        api.Commits.allMergeRequests(project, commit),
      );
      return found.filter(({ state }) => state === 'merged').map(asRequest);
    },
    async commitsOf(number) {
      const found = await client.ask<{ readonly id: string; readonly message: string }[]>(
        'read the commits',
        (api) => api.MergeRequests.allCommits(project, number),
      );
      return found.reverse().map(({ id, message }) => ({ commit: id, message }));
    },
    async check({ commit, name, conclusion, title, url }) {
      try {
        await client.ask('set the status', (api) =>
          api.Commits.editStatus(project, commit, conclusion === 'failure' ? 'failed' : 'success', {
            ...{ name, description: title.slice(0, MOST_DESCRIPTION) },
            ...(url === undefined ? {} : { targetUrl: url }),
          }),
        );
        return true;
      } catch (error) {
        if ((error as { code?: string }).code === 'forge-refused') return false;
        throw error;
      }
    },
  };
}

/** GitLab's own limit. */
const MOST_DESCRIPTION = 255;

function asRequest(merge: Merge): ForgeRequest {
  const { iid: number, web_url: url, description, state, sha, target_branch: branch } = merge;
  return {
    ...{ number, url },
    body: description ?? '',
    head: sha,
    base: { branch, commit: merge.diff_refs?.base_sha ?? '' },
    state: state === 'merged' ? 'merged' : state === 'opened' ? 'open' : 'closed',
    labels: merge.labels,
  };
}

/** The branch is made anew on the base with one commit, so nobody sees it half done. */
async function proposed(
  client: GitlabClient,
  proposal: Parameters<Forge['propose']>[0],
): Promise<ForgeRequest> {
  const { project } = client;
  const { branch, base, onto, files, message, title, body: description, labels } = proposal;
  await client.ask('commit the files', (api) =>
    api.Commits.create(project, branch, message, [...files].map(asAction), {
      startSha: onto,
      force: true,
    }),
  );
  const [open] = await client.ask<Merge[]>('find the merge request', (api) =>
    api.MergeRequests.all({
      ...{ projectId: project, sourceBranch: branch, targetBranch: base, state: 'opened' },
    }),
  );
  const text = { description, ...(labels.length === 0 ? {} : { labels: labels.join(',') }) };
  return asRequest(
    await client.ask<Merge>('open the merge request', (api) =>
      open === undefined
        ? api.MergeRequests.create(project, branch, base, title, {
            ...text,
            removeSourceBranch: true,
          })
        : api.MergeRequests.edit(project, open.iid, { ...text, title }),
    ),
  );
}

function asAction([filePath, { text, isNew }]: [string, ProposedFile]): CommitAction {
  if (text === null) return { action: 'delete', filePath };
  return { action: isNew ? 'create' : 'update', filePath, content: text };
}
