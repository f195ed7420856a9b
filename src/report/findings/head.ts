/** The first line of a finding or an error: `error[skill-unknown] rosters/a.yaml:12:7`. */
import { at, type Place, type Severity } from '../../model/finding.ts';
import { plain } from '../plain.ts';
import type { Paint } from '../style.ts';

export interface Headed {
  readonly severity: Severity;
  readonly code: string;
  readonly place?: Place;
}

export function findingHead(finding: Headed, paint: Paint): string {
  const color = finding.severity === 'error' ? paint.red : paint.yellow;
  const head = paint.bold(color(`${finding.severity}[${plain(finding.code)}]`));
  return finding.place === undefined ? head : `${head} ${plain(at(finding.place))}`;
}
