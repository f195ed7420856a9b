/** `muster validate`: everything that can be said of the files without a network. */
import type { Loaded } from '../../desired/load.ts';
import { resolve } from '../../desired/resolve.ts';
import type { Org } from '../../model/config.ts';
import { dayAt } from '../../model/day.ts';
import { staged } from '../../model/event.ts';
import { type Finding, hasErrors } from '../../model/finding.ts';
import { EXIT, type ExitCode, UsageError } from '../exit.ts';
import { formatOf, type GlobalFlags, styleOf } from '../flags.ts';
import type { Io } from '../io.ts';
import { findingsForLog } from '../log-naming.ts';
import { progress } from '../progress.ts';
import { loadFolder } from '../workspace.ts';

const FORMATS = ['text', 'json', 'github', 'sarif'] as const;

export async function validate(io: Io, flags: GlobalFlags): Promise<ExitCode> {
  const format = formatOf(flags, [...FORMATS]);
  const listener = progress(io, flags);
  const loaded = await staged(listener, { phase: 'load' }, () => loadFolder(io, flags));
  const orgs = Object.values(loaded.config?.orgs ?? {});
  if (
    flags.org !== undefined &&
    loaded.config !== undefined &&
    !(flags.org in loaded.config.orgs)
  ) {
    throw new UsageError(`muster.yaml has no org "${flags.org}".`);
  }
  const { findings, people } = await staged(listener, { phase: 'validate' }, async () =>
    resolveAll(orgs, loaded, io.clock.now()),
  );
  const unique = dropRepeats(findings);
  const { findings: told, texts } = await findingsForLog(
    { findings: unique, texts: loaded.texts },
    { io, flags },
  );
  io.stdout(await render(format, told, { io, flags, texts }));
  if (hasErrors(unique)) return EXIT.error;
  if (format === 'text') {
    const files = loaded.texts.size;
    io.stdout(
      `Valid: ${counted(people.size, 'person', 'people')} in ${counted(files, 'file', 'files')}.\n`,
    );
  }
  return EXIT.done;
}

function resolveAll(orgs: readonly Org[], { findings, rosters }: Loaded, now: number) {
  const all = [...findings];
  const people = new Set<string>();
  for (const org of orgs) {
    const own = rosters.get(org.name);
    if (own === undefined) continue;
    const { desired, findings: more } = resolve(org, own, dayAt(now, org.timeZone));
    all.push(...more);
    for (const key of desired.users.keys()) people.add(key);
  }
  return { findings: all, people };
}

function counted(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** A shared roster says the same of every org it serves; people need to read it once. */
function dropRepeats(findings: readonly Finding[]): Finding[] {
  const seen = new Map(findings.map((finding) => [JSON.stringify(finding), finding] as const));
  return [...seen.values()];
}

async function render(
  format: (typeof FORMATS)[number],
  findings: readonly Finding[],
  about: { io: Io; flags: GlobalFlags; texts: ReadonlyMap<string, string> },
): Promise<string> {
  switch (format) {
    case 'text': {
      const { findingsText } = await import('../../report/findings/text.ts');
      return findingsText(findings, {
        texts: about.texts,
        ...styleOf(about.io, about.flags, 'stdout'),
      });
    }
    case 'json':
      return (await import('../../report/findings/json.ts')).findingsJson(findings);
    case 'github':
      return (await import('../../report/findings/github.ts')).findingsGithub(findings);
    case 'sarif':
      return (await import('../../report/findings/sarif.ts')).findingsSarif(findings);
  }
}
