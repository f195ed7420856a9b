/** The begin step is a lock whenever the other run takes it: also between one look at the ledger and the next. */
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OrgInGit, orgInGit } from '../cli/org-in-git.ts';
import { type Folder, tempFolder } from '../support/shell.ts';

const REF = 'refs/muster/sandbox';
let org: OrgInGit;
let folder: Folder;

beforeEach(async () => {
  org = await orgInGit();
  folder = await tempFolder();
});
afterEach(async () => {
  await org.close();
  await folder.remove();
});

type Moment = readonly [command: string, nth: number];

/** A git that, just before it does `command` for the nth time, lets the ledger on the remote go on to `commit`. */
async function gitThatMoves([command, nth]: Moment, commit: string, remote: string) {
  const count = join(folder.path, 'count');
  const script = [
    '#!/bin/sh',
    `PATH='${org.env.PATH}'`,
    `case " $* " in *" ${command} "*)`,
    `  echo once >> '${count}'`,
    `  [ $(wc -l < '${count}') -eq ${nth} ] && git -C '${remote}' update-ref ${REF} ${commit}`,
    'esac',
    'exec git "$@"',
    '',
  ];
  await writeFile(join(folder.path, 'git'), script.join('\n'));
  await chmod(join(folder.path, 'git'), 0o755);
  return `${folder.path}:${org.env.PATH}`;
}

const MOMENTS: readonly Moment[] = [
  ['ls-remote', 1],
  ['ls-remote', 2],
  ['push', 1],
];

test.each(MOMENTS)('a run that begins just before %s number %d is met', async (...moment) => {
  const remote = org.git('remote', 'get-url', 'origin');
  await org.begun(await org.plan());
  const commit = org.git('-C', remote, 'rev-parse', REF);
  org.git('-C', remote, 'update-ref', '-d', REF);
  org.git('update-ref', '-d', REF);
  org.sandbox.clearRequests();

  const PATH = await gitThatMoves(moment, commit, remote);
  const ran = await org.run(['apply', '--yes'], { env: { ...org.env, PATH } });
  expect(ran.code, ran.stdout).toBe(1);
  expect(ran.stderr).toMatch(/error\[(run-begun|ledger-moved)\]/);
  expect(org.sandbox.counters.byMethod).not.toHaveProperty('PUT');
  expect(org.git('-C', remote, 'rev-parse', REF)).toBe(commit);
});

test('a pause that comes while a run is under way lets it end in the ledger', async () => {
  await org.close();
  // Long enough for the pause to be in the ledger before the run ends.
  org = await orgInGit({ jobs: { delayMs: 1_500 } });
  let pausing: ReturnType<OrgInGit['run']> | undefined;
  const ran = await org.run(['apply', '--yes'], {
    onStderr: (text) => {
      if (text.includes('queued')) pausing ??= org.run(['pause', '--reason', 'meanwhile']);
    },
  });
  expect(await pausing).toMatchObject({ code: 0 });
  expect(ran.code, ran.stderr).toBe(0);
  const found = JSON.parse((await org.run(['status', '--format', 'json'])).stdout);
  expect(found).toMatchObject({ run: null, paused: { reason: 'meanwhile' } });
});
