/** The check on a commit, with its annotations: GitHub takes fifty at a time. */
import type { Annotation, Check, Forge } from '../../model/forge.ts';
import type { GithubClient } from './client.ts';

const AT_ONCE = 50;
/** GitHub's own limits of a check's texts. */
const MOST_SUMMARY = 65_000;

export function githubChecks(client: GithubClient): Pick<Forge, 'check'> {
  return {
    async check(check) {
      const { annotations } = check;
      try {
        const { id } = await client.ask<{ readonly id: number }>(
          'add the check',
          'POST /check-runs',
          {
            ...bodyOf(check, annotations.slice(0, AT_ONCE)),
            head_sha: check.commit,
            name: check.name,
          },
        );
        for (let at = AT_ONCE; at < annotations.length; at += AT_ONCE) {
          await client.ask('add annotations', 'PATCH /check-runs/{id}', {
            ...bodyOf(check, annotations.slice(at, at + AT_ONCE)),
            id,
          });
        }
        return true;
      } catch (error) {
        // A token of a fork's pull request, or of a person, may not say it.
        if ((error as { code?: string }).code === 'forge-refused') return false;
        throw error;
      }
    },
  };
}

function bodyOf({ conclusion, title, summary, url }: Check, annotations: readonly Annotation[]) {
  return {
    status: 'completed',
    conclusion,
    ...(url === undefined ? {} : { details_url: url }),
    output: {
      title,
      summary: summary.slice(0, MOST_SUMMARY),
      annotations: annotations.map(({ file, line, level, title: name, message }) => ({
        path: file,
        start_line: line,
        end_line: line,
        annotation_level: level,
        title: name,
        message,
      })),
    },
  };
}
