/** The pipeline from files to a plan, on the in-memory platform; whatever stands in its way is thrown. */
import { load } from '../../src/desired/load.ts';
import { resolve } from '../../src/desired/resolve.ts';
import type { FileSource } from '../../src/model/source.ts';
import { type Finding, hasErrors } from '../../src/model/finding.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Provider } from '../../src/model/provider.ts';
import { planFor } from '../../src/reconcile.ts';

export async function planOfFiles(
  files: FileSource,
  provider: Provider,
  on: { readonly org: string; readonly day: string },
): Promise<Plan> {
  const loaded = await load(files);
  const org = loaded.config?.orgs[on.org];
  if (org === undefined) throw inTheWay(loaded.findings);
  const resolved = resolve(org, loaded.rosters.get(on.org) ?? [], on.day);
  const findings = [...loaded.findings, ...resolved.findings];
  if (hasErrors(findings)) throw inTheWay(findings);
  const made = { at: '2026-11-23T10:00:00.000Z', by: 'muster test' };
  const { desired } = resolved;
  const listener = () => undefined;
  const planned = await planFor({ org, head: null, desired, findings, provider, listener, made });
  if (planned.plan === undefined) throw inTheWay(planned.findings);
  return planned.plan;
}

function inTheWay(findings: readonly Finding[]): Error {
  return new Error(JSON.stringify(findings, null, 2));
}
