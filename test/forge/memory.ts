/** A forge in memory, for tests: what it is told is there to be looked at. It obeys the same contract as the others. */

import { problem } from '../../src/forge/codes.ts';
import type {
  Check,
  Forge,
  ForgeComment,
  ForgeIssue,
  ForgeRequest,
  Proposal,
} from '../../src/model/forge.ts';

export interface MemoryRequest extends ForgeRequest {
  readonly commits?: readonly { readonly commit: string; readonly message: string }[];
  /** The commits it was merged with. */
  readonly mergedAs?: readonly string[];
}

export interface MemoryForge extends Forge {
  readonly written: {
    readonly comments: Map<number, ForgeComment[]>;
    readonly issues: (ForgeIssue & { readonly label: string })[];
    readonly checks: Check[];
    readonly proposals: Proposal[];
    /** Plan files that jobs kept. */
    readonly kept: { readonly org: string; readonly head: string; readonly text: string }[];
  };
  readonly requests: Map<number, MemoryRequest>;
}

export function createMemoryForge(given: readonly MemoryRequest[] = []): MemoryForge {
  const requests = new Map(given.map((request) => [request.number, request]));
  const comments = new Map<number, ForgeComment[]>();
  const written: MemoryForge['written'] = {
    comments,
    issues: [],
    checks: [],
    proposals: [],
    kept: [],
  };
  const proposed = new Map<string, number>();
  let ids = 0;
  const on = (number: number) => {
    const all = comments.get(number) ?? [];
    comments.set(number, all);
    return all;
  };
  const requestOf = async (number: number) => {
    const found = requests.get(number);
    if (found !== undefined) return found;
    throw problem('forge-not-found', `There is no pull request ${number}.`);
  };
  return {
    request: 'pull request',
    written,
    requests,
    requestOf,
    comments: async (number) => [...on(number)],
    async addComment(number, body) {
      ids += 1;
      const id = String(ids);
      const comment = { id, url: `memory:${id}`, body, mine: true, hidden: false, edited: false };
      on(number).push(comment);
      return comment;
    },
    async editComment(number, id, body) {
      const all = on(number);
      const at = all.findIndex((one) => one.id === id);
      const before = all[at];
      if (before === undefined) return undefined;
      const edited = { ...before, body, edited: false };
      all[at] = edited;
      return edited;
    },
    async deleteComment(number, id) {
      comments.set(
        number,
        on(number).filter((one) => one.id !== id),
      );
    },
    async label(number, { add, remove }) {
      const request = await requestOf(number);
      const labels = new Set([...request.labels, ...add].filter((name) => !remove.includes(name)));
      requests.set(number, { ...request, labels: [...labels] });
    },
    async check(check) {
      written.checks.push(check);
      return true;
    },
    issues: async (label) => written.issues.filter((issue) => issue.label === label).reverse(),
    async openIssue({ title, body, label }) {
      const number = written.issues.length + 1;
      const issue = { number, url: `memory:${number}`, title, body, open: true, mine: true, label };
      written.issues.push(issue);
      return issue;
    },
    async editIssue(number, change) {
      const before = written.issues[number - 1];
      if (before === undefined) throw problem('forge-not-found', `There is no issue ${number}.`);
      const edited = { ...before, ...change };
      written.issues[number - 1] = edited;
      return edited;
    },
    async propose(proposal) {
      written.proposals.push(proposal);
      const before = proposed.get(proposal.branch);
      const number = before ?? requests.size + 1;
      proposed.set(proposal.branch, number);
      const kept = requests.get(number)?.labels ?? [];
      const { base, body, labels, onto } = proposal;
      const made: MemoryRequest = {
        ...{
          number,
          url: `memory:${number}`,
          body,
          labels: [...kept, ...labels],
          state: 'open',
          head: onto,
        },
        base: { branch: base, commit: onto },
      };
      requests.set(number, made);
      return made;
    },
    mergedWith: async (commit) =>
      [...requests.values()].filter(
        ({ state, mergedAs = [] }) => state === 'merged' && mergedAs.includes(commit),
      ),
    commitsOf: async (number) => requests.get(number)?.commits ?? [],
    keptPlans: async ({ org, head }) =>
      written.kept
        .filter((one) => one.org === org && one.head === head)
        .flatMap(({ text }) => {
          try {
            return [JSON.parse(text)];
          } catch {
            return [];
          }
        }),
    close: async () => undefined,
  };
}
