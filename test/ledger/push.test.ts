/** What becomes of a push, told from what git and the remote say; git plays a part here. */
import { expect, test } from 'vitest';
import { type Git, GitError } from '../../src/ledger/git.ts';
import { createRemote } from '../../src/ledger/remote.ts';

const REF = 'refs/muster/eu';
const FROM = 'a'.repeat(40);
const TO = 'b'.repeat(40);
const OTHER = 'c'.repeat(40);

/** One answer a call: a text, or an error to throw. */
function git(...script: readonly (string | Error)[]) {
  const calls: string[] = [];
  const left = [...script];
  const text: Git['text'] = async (args) => {
    calls.push(args[0] ?? '');
    const next = left.shift() ?? new TypeError('nothing more was expected');
    if (typeof next === 'string') return next;
    throw next;
  };
  const unused = () => Promise.reject(new TypeError('not expected'));
  const whole: Git = {
    cwd: '/',
    env: {},
    text,
    run: async (args) => Buffer.from(await text(args)),
    answer: unused,
    start: () => {
      throw new TypeError('not expected');
    },
  };
  return { remote: createRemote(whole, 'origin'), calls };
}

const failure = (exitCode: number | null, stderr = '', stdout = '') =>
  new GitError('git-failed', 'git push failed.', {
    exitCode,
    stderr,
    stdout: Buffer.from(stdout),
  });
const at = (id: string) => `${id}\t${REF}`;
const move = { ref: REF, from: FROM, to: TO };

test('a push that was killed is sent again when it did not arrive', async () => {
  const { remote, calls } = git(failure(null), at(FROM), '*');
  await remote.push(move);
  expect(calls).toEqual(['push', 'ls-remote', 'push']);
});

test('a push that was killed and arrives late is not taken for that of somebody else', async () => {
  const { remote } = git(failure(null), at(FROM), `=\t${TO}:${REF}\t[up to date]`, at(TO));
  await expect(remote.push(move)).resolves.toBeUndefined();
});

test('a push that is killed over and over is refused', async () => {
  const killed = [failure(null), at(FROM)];
  const { remote, calls } = git(...killed, ...killed, ...killed, ...killed);
  await expect(remote.push(move)).rejects.toMatchObject({
    code: 'ledger-push-refused',
    message: `The remote origin did not take the ledger (${REF}).`,
  });
  expect(calls).toHaveLength(8);
});

test.each([
  ['', ' failed, and'],
  ['fatal: the remote end hung up', ' failed: the remote end hung up, and'],
])('whether a push arrived cannot be told when the remote is gone (%j)', async (stderr, words) => {
  const { remote } = git(failure(128, stderr), failure(128));
  await expect(remote.push(move)).rejects.toMatchObject({
    code: 'ledger-push-refused',
    message: `The push of the ledger to origin${words} whether it arrived cannot be told.`,
  });
});

test.each([
  ['[rejected] (stale info)', OTHER, 'ledger-moved'],
  ['[remote rejected] (failed to update ref)', OTHER, 'ledger-moved'],
  ['[remote rejected] (deny updating a hidden ref)', FROM, 'ledger-push-refused'],
  ['[remote rejected] (pre-receive hook declined)', TO, 'ledger-moved'],
])('%s, and the remote at %s: %s', async (report, tip, code) => {
  const { remote } = git(
    failure(1, 'error: failed to push some refs', `!\t${TO}:${REF}\t${report}`),
    at(tip),
  );
  await expect(remote.push(move)).rejects.toMatchObject({ code });
});

test('a refusal without words from the remote is the reason alone', async () => {
  const report = `!\t${TO}:${REF}\t[remote rejected] (no)`;
  const { remote } = git(failure(1, '', report), at(FROM));
  await expect(remote.push(move)).rejects.toMatchObject({
    message: `The remote origin did not take the ledger (${REF}): no.`,
  });
});

test('the remote that reports nothing and has the commit has it', async () => {
  const report = `!\t${TO}:${REF}\t[remote failure] (remote failed to report status)`;
  await expect(git(failure(1, '', report), at(TO)).remote.push(move)).resolves.toBeUndefined();
});

test('what is no refusal is passed on', async () => {
  const bug = new TypeError('a bug');
  const missing = new GitError('git-missing', 'No git.', {
    exitCode: null,
    stderr: '',
    stdout: Buffer.of(),
  });
  await expect(git(bug).remote.push(move)).rejects.toBe(bug);
  await expect(git(bug).remote.tips(REF)).rejects.toBe(bug);
  await expect(git(missing).remote.fetch(REF)).rejects.toBe(missing);
});
