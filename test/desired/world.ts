/** Worlds of files for tests: texts by path, a config line by line, and findings boiled down to code and place. */

import { type Loaded, load } from '../../src/desired/load.ts';
import { type Resolved, resolve } from '../../src/desired/resolve.ts';
import type { Org } from '../../src/model/config.ts';
import type { DesiredState, Want } from '../../src/model/desired.ts';
import { at, type Finding } from '../../src/model/finding.ts';
import type { FileSource } from '../../src/model/source.ts';

export type Files = Readonly<Record<string, string | Uint8Array>>;

export function memory(files: Files): FileSource {
  return {
    list: async () => Object.keys(files).sort(),
    read: async (path) => {
      const content = files[path] ?? '';
      return typeof content === 'string' ? new TextEncoder().encode(content) : content;
    },
  };
}

/** An org of the platform admin with three levels; `settings` are further lines. */
export function config(...settings: string[]): string {
  return [
    'version: 1',
    'orgs:',
    '  prod:',
    '    platform: admin',
    '    baseUrl: https://api.example.com',
    '    levels: { novice: 20, skilled: 60, expert: 90 }',
    ...settings.map((line) => `    ${line}`),
    '',
  ].join('\n');
}

/** A Genesys and an admin org, with levels of the same names. */
export const TWO_PLATFORMS = `version: 1
orgs:
  eu:
    platform: genesys
    region: mypurecloud.ie
    levels: { skilled: 3, expert: 5 }
  us:
    platform: admin
    baseUrl: https://api.example.com
    levels: { skilled: 60, expert: 90 }
`;

/** One roster for the org of config(). */
export function loadRoster(...lines: string[]): Promise<Loaded> {
  return load(memory({ 'muster.yaml': config(), 'rosters/a.yaml': roster(...lines) }));
}

export function roster(...lines: string[]): string {
  return ['version: 1', ...lines, ''].join('\n');
}

/** Loads, demands that nothing is wrong, and resolves for a day. */
export async function resolved(files: Files, day: string, name = 'prod'): Promise<Resolved> {
  const loaded = await load(memory({ 'muster.yaml': config(), ...files }));
  const wrong = loaded.findings.filter((found) => found.severity === 'error');
  if (wrong.length > 0) throw new Error(told(wrong).join('\n'));
  const org = orgOf(loaded, name);
  return resolve(org, loaded.rosters.get(name) ?? [], day);
}

export function orgOf(loaded: Loaded, name = 'prod'): Org {
  const org = loaded.config?.orgs[name];
  if (!org) throw new Error(`no org ${name}`);
  return org;
}

/** `code file:line:col` each. */
export function told(findings: readonly Finding[]): string[] {
  return findings.map((found) => `${found.code} ${found.place ? at(found.place) : '-'}`);
}

export function only(findings: readonly Finding[]): Finding {
  const [first, ...rest] = findings;
  if (!first || rest.length > 0) throw new Error(`not one finding: ${told(findings).join(', ')}`);
  return first;
}

/** A want in a word: `60`, `60 until 2026-11-30`, `60 loan until ...`, `absent`, `pending 2026-12-01`, or `-`. */
export function want(desired: DesiredState, user: string, name: string): string {
  return inAWord(desired.users.get(user)?.wants.skill.get(name));
}

export function inAWord(found: Want | undefined): string {
  if (!found) return '-';
  if (found.state === 'absent') return 'absent';
  if (found.state === 'pending') return `pending ${found.from}`;
  const until = found.until === undefined ? '' : ` until ${found.until}`;
  return `${found.proficiency}${found.loan ? ' loan' : ''}${until}`;
}
