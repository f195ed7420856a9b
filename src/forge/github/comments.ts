/** Comments of a pull request. Who wrote, edited or hid one only the GraphQL API tells. */
import type { ForgeComment } from '../../model/forge.ts';
import type { GithubClient } from './client.ts';

interface Author {
  readonly login: string;
}

interface Node {
  readonly databaseId: number;
  readonly url: string;
  readonly body: string;
  readonly viewerDidAuthor: boolean;
  readonly isMinimized: boolean;
  readonly author: Author | null;
  readonly editor: Author | null;
}

interface Page {
  readonly repository: {
    readonly pullRequest: {
      readonly comments: {
        readonly nodes: readonly Node[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      };
    };
  };
}

const QUERY = `query ($owner: String!, $repo: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      comments(first: 100, after: $after) {
        nodes { databaseId url body viewerDidAuthor isMinimized author { login } editor { login } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

/** What the REST API says of a comment that was just written. */
interface Written {
  readonly id: number;
  readonly html_url: string;
  readonly body?: string;
}

type Comments = Pick<
  import('../../model/forge.ts').Forge,
  'comments' | 'addComment' | 'editComment' | 'deleteComment'
>;

export function githubComments(client: GithubClient): Comments {
  return {
    async comments(number) {
      const found: ForgeComment[] = [];
      for (let after: string | null = null; ; ) {
        const page: Page = await client.graphql('read the comments', QUERY, { number, after });
        const { nodes, pageInfo } = page.repository.pullRequest.comments;
        found.push(...nodes.map(asComment));
        if (!pageInfo.hasNextPage) return found;
        after = pageInfo.endCursor;
      }
    },
    addComment: async (number, body) =>
      written(
        await client.ask('add the comment', 'POST /issues/{number}/comments', { number, body }),
      ),
    async editComment(_, id, body) {
      const route = 'PATCH /issues/comments/{id}';
      const edited = await unlessGone(client.ask<Written>('edit the comment', route, { id, body }));
      return edited && written(edited);
    },
    async deleteComment(_, id) {
      await unlessGone(client.ask('delete the comment', 'DELETE /issues/comments/{id}', { id }));
    },
  };
}

function asComment({ databaseId, author, editor, ...node }: Node): ForgeComment {
  return {
    id: String(databaseId),
    url: node.url,
    body: node.body,
    mine: node.viewerDidAuthor,
    hidden: node.isMinimized,
    edited: editor !== null && editor.login !== author?.login,
  };
}

function written({ id, html_url: url, body = '' }: Written): ForgeComment {
  return { id: String(id), url, body, mine: true, hidden: false, edited: false };
}

async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if ((error as { code?: string }).code === 'forge-not-found') return undefined;
    throw error;
  }
}
