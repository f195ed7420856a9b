// Loaded into a measured process: leaves its peak resident memory (in kB) in a file when it ends.
import { writeFileSync } from 'node:fs';

process.on('exit', () =>
  writeFileSync(process.env.MUSTER_BENCH_PEAK, String(process.resourceUsage().maxRSS)),
);
