/** Notes of a merge request. Who edited one only the GraphQL API tells; nobody can minimize one. */
import type { MergeRequestNoteSchema } from '@gitbeaker/rest';
import type { Forge, ForgeComment } from '../../model/forge.ts';
import type { GitlabClient } from './client.ts';

type Comments = Pick<Forge, 'comments' | 'addComment' | 'editComment' | 'deleteComment'>;

interface Edits {
  readonly project: {
    readonly mergeRequest: {
      readonly notes: {
        readonly nodes: readonly {
          readonly id: string;
          readonly author: { readonly id: string } | null;
          readonly lastEditedBy: { readonly id: string } | null;
        }[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      };
    };
  };
}

const EDITS = `query ($path: ID!, $iid: String!, $after: String) {
  project(fullPath: $path) {
    mergeRequest(iid: $iid) {
      notes(first: 100, after: $after) {
        nodes { id author { id } lastEditedBy { id } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

export function gitlabComments(
  client: GitlabClient,
  web: (number: number) => Promise<string>,
): Comments {
  const { project } = client;
  const mine = once(() =>
    client.ask<{ readonly id: number }>('tell whose token this is', (api) =>
      api.Users.showCurrentUser(),
    ),
  );
  const written = async (
    number: number,
    { id, body }: MergeRequestNoteSchema,
  ): Promise<ForgeComment> => ({
    ...{ id: String(id), body, mine: true, hidden: false, edited: false },
    url: `${await web(number)}#note_${id}`,
  });
  return {
    async comments(number) {
      const notes = await client.ask<MergeRequestNoteSchema[]>('read the notes', (api) =>
        api.MergeRequestNotes.all(project, number, {
          orderBy: 'created_at',
          sort: 'asc',
          perPage: 100,
        }),
      );
      const own = await mine();
      const url = await web(number);
      const edited = await editedByOthers(client, number);
      return notes
        .filter(({ system }) => !system)
        .map(({ id, body, author }) => ({
          ...{ id: String(id), body, hidden: false, url: `${url}#note_${id}` },
          mine: author.id === own.id,
          edited: edited.has(String(id)),
        }));
    },
    addComment: async (number, body) =>
      written(
        number,
        await client.ask('add the note', (api) =>
          api.MergeRequestNotes.create(project, number, body),
        ),
      ),
    async editComment(number, id, body) {
      const note = await unlessGone(
        client.ask<MergeRequestNoteSchema>('edit the note', (api) =>
          api.MergeRequestNotes.edit(project, number, Number(id), { body }),
        ),
      );
      return note && written(number, note);
    },
    async deleteComment(number, id) {
      await unlessGone(
        client.ask('delete the note', (api) =>
          api.MergeRequestNotes.remove(project, number, Number(id)),
        ),
      );
    },
  };
}

async function editedByOthers(client: GitlabClient, number: number): Promise<Set<string>> {
  const path = await pathOf(client);
  const edited = new Set<string>();
  for (let after: string | null = null; ; ) {
    const page: Edits = await client.graphql('read who edited the notes', EDITS, {
      ...{ path, iid: String(number), after },
    });
    const { nodes, pageInfo } = page.project.mergeRequest.notes;
    for (const { id, author, lastEditedBy: by } of nodes) {
      if (by !== null && by.id !== author?.id) edited.add(id.slice(id.lastIndexOf('/') + 1));
    }
    if (!pageInfo.hasNextPage) return edited;
    after = pageInfo.endCursor;
  }
}

/** Where only its id is known, its path is asked for: the GraphQL API knows projects by path alone. */
async function pathOf(client: GitlabClient): Promise<string> {
  if (client.project.includes('/')) return client.project;
  const { path_with_namespace: path } = await client.ask<{ readonly path_with_namespace: string }>(
    'read the project',
    (api) => api.Projects.show(client.project),
  );
  return path;
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if ((error as { code?: string }).code === 'forge-not-found') return undefined;
    throw error;
  }
}
