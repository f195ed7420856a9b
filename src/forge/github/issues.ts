/** Issues by a label. Whether one is this account's own only the GraphQL API tells. */
import type { Forge, ForgeIssue } from '../../model/forge.ts';
import type { GithubClient } from './client.ts';

interface Node {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly state: string;
  readonly viewerDidAuthor: boolean;
}

interface Page {
  readonly repository: {
    readonly issues: {
      readonly nodes: readonly Node[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

const QUERY = `query ($owner: String!, $repo: String!, $label: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    issues(first: 100, after: $after, labels: [$label], orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { number url title body state viewerDidAuthor }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

interface Written {
  readonly number: number;
  readonly html_url: string;
  readonly title: string;
  readonly body?: string | null;
  readonly state: string;
}

export function githubIssues(
  client: GithubClient,
): Pick<Forge, 'issues' | 'openIssue' | 'editIssue'> {
  return {
    async issues(label) {
      const found: ForgeIssue[] = [];
      for (let after: string | null = null; ; ) {
        const page: Page = await client.graphql('read the issues', QUERY, { label, after });
        const { nodes, pageInfo } = page.repository.issues;
        found.push(...nodes.map(asIssue));
        if (!pageInfo.hasNextPage) return found;
        after = pageInfo.endCursor;
      }
    },
    openIssue: async ({ title, body, label }) =>
      written(await client.ask('open the issue', 'POST /issues', { title, body, labels: [label] })),
    editIssue: async (number, { open, ...text }) =>
      written(
        await client.ask('edit the issue', 'PATCH /issues/{number}', {
          ...{ number, ...text },
          ...(open === undefined ? {} : { state: open ? 'open' : 'closed' }),
        }),
      ),
  };
}

function asIssue({ state, viewerDidAuthor: mine, ...node }: Node): ForgeIssue {
  return { ...node, open: state === 'OPEN', mine };
}

function written({ number, html_url: url, title, body, state }: Written): ForgeIssue {
  return { number, url, title, body: body ?? '', open: state === 'open', mine: true };
}
