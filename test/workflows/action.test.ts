/** action.yml as a runner runs it: inputs by the environment, the outcome as outputs, secrets nowhere. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type OrgInGit, orgInGit, ROSTER } from '../cli/org-in-git.ts';
import { type Folder, tempFolder } from '../support/shell.ts';

interface Action {
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, { readonly value: string }>;
  readonly runs: { readonly steps: readonly { readonly env: Record<string, string> }[] };
}
const action = parse(readFileSync('action.yml', 'utf8')) as Action;

let org: OrgInGit;
let temp: Folder;
beforeEach(async () => {
  org = await orgInGit();
  temp = await tempFolder();
});
afterEach(() => Promise.all([org.close(), temp.remove()]));

let steps = 0;
/** One step of a job: how it ended, what it printed, its outputs. */
async function act(command: string, inputs: Readonly<Record<string, string>> = {}) {
  const output = join(temp.path, `output-${++steps}`);
  const given = { COMMAND: command, ORG: 'sandbox', TOKEN: org.sandbox.token, ...inputs };
  const { MUSTER_TOKEN: _token, ...env } = org.env;
  const child = spawn(process.execPath, [resolve('action/run.mjs')], {
    cwd: org.folder.path,
    env: {
      ...env,
      HOME: temp.path,
      RUNNER_TEMP: temp.path,
      GITHUB_OUTPUT: output,
      ...Object.fromEntries(Object.entries(given).map(([name, text]) => [`INPUT_${name}`, text])),
    },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const code = await new Promise<number | null>((done) => child.once('close', done));
  const text = await temp.read(`output-${steps}`).catch(() => '');
  const outputs = Object.fromEntries(
    text.split('\n').flatMap((line) => (line === '' ? [] : [line.split(/=(.*)/s).slice(0, 2)])),
  ) as Record<string, string>;
  expect(printed + text).not.toContain(org.sandbox.token);
  return { code, printed, outputs };
}

test('a plan, its apply, and drift each tell what they come to', async () => {
  const plan = await act('plan');
  expect(plan.code, plan.printed).toBe(0);
  expect(plan.outputs).toMatchObject({
    ...{ changes: 'true', 'to-add': '5', 'to-change': '9', 'to-destroy': '2' },
    ...{ 'failure-reason': '', 'exit-code': '0' },
    'review-digest': expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
  });
  expect(Object.keys(plan.outputs).sort()).toEqual(Object.keys(action.outputs).sort());
  const { reviewDigest } = JSON.parse(readFileSync(plan.outputs['plan-path'] ?? '', 'utf8'));
  expect(plan.outputs['review-digest']).toBe(reviewDigest);

  const apply = await act('apply', { ARGS: '--wait\n30\n' });
  expect(apply.code, apply.printed).toBe(0);
  expect(apply.outputs).toMatchObject({ changes: 'true', 'to-add': '5', 'failure-reason': '' });

  expect((await act('drift')).outputs).toMatchObject({ changes: 'false', 'exit-code': '0' });
  org.edit('layla.khoury@example.com', 'Billing', 1);
  const drift = await act('drift');
  expect(drift.code).toBe(0);
  expect(drift.outputs).toMatchObject({ changes: 'true', 'to-change': '1', 'exit-code': '2' });
  expect((await act('schedule')).outputs).toMatchObject({ changes: 'false', 'exit-code': '0' });
  expect((await act('validate')).code).toBe(0);
  expect((await act('status')).printed).toContain('sandbox (admin)');
  const back = await act('rollback', { REASON: 'a mistake', ARGS: '--allow=skill' });
  // What drifted since is not undone, and told.
  expect(back.code, back.printed).toBe(4);
  expect(back.outputs['failure-reason']).toBe('incomplete');
}, 60_000);

test('what fails says why', async () => {
  await org.folder.write(
    'muster.yaml',
    `${await org.folder.read('muster.yaml')}guards:\n  removals: { percent: 0, count: 0 }\n`,
  );
  org.commit();
  const refused = await act('plan');
  expect(refused.code).toBe(3);
  expect(refused.outputs['failure-reason']).toBe('refused: removals');
  expect((await act('apply')).outputs['failure-reason']).toBe('refused');
  await org.folder.write(ROSTER, 'version: 2\n');
  const wrong = await act('plan');
  expect(wrong.outputs).toMatchObject({ 'failure-reason': 'error', 'plan-path': '' });
  expect((await act('plan', { ARGS: '--nonsense' })).outputs['failure-reason']).toBe('usage');
  expect((await act('nonsense')).code).toBe(64);
  expect((await act('resume')).code).toBe(64);
}, 60_000);

test('commands that only read are handed credentials for reading', async () => {
  const plan = await act('plan', { TOKEN: '' });
  expect(plan.printed).toContain('credentials-missing');
  const reads = await act('plan');
  expect(reads.code).toBe(0);
  const env = action.runs.steps[0]?.env ?? {};
  const names = Object.keys(env).filter((name) => name.startsWith('INPUT_'));
  expect(names.map((name) => name.slice(6).toLowerCase().replaceAll('_', '-')).sort()).toEqual(
    Object.keys(action.inputs)
      .filter((name) => name !== 'github-token')
      .sort(),
  );
});
