/** Findings as workflow commands, which GitHub shows beside the line. Nothing in a finding can begin another command. */
import type { Finding } from '../../model/finding.ts';
import { plain } from '../plain.ts';
import { see } from '../see.ts';

/** A line a finding, each with its newline. */
export function findingsGithub(findings: readonly Finding[]): string {
  return findings.map((finding) => `${command(finding)}\n`).join('');
}

function command(finding: Finding): string {
  const { severity, place, hint } = finding;
  const properties = [
    ...(place === undefined
      ? []
      : [`file=${property(place.file)}`, `line=${place.line}`, `col=${place.col}`]),
    `title=${property(finding.code)}`,
  ];
  const advice = hint === undefined ? [] : [`hint: ${hint}`];
  const message = [finding.message, ...advice, `see ${see('findings', finding.code)}`].join('\n');
  return `::${severity} ${properties.join(',')}::${data(message)}`;
}

/** Escaped first, so that line breaks are kept; then cleaned of what a log viewer would obey. */
function data(text: string): string {
  return plain(text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A'));
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
