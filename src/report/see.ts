/** Where each code is explained: the anchor of a page that comes with the program. */
import { findingHead, type Headed } from './findings/head.ts';
import { plain } from './plain.ts';
import type { Page } from './style.ts';
import { beside } from './wrap.ts';

/** A code of the page on errors, or of the one on findings. */
export type Kept = 'errors' | 'findings';

/** `docs/errors.md#timeout` */
export function see(kept: Kept, code: string): string {
  return `docs/${kept}.md#${plain(code)}`;
}

/** The head, and where its code is explained: beside it where that fits, and else below. */
export function headLines(headed: Headed, kept: Kept, on: Page, indent = ''): string[] {
  return beside(indent + findingHead(headed, on.paint), see(kept, headed.code), on);
}
