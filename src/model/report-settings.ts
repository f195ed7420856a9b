/** How people are named, and how much is told of them, where a report leaves the machine it was made on. */

/**
 * email: by their key, which mostly is one. name: by their name, or by their key where they have none. initials, id:
 * neither a name nor a key is told. count: nobody is told apart.
 */
export const NAMINGS = ['name', 'email', 'initials', 'id', 'count'] as const;
export type Naming = (typeof NAMINGS)[number];

export interface ReportSettings {
  /** On a pull request: the comment, the check with its annotations, and the summary of the job. */
  readonly comment: Naming;
  /** In the issue that tells of drift. */
  readonly issue: Naming;
  /** In the files that a job keeps. */
  readonly artifact: Naming;
  /** In what the commands print in CI; left out: as on a terminal. */
  readonly log?: Naming;
  /** Whether values are told, or only that they change. */
  readonly proficiency: boolean;
  /** edit: the comment is changed where it stands, and the forge keeps what it said. anew: it is deleted first. */
  readonly posting: 'edit' | 'anew';
}

export const DEFAULT_REPORT: ReportSettings = {
  comment: 'name',
  issue: 'name',
  artifact: 'name',
  proficiency: true,
  posting: 'edit',
};
