/** The template for GitLab: jobs that write wait for each other, none is dropped, and no other job has their environment. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface Job {
  readonly extends?: string;
  readonly script?: readonly (string | readonly string[])[];
  readonly environment?: string;
  readonly resource_group?: string;
  readonly rules?: readonly { readonly if: string }[];
}

const template = parse(readFileSync('examples/gitlab/.gitlab-ci.yml', 'utf8')) as Record<
  string,
  Job
>;
const jobs = Object.entries(template).filter(([name, job]) => !name.startsWith('.') && job.rules);
const whole = (job: Job): Job => ({ ...template[job.extends ?? ''], ...job });
const WRITES = /\$MUSTER (apply|rollback|unpause|"\$MUSTER_COMMAND")/;
const writes = ([, { script = [] }]: readonly [string, Job]) =>
  WRITES.test(script.flat().join('\n'));

test('the jobs that write, and only these, stand in the one queue of the org', () => {
  expect(jobs.filter(writes).map(([name]) => name)).toEqual(['apply', 'schedule', 'recover']);
  for (const [name, job] of jobs) {
    const { resource_group: queue, environment } = whole(job);
    const own = writes([name, job]);
    expect([name, queue], name).toEqual([name, own ? 'muster-eu-prod' : undefined]);
    expect([name, environment], name).toEqual([name, own ? 'eu-prod' : undefined]);
  }
});

test('no job of a merge request writes', () => {
  const ofRequests = jobs.filter(([, { rules = [] }]) =>
    rules.some(({ if: when }) => when.includes('merge_request_event')),
  );
  expect(ofRequests.length).toBeGreaterThan(3);
  expect(ofRequests.filter(writes)).toEqual([]);
});
