/** Plans and results that were saved to a file: read, and held to their schemas. */
import { readFile } from 'node:fs/promises';
import { resolve as resolvePath } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { AT_ONCE } from '../desired/schema.ts';
import { MusterError } from '../model/error.ts';
import type { Plan } from '../model/plan.ts';
import type { Result } from '../model/result.ts';
import { checkVersion, revivePlan } from '../plan/saved.ts';
import type { Io } from './io.ts';

export type Saved =
  | { readonly is: 'plan'; readonly plan: Plan }
  | { readonly is: 'result'; readonly result: Result };

/** Throws MusterError for what cannot be read, is of another version, is no plan or result, or was edited. */
export async function readSaved(io: Io, file: string): Promise<Saved> {
  const raw = await readJson(resolvePath(io.cwd, file), file);
  checkVersion(raw);
  if (Object.hasOwn(Object(raw), 'outcomes')) {
    return { is: 'result', result: await fitting<Result>('result', raw) };
  }
  return { is: 'plan', plan: await planFrom(raw) };
}

/** Throws MusterError for another version, what is no plan, and what was edited. */
export async function planFrom(raw: unknown): Promise<Plan> {
  checkVersion(raw);
  return revivePlan(await fitting<Plan>('plan', raw));
}

/** Whom the plan's keys meant, as far as it speaks of them. */
export function idsIn({ users, settles }: Plan): Map<string, string> {
  const told = [...Object.entries(settles.verified), ...Object.entries(settles.left)];
  const read = told.filter(([id]) => !id.startsWith('key:')).map(([id, key]) => [key, id] as const);
  const planned = Object.values(users).map(({ key, userId }) => [key, userId] as const);
  return new Map([...read, ...planned]);
}

async function readJson(path: string, file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new MusterError('saved-unreadable', `The file ${file} cannot be read.`, {
      hint: 'Name a file that `muster plan --out` or `--format json` has written.',
      cause,
    });
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw invalid(`The file ${file} is not JSON.`, cause);
  }
}

async function fitting<T>(name: 'plan' | 'result', raw: unknown): Promise<T> {
  const url = new URL(`../../schemas/${name}.schema.json`, import.meta.url);
  const ajv = new Ajv2020({ strict: false, ...AT_ONCE });
  if (ajv.validate<T>(JSON.parse(await readFile(url, 'utf8')), raw)) return raw;
  throw invalid(`The file is no ${name}: ${ajv.errorsText(ajv.errors, { dataVar: 'it' })}.`);
}

function invalid(message: string, cause?: unknown): MusterError {
  return new MusterError('saved-invalid', message, {
    hint: 'Name a file that `muster plan --out` or `--format json` has written, whole.',
    cause,
  });
}
