// Compiles src/ to dist/ and marks the command executable. A package installed from the registry brings dist/ along
// and has no compiler, so `prepare` must do nothing there.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';

if (existsSync('src/cli/main.ts')) {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  rmSync('dist', { recursive: true, force: true });
  const run = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
  if (run.status !== 0) process.exit(run.status ?? 1);
  chmodSync('dist/cli/main.js', 0o755);
}
