/** Whether rows about one person and one skill go together: twice the same is told, two different things are an error. */
import type { Org } from '../model/config.ts';
import type { Said } from '../model/table.ts';
import type { TableFindings } from './codes.ts';
import type { Statement } from './resolve.ts';

const BEFORE_ALL = '0000-00-00';
const AFTER_ALL = '9999-99-99';

/** True where nothing contradicts: rows of the same days then say the same. */
export function agreed(rows: readonly Statement[], org: Org, findings: TableFindings): boolean {
  let sound = true;
  rows.forEach((row, index) => {
    for (const other of rows.slice(0, index)) {
      const relation = relate(row, other, org);
      if (relation === 'apart') continue;
      if (relation === 'against') sound = false;
      tell(relation, [row, other], findings);
      break;
    }
  });
  return sound;
}

function relate(a: Statement, b: Statement, org: Org): 'same' | 'against' | 'apart' {
  if (a.say.is !== 'said' || b.say.is !== 'said') return a.say.is === b.say.is ? 'same' : 'against';
  const [one, two] = [a.say.said, b.say.said];
  const alike = numberOf(one, org) === numberOf(two, org);
  if (one.from === two.from && one.until === two.until)
    return alike && one.thenAbsent === two.thenAbsent ? 'same' : 'against';
  if (alike || isPlain(one) !== isPlain(two)) return 'apart';
  return begin(one) <= end(two) && begin(two) <= end(one) ? 'against' : 'apart';
}

function numberOf({ proficiency }: Said, { levels }: Org): number | string {
  return typeof proficiency === 'number' ? proficiency : (levels[proficiency] ?? proficiency);
}

function isPlain({ from, until }: Said): boolean {
  return from === undefined && until === undefined;
}

const begin = ({ from }: Said) => from ?? BEFORE_ALL;
const end = ({ until }: Said) => until ?? AFTER_ALL;

function tell(
  relation: 'same' | 'against',
  [row, other]: readonly [Statement, Statement],
  findings: TableFindings,
): void {
  const related = [findings.place(other.at)];
  const who = `\`${row.who.key}\` and \`${row.skill.name}\``;
  if (relation === 'same') {
    findings.add('table-row-twice', row.at, {
      severity: 'warning',
      message: `Two places say the same of ${who}.`,
      hint: 'Nothing is to be done; one of them would do.',
      related,
    });
    return;
  }
  findings.add('table-conflict', row.at, {
    message: `Two places say different things of ${who} for the same days.`,
    hint: 'Keep the one that is meant.',
    related,
  });
}
