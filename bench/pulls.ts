/** Pulls of a large org from a sandbox without limits: into nothing, factored, and into files whose every person differs. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from './main.ts';
import { expectCode, MUSTER, measure } from './measure.ts';
import { config, folder, serve } from './worlds.ts';

const USERS = 10_000;
/** Seconds of muster's own time. */
const BOUND = 60;

export async function pulls(): Promise<Row[]> {
  const sandbox = await serve(['--users', String(USERS), '--reads', '0', '--writes', '0']);
  const more = '    pace: { reads: 1000000, writes: 1000000 }\n';
  const cwd = folder({ 'muster.yaml': config({ baseUrl: sandbox.url, more }) });
  const rosters = join(cwd, 'rosters');
  const pull = async (what: string, flags: readonly string[]): Promise<Row[]> => {
    const args = [MUSTER, 'pull', '--quiet', '--yes', ...flags];
    const env = { MUSTER_TOKEN: sandbox.token };
    const made = expectCode(await measure({ args, cwd, env, memory: true }), 0, what);
    return [
      { what, value: made.seconds, unit: 's', bound: BOUND },
      { what: `${what}: peak memory`, value: made.peakMb, unit: 'MB' },
    ];
  };
  const name = `pull of ${USERS.toLocaleString('en')} users`;
  try {
    const first = await pull(`${name} into nothing`, []);
    const plain = linesIn(rosters);
    changeEverybody(rosters);
    const again = await pull(`${name} into files that differ for each`, []);
    rmSync(rosters, { recursive: true });
    const factored = await pull(`${name} with --profiles`, ['--profiles']);
    const ratio = plain / linesIn(rosters);
    return [
      ...first,
      ...again,
      ...factored,
      { what: `${name}: lines over lines with --profiles`, value: ratio, unit: 'x', atLeast: 2 },
    ];
  } finally {
    sandbox.stop();
    rmSync(cwd, { recursive: true, force: true });
  }
}

function linesIn(dir: string): number {
  const texts = readdirSync(dir).map((name) => readFileSync(join(dir, name), 'utf8'));
  return texts.join('').split('\n').length - 1;
}

/** Everybody's first skill gets a value that nobody has. */
function changeEverybody(dir: string): void {
  for (const name of readdirSync(dir)) {
    const text = readFileSync(join(dir, name), 'utf8');
    const value = /( {4}skills:\n {6}[^\n]*): \w+/g;
    writeFileSync(join(dir, name), text.replace(value, '$1: 1 # by hand'));
  }
}
