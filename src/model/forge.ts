/**
 * The one port to forges: what muster says on pull requests (GitLab: merge requests) and issues, and what it reads back.
 * Everything throws MusterError. Bodies are Markdown.
 */

/** A comment on a pull request. */
export interface ForgeComment {
  readonly id: string;
  readonly url: string;
  readonly body: string;
  /** By the account that asks. */
  readonly mine: boolean;
  /** Somebody has minimized it. */
  readonly hidden: boolean;
  /** Somebody else has edited it. */
  readonly edited: boolean;
}

/** A pull request. */
export interface ForgeRequest {
  readonly number: number;
  readonly url: string;
  readonly body: string;
  /** Its newest commit. */
  readonly head: string;
  /** The branch it goes to, and that branch's commit as the forge last compared them. */
  readonly base: { readonly branch: string; readonly commit: string };
  readonly state: 'open' | 'closed' | 'merged';
  readonly labels: readonly string[];
}

export interface ForgeIssue {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly open: boolean;
  readonly mine: boolean;
}

export interface Annotation {
  /** From the root of the repository. */
  readonly file: string;
  readonly line: number;
  readonly level: 'failure' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

/** The verdict on a commit. */
export interface Check {
  readonly name: string;
  readonly commit: string;
  readonly conclusion: 'success' | 'failure' | 'neutral';
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  readonly url?: string;
}

export interface ProposedFile {
  /** The whole of it; null removes the file. */
  readonly text: string | null;
  /** It is not there yet. */
  readonly isNew: boolean;
}

/** A change to files, on a branch of its own, that somebody shall review. */
export interface Proposal {
  /** Made, or moved to the new commit when it is there. */
  readonly branch: string;
  readonly base: string;
  /** The commit of the base that the files belong to. */
  readonly onto: string;
  /** By path from the root. */
  readonly files: ReadonlyMap<string, ProposedFile>;
  readonly message: string;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
}

export interface IssueText {
  readonly title: string;
  readonly body: string;
}

export interface Forge {
  /** What the forge calls a pull request. */
  readonly request: 'pull request' | 'merge request';
  requestOf(number: number): Promise<ForgeRequest>;
  /** The oldest first. */
  comments(number: number): Promise<readonly ForgeComment[]>;
  addComment(number: number, body: string): Promise<ForgeComment>;
  /** Undefined when it is no longer there. */
  editComment(number: number, id: string, body: string): Promise<ForgeComment | undefined>;
  /** Nothing happens when it is no longer there. */
  deleteComment(number: number, id: string): Promise<void>;
  label(
    number: number,
    change: { readonly add: readonly string[]; readonly remove: readonly string[] },
  ): Promise<void>;
  /** False where this account may not say it. */
  check(check: Check): Promise<boolean>;
  /** Open and closed ones with this label, the newest first. */
  issues(label: string): Promise<readonly ForgeIssue[]>;
  openIssue(issue: IssueText & { readonly label: string }): Promise<ForgeIssue>;
  editIssue(
    number: number,
    change: Partial<IssueText> & { readonly open?: boolean },
  ): Promise<ForgeIssue>;
  /** Opens the pull request, or brings the open one of that branch up to date. */
  propose(proposal: Proposal): Promise<ForgeRequest>;
  /** Pull requests that were merged with this commit, into whatever branch. */
  mergedWith(commit: string): Promise<readonly ForgeRequest[]>;
  /** The pull request's own commits, the oldest first. */
  commitsOf(
    number: number,
  ): Promise<readonly { readonly commit: string; readonly message: string }[]>;
  /** Plan files that jobs of the commit kept for the org, as the JSON they hold; nobody vouches for what they say. */
  keptPlans(of: { readonly org: string; readonly head: string }): Promise<readonly unknown[]>;
  close(): Promise<void>;
}
