/** The architecture, checked by a machine: import rules, a pure core, and files that can be read in one sitting. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import config from '../.dependency-cruiser.mjs';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `src/${name.replaceAll('\\', '/')}`);
const lines = (file: string) => readFileSync(file, 'utf8').split('\n').length - 1;

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly to: string }[];
  };
}

test('no arrow points the wrong way, and every module was looked at', () => {
  const args = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'src'];
  const run = execFileSync('node_modules/.bin/depcruise', args, {
    maxBuffer: 1e9,
    encoding: 'utf8',
  });
  const cruise = JSON.parse(run) as Cruise;
  const seen = new Set(cruise.modules.map((module) => module.source));
  expect(sources.filter((file) => !seen.has(file))).toEqual([]);
  expect(sources.length).toBeGreaterThan(60);
  expect(cruise.summary.violations.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
});

test('every rule speaks of files that exist, and gives its reason', () => {
  for (const rule of config.forbidden ?? []) {
    const from = 'path' in rule.from ? rule.from.path : undefined;
    if (typeof from === 'string') {
      expect(
        sources.some((file) => new RegExp(from).test(file)),
        `${rule.name}: ${from}`,
      ).toBe(true);
    }
    expect(rule.comment, rule.name).toMatch(/\w{3,}.*[.]$/);
  }
});

test('the core has no clock, randomness, environment, console or I/O', () => {
  const impure =
    /\bDate\.now\b|new Date\(\)|\bMath\.random\b|\brandom(UUID|Bytes|Int)\b|\bprocess\b\.|\bconsole\b\.|\bset(Timeout|Interval|Immediate)\b/;
  const core = sources.filter((file) =>
    /^src\/(model|diff|plan|report|rosters|tables)\//.test(file),
  );
  expect(core.length).toBeGreaterThan(25);
  expect(core.filter((file) => impure.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('only the shell exits, prints and reads the environment', () => {
  const shell =
    /\bprocess\.(exit|env|stdout|stderr|argv|stdin|cwd)\b|\bconsole\.|\bDate\.now\b|\bMath\.random\b/;
  // The sandbox is a platform, and a platform has a clock of its own.
  const others = sources.filter((file) => !/^src\/(cli\/|sandbox\/clock\.ts$)/.test(file));
  expect(others.filter((file) => shell.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('the differ, the planner and apply know no platform by name', () => {
  const named = /['"`](admin|genesys|cxone)['"`]/;
  const generic = sources.filter((file) => /^src\/(diff|plan|apply)\/|^src\/reconcile/.test(file));
  expect(generic.filter((file) => named.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('files stay small: none over 400 lines, the median at most 80', () => {
  const sizes = sources.map(lines).sort((a, b) => a - b);
  expect(sources.filter((file) => lines(file) > 400)).toEqual([]);
  expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(80);
});
