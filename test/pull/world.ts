/** A small platform and files in memory, pulled and planned. */
import { load } from '../../src/desired/load.ts';
import type { Org } from '../../src/model/config.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Provider } from '../../src/model/provider.ts';
import type { Pulled } from '../../src/model/pulled.ts';
import type { FileSource } from '../../src/model/source.ts';
import { type PullOutcome, pull } from '../../src/pull/pull.ts';
import { planOfFiles } from '../support/pipeline.ts';

const DAY = '2026-11-23';
export const CONFIG =
  'version: 1\norgs:\n  eu:\n    platform: admin\n    baseUrl: http://127.0.0.1:1\n';

export type Texts = Readonly<Record<string, string>>;

function source(texts: Texts): FileSource {
  return {
    list: async () => Object.keys(texts).sort(),
    read: async (path) => new TextEncoder().encode(texts[path] ?? ''),
  };
}

async function orgIn(files: FileSource, name: string) {
  const { config, findings } = await load(files);
  const org = config?.orgs[name];
  if (!config || !org) throw new Error(JSON.stringify(findings));
  return { config, org: org as Org };
}

export interface How {
  readonly org?: string;
  readonly profiles?: boolean;
}

export async function outcomeOf(
  texts: Texts,
  provider: Provider,
  { org: name = 'eu', profiles = false }: How = {},
): Promise<PullOutcome> {
  const files = source(texts);
  const listener = () => undefined;
  return pull({ ...(await orgIn(files, name)), day: DAY, files, provider, listener, profiles });
}

export interface After {
  readonly texts: Texts;
  readonly pulled: Pulled;
}

/** The files after a pull that nothing stood in the way of. */
export async function afterPull(texts: Texts, provider: Provider, how: How = {}): Promise<After> {
  const { pulled, findings } = await outcomeOf(texts, provider, how);
  if (pulled === undefined) throw new Error(JSON.stringify(findings, null, 2));
  const changed = Object.fromEntries(pulled.files.map(({ path, text }) => [path, text]));
  return { texts: { ...texts, ...changed }, pulled };
}

/** Throws when the files have errors. */
export function planAfter(texts: Texts, provider: Provider, org = 'eu'): Promise<Plan> {
  return planOfFiles(source(texts), provider, { org, day: DAY });
}
