/** Located data of an org's `formerly` and `ledger`: where its ledger is, and was; no two orgs may lay hands on one. */
import type { Org } from '../model/config.ts';
import { get, type Node, type Pair, textOf } from './node.ts';
import { report, type Sheet } from './sheet.ts';

export function readFormerly(node: Node | undefined): Org['formerly'] {
  const org = textOf(node) ?? textOf(get(node, 'org'));
  const folder = textOf(get(node, 'folder'));
  return {
    ...(org !== undefined && { org }),
    ...(folder !== undefined && { folder: folder.replace(/\/$/, '').replace(/^\.$/, '') }),
  };
}

export function readLedger(node: Node | undefined): Org['ledger'] {
  const remote = get(node, 'remote');
  const name = remote && 'value' in remote && remote.value === null ? null : textOf(remote);
  const branch = textOf(get(node, 'branch'));
  return { ...(name !== undefined && { remote: name }), ...(branch !== undefined && { branch }) };
}

export function checkLedgers(sheet: Sheet, orgs: readonly Pair[]): void {
  const names = new Map(orgs.map((pair) => [pair.key, pair.keyAt]));
  const claimed = new Map<string, number>();
  const branches = new Map<string, number>();
  for (const { node } of orgs) {
    const formerly = get(node, 'formerly');
    const former = readFormerly(formerly).org;
    if (formerly && former !== undefined) {
      const holder = names.get(former) ?? claimed.get(former);
      if (holder !== undefined) taken(sheet, { former, at: formerly.at, holder });
      claimed.set(former, formerly.at);
    }
    const branch = get(get(node, 'ledger'), 'branch');
    const name = textOf(branch);
    if (!branch || name === undefined) continue;
    const other = branches.get(name);
    if (other !== undefined) shared(sheet, { name, at: branch.at, other });
    branches.set(name, branch.at);
  }
}

interface Taken {
  readonly former: string;
  readonly at: number;
  readonly holder: number;
}

function taken(sheet: Sheet, { former, at, holder }: Taken): void {
  report(sheet, 'formerly-taken', at, {
    message: `The former name \`${former}\` is claimed twice, or still that of an org.`,
    hint: 'Let one org alone have it: two would write to one ledger.',
    related: [holder],
  });
}

interface Shared {
  readonly name: string;
  readonly at: number;
  readonly other: number;
}

function shared(sheet: Sheet, { name, at, other }: Shared): void {
  report(sheet, 'ledger-shared', at, {
    message: `Two orgs keep their ledger on the branch \`${name}\`.`,
    hint: 'Give each org a branch of its own.',
    related: [other],
  });
}
