/** The files beside what is live: what a plan would do, without a base. */
import { type Loaded, load } from '../desired/load.ts';
import { resolve } from '../desired/resolve.ts';
import { diffEverybody } from '../diff/everybody.ts';
import type { Org } from '../model/config.ts';
import type { Day } from '../model/day.ts';
import type { DesiredState } from '../model/desired.ts';
import type { Finding } from '../model/finding.ts';
import type { LiveState } from '../model/live.ts';
import type { UserDiff } from '../model/plan.ts';
import type { Provider } from '../model/provider.ts';
import type { FileSource } from '../model/source.ts';
import type { Held, Targets } from '../model/target.ts';

export interface Said {
  readonly loaded: Loaded;
  readonly desired: DesiredState;
  readonly findings: readonly Finding[];
}

export interface Compared extends Said {
  readonly targets: Targets;
  readonly diffs: readonly UserDiff[];
  readonly held: readonly Held[];
}

/** What the files say of the org. That there are none yet is no finding here. */
export async function read(
  files: FileSource,
  { org, day, reuse }: { readonly org: Org; readonly day: Day; readonly reuse: Loaded | undefined },
): Promise<Said> {
  const loaded = await load(files, { org: org.name, ...(reuse === undefined ? {} : { reuse }) });
  const { desired, findings } = resolve(org, loaded.rosters.get(org.name) ?? [], day);
  const all = [...loaded.findings, ...findings];
  return { loaded, desired, findings: all.filter(({ code }) => code !== 'glob-no-match') };
}

export function compare(
  said: Said,
  {
    live,
    provider,
    org,
  }: { readonly live: LiveState; readonly provider: Provider; readonly org: Org },
): Compared {
  const { desired } = said;
  const targets = provider.normalize(desired, live);
  const { diffs, held } = diffEverybody({
    ...{ desired, targets, live, bases: undefined, only: undefined },
    ids: new Map(),
    ownership: org.ownership,
    normalize: provider.normalize,
    leavers: false,
    allowRolledBack: false,
  });
  const findings = [...said.findings, ...targets.findings];
  return { ...said, targets, diffs, findings, held: [...targets.held, ...held] };
}
