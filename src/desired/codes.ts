/** Every finding code of the files, once. docs/findings.md has a section for each; a test keeps the two equal. */
import type { Finding, Place, Severity } from '../model/finding.ts';

export const CODES = [
  'alias-explosion',
  'bad-value',
  'bare-number',
  'base-url-credentials',
  'base-url-insecure',
  'base-url-invalid',
  'base-url-missing',
  'bidi-character',
  'complete-empty',
  'config-missing',
  'conflict',
  'conflict-ahead',
  'control-character',
  'date-invalid',
  'duplicate-key',
  'empty-value',
  'extends-cycle',
  'file-empty',
  'file-encoding',
  'formerly-taken',
  'formerly-twice',
  'freeze-reversed',
  'glob-no-match',
  'id-ambiguous',
  'instant-invalid',
  'key-not-id',
  'language-unsupported',
  'ledger-shared',
  'level-reserved',
  'level-unknown',
  'login-url-credentials',
  'login-url-insecure',
  'login-url-invalid',
  'look-alike',
  'merge-conflict',
  'missing-key',
  'name-empty',
  'off-scale',
  'org-id',
  'org-name',
  'org-name-ambiguous',
  'org-unknown',
  'ownership-conflict',
  'plain-twice',
  'proficiency-type',
  'profile-duplicate',
  'profile-unknown',
  'region-unknown',
  'released-and-listed',
  'reserved-key',
  'roster-link',
  'roster-unread',
  'rule-unclear',
  'setting-ignored',
  'skill-id-conflict',
  'skill-id-shared',
  'team-duplicate',
  'then-without-until',
  'time-zone-unknown',
  'unknown-key',
  'user-duplicate',
  'user-key',
  'version-unsupported',
  'window-overlap',
  'window-reversed',
  'wrong-type',
  'yaml-depth',
  'yaml-documents',
  'yaml-key',
  'yaml-merge-key',
  'yaml-syntax',
  'yaml-tab',
  'yaml-version',
] as const;
export type Code = (typeof CODES)[number];

/** What may stand beside a finding's code and sentence. Severity is `error` when left out. */
export interface More {
  readonly severity?: Severity;
  readonly hint?: string | undefined;
  readonly place?: Place;
  readonly related?: readonly Place[];
}

/** A place alone, without what a source has besides. */
export function bare({ file, line, col }: Place): Place {
  return { file, line, col };
}

export function finding(code: Code, message: string, more: More = {}): Finding {
  return {
    code,
    severity: more.severity ?? 'error',
    message,
    ...(more.place && { place: more.place }),
    ...(more.hint && { hint: more.hint }),
    ...(more.related && { related: more.related }),
  };
}
