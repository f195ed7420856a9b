/** What the laws know of a platform: how its lists travel, what is true of them, and where its faults strike. */
import type { Platform } from '../../src/model/platform.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import type { Org } from '../../src/sandbox/org/org.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { List } from './list.ts';

export interface Request {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

/** replace: the whole of the part. merge: these are set, the others stay. remove: these go. */
type How = 'replace' | 'merge' | 'remove';

/** What one request writes, by user id. */
export interface Written {
  readonly lists: ReadonlyMap<string, List>;
  readonly bulk: boolean;
  readonly how: How;
  readonly part: Part;
}

/** Lists that travel apart; `all` where they do not. */
export type Part = 'all' | 'skills' | 'languages';

export interface Shown {
  readonly userId: string;
  readonly part: Part;
  readonly list: List;
  /** A further page of it. */
  readonly more: boolean;
}

interface Place {
  readonly method?: string;
  readonly path?: string;
}

export interface Wire {
  readonly platform: Platform;
  /** Settings that it needs of the sandbox. */
  readonly sandbox: SandboxOptions;
  /** Names of languages that files may give; none where the platform has no such thing. */
  readonly languages: readonly string[];
  /** A number from 0 to 100 on the platform's own scale. */
  scaled(points: number, kind: 'skill' | 'language'): number;
  org(org: Org, seed: number): Org;
  /** Undefined when the request writes nobody. */
  writtenBy(request: Request): Written | undefined;
  /** A user's own list, as a whole answer shows it. */
  shownBy(answer: Request & { readonly status: number | undefined }): Shown | undefined;
  truth(sandbox: Sandbox, userId: string): List;
  edit(sandbox: Sandbox, userId: string, list: List): void;
  /** Where faults strike. */
  readonly places: readonly [Place, ...Place[]];
}
