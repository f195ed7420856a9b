/** `muster demo`: a guided tour on the embedded platform. Everything it makes is in a temporary folder, and gone after. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { type GlobalFlags, styleOf } from '../flags.ts';
import type { Io } from '../io.ts';
import { applyCommand } from './apply.ts';
import { plan } from './plan.ts';
import { validate } from './validate.ts';

const EXAMPLE = fileURLToPath(new URL('../../../examples/quickstart', import.meta.url));
const USERS = 300;
/** Whom "somebody" edits by hand; both are in the example's roster. */
const EDITED = 'michal.kozlowski@example.com';

export async function demo(io: Io, flags: GlobalFlags): Promise<ExitCode> {
  const { startSandbox } = await import('../../sandbox/sandbox.ts');
  const folder = await mkdtemp(join(tmpdir(), 'muster-demo-'));
  const sandbox = await startSandbox({
    users: USERS,
    rates: { reads: 6_000, writes: 600 },
    jobs: { delayMs: 600 },
  });
  try {
    await cp(EXAMPLE, folder, { recursive: true });
    await pointAt(join(folder, 'muster.yaml'), sandbox.url);
    const inside: Io = {
      ...io,
      cwd: folder,
      env: { MUSTER_TOKEN: sandbox.token, NO_COLOR: io.env.NO_COLOR },
    };
    return await tour({
      io: inside,
      flags: { color: flags.color },
      sandbox,
      say: teller(io, flags),
    });
  } finally {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Tour {
  readonly io: Io;
  readonly flags: GlobalFlags;
  readonly sandbox: Sandbox;
  readonly say: { story(text: string): void; command(text: string): void };
}

async function tour({ io, flags, sandbox, say }: Tour): Promise<ExitCode> {
  const commands = {
    validate: () => validate(io, flags),
    plan: () => plan(io, flags),
    'apply --yes --quiet': () => applyCommand(io, { ...flags, yes: true, quiet: true }),
  };
  const run = async (name: keyof typeof commands): Promise<boolean> => {
    say.command(`muster ${name}`);
    return (await commands[name]()) === EXIT.done;
  };

  say.story(
    `A contact centre of ${USERS} agents answers on ${sandbox.url}.\nThe rosters are those of examples/quickstart.`,
  );
  if (!(await run('validate'))) return EXIT.error;
  say.story(
    'What would change? A loan that is over goes away; what the files do not name is kept.',
  );
  if (!(await run('plan'))) return EXIT.error;
  say.story(
    'Apply it: complete lists, for the changed people only, by one bulk job, and read back.',
  );
  sandbox.clearRequests();
  if (!(await run('apply --yes --quiet'))) return EXIT.error;
  say.story(seen(sandbox));
  if (!(await run('plan'))) return EXIT.error;
  say.story(
    'Now somebody edits Michał Kozłowski on the admin page: Billing is gone, and he is given VIP.',
  );
  editByHand(sandbox);
  if (!(await run('plan'))) return EXIT.error;
  say.story('Billing is in the files, so it is put back. VIP is not, so it is his to keep.');
  if (!(await run('apply --yes --quiet'))) return EXIT.error;
  if (!(await run('plan'))) return EXIT.error;
  say.story('That is the whole loop. README.md says how to point it at an org of yours.');
  return EXIT.done;
}

/** What the platform itself counted, so that nobody has to take the word of the command for it. */
function seen({ counters, requests }: Sandbox): string {
  const jobs = requests.filter(
    ({ method, path }) => method === 'POST' && path.endsWith('/bulkupdate'),
  );
  const { GET = 0, PUT = 0 } = counters.byMethod;
  return `The platform counted ${GET} reads, ${jobs.length} bulk job and ${PUT} single writes.`;
}

function editByHand(sandbox: Sandbox): void {
  const id = (name: string) => sandbox.org.skills.find((skill) => skill.name === name)?.id ?? name;
  const user = sandbox.org.users.find(({ email }) => email === EDITED);
  if (user === undefined) throw new Error(`The sandbox has no ${EDITED}.`);
  const others = sandbox.skillsOf(user.id).filter(({ skillId }) => skillId !== id('Billing'));
  sandbox.edit(user.id, [...others, { skillId: id('VIP'), proficiency: 80 }]);
}

async function pointAt(file: string, url: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/baseUrl: \S+/, `baseUrl: ${url}`));
}

function teller(io: Io, flags: GlobalFlags): Tour['say'] {
  const { color } = styleOf(io, flags, 'stdout');
  const paint = (code: number, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    story: (text) => io.stdout(`\n${paint(1, text)}\n`),
    command: (text) => io.stdout(`\n${paint(36, `$ ${text}`)}\n`),
  };
}
