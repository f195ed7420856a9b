/** Located data of `report` in muster.yaml -> how reports name people. A value that is none of the words is the schema's finding. */
import {
  DEFAULT_REPORT,
  NAMINGS,
  type Naming,
  type ReportSettings,
} from '../model/report-settings.ts';
import { get, type Node, textOf } from './node.ts';

export function readReport(node: Node | undefined): ReportSettings {
  const naming = (key: string): Naming | undefined =>
    NAMINGS.find((word) => word === textOf(get(node, key)));
  const log = naming('log');
  const proficiency = get(node, 'proficiency');
  return {
    comment: naming('comment') ?? DEFAULT_REPORT.comment,
    issue: naming('issue') ?? DEFAULT_REPORT.issue,
    artifact: naming('artifact') ?? DEFAULT_REPORT.artifact,
    ...(log === undefined ? {} : { log }),
    proficiency: !(proficiency && 'value' in proficiency && proficiency.value === false),
    posting: textOf(get(node, 'posting')) === 'anew' ? 'anew' : 'edit',
  };
}
