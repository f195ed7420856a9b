/**
 * The life of a change, without any forge: a local git repository stands for the one that everybody shares, and the sandbox for the platform.
 *
 *   node examples/life/life.mjs        in a checkout, after `npm ci`
 *
 * A pull request is a branch, its review is the saved plan, and the runners are clones. Everything is in a temporary folder, and gone after.
 */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MUSTER = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const QUICKSTART = fileURLToPath(new URL('../quickstart', import.meta.url));
const ROSTER = 'rosters/emea-billing.yaml';
const MICHAL = 'michal.kozlowski@example.com';

const home = mkdtempSync(join(tmpdir(), 'muster-life-'));
const env = {
  PATH: process.env.PATH,
  HOME: home,
  NO_COLOR: '1',
  USER: 'runner',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'Ana'],
      [`GIT_${who}_EMAIL`, 'ana@example.com'],
    ]),
  ),
  MUSTER_TOKEN: 'muster-sandbox-token',
};
const remote = join(home, 'remote.git');
const desk = join(home, 'desk');

const tell = (text) => process.stdout.write(`\n== ${text}\n`);

/** A command as it is typed, with what it prints; ends the tour when it does not end as it should. */
function run(where, command, args, expected = 0) {
  process.stdout.write(`\n$ ${command} ${args.join(' ')}\n`);
  const [file, ...before] = command === 'muster' ? [process.execPath, MUSTER] : [command];
  try {
    execFileSync(file, [...before, ...args], { cwd: where, env, stdio: ['ignore', 1, 1] });
  } catch (error) {
    if (error.status === expected) return;
    throw error;
  }
  if (expected !== 0) throw new Error(`That was to end with ${expected}.`);
}
const muster = (where, args, expected) => run(where, 'muster', args.split(' '), expected);
const git = (where, ...args) => execFileSync('git', args, { cwd: where, env, encoding: 'utf8' });

function change(file, from, to, message) {
  const path = join(desk, file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  writeFileSync(path, text.replace(from, to));
  git(desk, 'commit', '-qam', message);
}

/** A runner: a fresh clone, as CI makes it for each job. */
function runner(name) {
  const path = join(home, name);
  git(home, 'clone', '-q', remote, path);
  return path;
}

/** The same files on main as one commit, as a forge does it. */
function squash(branch, message) {
  git(desk, 'checkout', '-q', 'main');
  git(desk, 'merge', '-q', '--squash', branch);
  git(desk, 'commit', '-qm', message);
  git(desk, 'push', '-q', 'origin', 'main');
}

/** Serves the platform; resolves to its address once it listens. */
function sandbox() {
  const args = [MUSTER, 'sandbox', '--port', '0', '--job-delay', '1500', '--format', 'json'];
  const rates = ['--reads', '0', '--writes', '0'];
  const child = spawn(process.execPath, [...args, ...rates], { env, stdio: ['ignore', 'pipe', 2] });
  const url = new Promise((resolve, reject) => {
    child.stdout.once('data', (text) => resolve(JSON.parse(text).url));
    child.once('exit', () => reject(new Error('The sandbox ended.')));
  });
  return { url, stop: () => child.kill() };
}

/** Somebody edits a person in the admin page. */
async function byHand(url, email, name, proficiency) {
  const get = async (path) => (await fetch(url + path)).json();
  const { users } = await get('/_sandbox/users');
  const { id, skills } = users.find((user) => user.email === email);
  const headers = { authorization: `Bearer ${env.MUSTER_TOKEN}` };
  const listed = await fetch(`${url}/api/v2/admin/skills?pageSize=100`, { headers });
  const skillId = (await listed.json()).entities.find((skill) => skill.name === name).id;
  const others = skills.filter((entry) => entry.skillId !== skillId);
  await fetch(`${url}/_sandbox/users/${id}/skills`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ skills: [...others, { skillId, proficiency }] }),
  });
}

/** Starts an apply and kills it, as a runner dies: after its job was sent, before it ended. */
function killedApply(where) {
  process.stdout.write('\n$ muster apply --yes        (and the runner is killed)\n');
  const child = spawn(process.execPath, [MUSTER, 'apply', '--yes'], {
    cwd: where,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve) => {
    child.stderr.on('data', (text) => {
      if (/Job \S+: queued/.test(text)) child.kill('SIGKILL');
    });
    child.once('exit', resolve);
  });
}

async function life(url) {
  tell('A repository with the rosters of examples/quickstart, and the first apply.');
  cpSync(QUICKSTART, desk, { recursive: true });
  const config = readFileSync(join(desk, 'muster.yaml'), 'utf8');
  const guard = 'guards:\n  removals: { percent: 0, count: 1 }\n';
  writeFileSync(
    join(desk, 'muster.yaml'),
    config.replace(/baseUrl: \S+/, `baseUrl: ${url}`) + guard,
  );
  git(desk, 'init', '-q', '-b', 'main');
  git(home, 'init', '-q', '--bare', '-b', 'main', remote);
  git(desk, 'remote', 'add', 'origin', remote);
  git(desk, 'add', '-A');
  git(desk, 'commit', '-qm', 'Rosters\n\nMuster-Allow: removals: the first apply');
  git(desk, 'push', '-q', 'origin', 'main');
  muster(desk, 'apply --yes --quiet');

  tell('Somebody opens a pull request; its job shows what it does to whom.');
  git(desk, 'checkout', '-q', '-b', 'spanish');
  change(ROSTER, 'Spanish: expert', 'Spanish: skilled', 'Amit is less fluent than we thought');
  muster(desk, 'plan --out ../reviewed.json');

  tell(
    'It is reviewed and merged. Meanwhile Michał was edited by hand, which nobody has reviewed.',
  );
  await byHand(url, MICHAL, 'Billing', 7);
  squash('spanish', 'Amit is less fluent than we thought (#1)');
  const merge = runner('merge');
  muster(merge, 'apply --yes --require-review --reviewed ../reviewed.json', 4);

  tell('At night drift is found. This time it is put back.');
  muster(merge, 'drift', 2);
  muster(merge, 'drift --revert --yes --quiet');
  muster(merge, 'drift');

  tell('The next pull request takes skills from a whole team: a guard refuses it.');
  git(desk, 'checkout', '-q', '-b', 'refunds');
  change(ROSTER, 'Billing: skilled, Refunds: skilled', 'Billing: skilled', 'No more refunds');
  muster(desk, 'plan --quiet', 3);

  tell('It is meant, so a commit says why; and then it is planned, reviewed and merged.');
  git(
    desk,
    'commit',
    '-q',
    '--allow-empty',
    '-m',
    'It is meant\n\nMuster-Allow: removals: the refunds desk closes\nMuster-Allow: skill: the refunds desk closes',
  );
  muster(desk, 'plan --quiet --out ../refunds.json');
  git(desk, 'checkout', '-q', 'main');
  git(desk, 'merge', '-q', '--no-ff', '-m', 'No more refunds (#2)', 'refunds');
  git(desk, 'push', '-q', 'origin', 'main');

  tell('The runner that applies it dies in the middle of the job.');
  await killedApply(runner('dies'));

  tell('On another machine, with nothing but a clone: what happened, and how to go on?');
  const rescue = runner('rescue');
  muster(rescue, 'status');
  muster(rescue, 'apply --yes --quiet', 1);
  const begun = git(rescue, 'log', '-1', '--format=%s', 'refs/muster/sandbox').split(' ')[1];
  muster(rescue, `apply --resume ${begun} --yes`);
  muster(rescue, 'plan --quiet');

  tell('It was a mistake after all, and is undone key by key; the files have to agree next.');
  muster(rescue, 'rollback --last --yes --quiet --allow skill --reason mistake');
  muster(rescue, 'plan --quiet');
  git(desk, 'revert', '--no-edit', '-m', '1', 'HEAD');
  git(desk, 'push', '-q', 'origin', 'main');
  git(rescue, 'pull', '-q');
  muster(rescue, 'apply --yes --quiet');

  tell('Everything that was done, and why it was let through, is in the ledger.');
  muster(rescue, 'history');
  muster(rescue, 'plan --quiet');
}

const platform = sandbox();
try {
  await life(await platform.url);
} finally {
  platform.stop();
  rmSync(home, { recursive: true, force: true });
}
