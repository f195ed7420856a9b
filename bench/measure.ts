/** Running and measuring processes: wall seconds, peak memory, exit code. All comparisons are ratios within one run. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const MUSTER = resolve('dist/cli/main.js');

/** Longer output is read and dropped. */
const KEPT = 2 ** 24;

export interface Measured {
  readonly seconds: number;
  /** Peak resident memory in MB. */
  readonly peakMb: number;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Work {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the process reports its peak memory: that costs start-up, so start-up is measured without. */
  readonly memory?: boolean;
}

/** Runs `node ARGS` and measures the whole process. */
export async function measure({ args, cwd, env = {}, memory = false }: Work): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'));
  const peak = join(folder, 'peak');
  const hook = memory ? ['--import', resolve('bench/peak.mjs')] : [];
  const begin = process.hrtime.bigint();
  const child = spawn(process.execPath, [...hook, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', MUSTER_BENCH_PEAK: peak, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    if (stdout.length < KEPT) stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise<number>((done) =>
    child.on('close', (status) => done(status ?? -1)),
  );
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  const peakMb = memory ? Number(readFileSync(peak, 'utf8')) / 1024 : Number.NaN;
  rmSync(folder, { recursive: true, force: true });
  return { seconds, peakMb, code, stdout, stderr };
}

/** Fails the benchmark when a command did not do what is being measured. */
export function expectCode(measured: Measured, code: number, what: string): Measured {
  if (measured.code === code) return measured;
  throw new Error(
    `${what} ended with ${measured.code}, not ${code}:\n${measured.stderr.slice(-2_000)}${measured.stdout.slice(0, 500)}`,
  );
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
