/** `muster demo`: a guided tour on the embedded platform. Everything it makes is in a temporary folder, and gone after. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { staged } from '../../model/event.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { formatOf, type GlobalFlags, styleOf } from '../flags.ts';
import type { Io } from '../io.ts';
import { progress } from '../progress.ts';
import { applyCommand } from './apply.ts';
import { plan } from './plan.ts';
import { validate } from './validate.ts';

const EXAMPLE = fileURLToPath(new URL('../../../examples/quickstart', import.meta.url));
const USERS = 300;
/** Whom "somebody" edits by hand; both are in the example's roster. */
const EDITED = 'michal.kozlowski@example.com';

export async function demo(io: Io, flags: GlobalFlags): Promise<ExitCode> {
  formatOf(flags, ['text']);
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
    'apply --yes': () => applyCommand(io, { ...flags, yes: true }),
  };
  const steps: readonly (keyof typeof commands | (() => void))[] = [
    () => say.story(`A contact centre of ${USERS} agents answers on ${sandbox.url}.`),
    () => say.story('The rosters are those of examples/quickstart.'),
    'validate',
    () =>
      say.story('What would change? A loan that is over goes away; what no file names is kept.'),
    'plan',
    () => say.story('Apply it: complete lists, for the changed people only, by a bulk job.'),
    () => sandbox.clearRequests(),
    'apply --yes --quiet',
    () => say.story(seen(sandbox)),
    'plan',
    () => say.story('Somebody edits Michał Kozłowski by hand: Billing is gone, VIP is new.'),
    () => editByHand(sandbox),
    () => say.story('Billing is in the files, so it is put back. VIP is not: it is his to keep.'),
    'apply --yes',
    'plan',
    () => say.story('That is the whole loop. README.md says how to point it at an org of yours.'),
  ];
  for (const step of steps) {
    if (typeof step === 'function') step();
    else {
      say.command(`muster ${step}`);
      const stage = { phase: 'command', command: step.split(' ')[0] ?? step } as const;
      const code = await staged(progress(io, flags), stage, () => commands[step]());
      if (code !== EXIT.done) return code;
    }
  }
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
