/** Findings as SARIF 2.1.0, for code scanning. Every result has a location, because scanners refuse one without. */
import { byCodeUnit } from '../../model/assignment.ts';
import type { Finding, Place } from '../../model/finding.ts';
import { wellFormed } from '../plain.ts';
import { pretty } from '../pretty.ts';
import { see } from '../see.ts';

/** Where a finding is shown that is about no place in particular. */
const WHOLE: Place = { file: 'muster.yaml', line: 1, col: 1 };

export function findingsSarif(findings: readonly Finding[]): string {
  const codes = [...new Set(findings.map((finding) => finding.code))].sort(byCodeUnit);
  const index = new Map(codes.map((code, at) => [code, at]));
  return pretty({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'muster', rules: codes.map(rule) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => ({
          ruleId: finding.code,
          ruleIndex: index.get(finding.code),
          ...result(finding),
        })),
      },
    ],
  });
}

function rule(code: string): object {
  const text = `See ${see('findings', code)}.`;
  return { id: code, shortDescription: { text: code.replaceAll('-', ' ') }, help: { text } };
}

function result(finding: Finding): object {
  const { severity, message, hint, place = WHOLE, related = [] } = finding;
  return {
    level: severity,
    message: { text: literal(hint === undefined ? message : `${message}\n${hint}`) },
    locations: [{ physicalLocation: physical(place) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((other, at) => ({
            id: at + 1,
            physicalLocation: physical(other),
          })),
        }),
  };
}

function physical(place: Place): object {
  return {
    artifactLocation: { uri: uri(place.file), uriBaseId: '%SRCROOT%' },
    region: { startLine: place.line, startColumn: place.col },
  };
}

/** Relative: each part encoded, so that a `:` in the first one is no scheme. */
function uri(file: string): string {
  return wellFormed(file).split('/').map(encodeURIComponent).join('/');
}

/** A message in which `[x](y)` is no link. */
function literal(text: string): string {
  return text.replace(/[\\[\]]/g, '\\$&');
}
