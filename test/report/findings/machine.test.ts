import { expect, test } from 'vitest';
import { findingsGithub } from '../../../src/report/findings/github.ts';
import { findingsJson } from '../../../src/report/findings/json.ts';
import { findingsSarif } from '../../../src/report/findings/sarif.ts';
import { finding, place } from '../builders.ts';

const { place: _, ...nowhere } = finding({ severity: 'warning', code: 'a-code' });

test('JSON has the findings and their counts', () => {
  const findings = [finding(), nowhere, finding()];
  const told = findings.map((each) => ({ ...each, see: `docs/findings.md#${each.code}` }));
  expect(JSON.parse(findingsJson(findings))).toEqual({ findings: told, errors: 2, warnings: 1 });
  expect(findingsJson([])).toBe('{\n  "findings": [],\n  "errors": 0,\n  "warnings": 0\n}\n');
});

test('JSON holds nothing that a terminal would obey, and means the same', () => {
  const message = 'a\u001b[2J\u009b2J\u202e\u007f';
  const json = findingsJson([finding({ message })]);
  expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  expect(JSON.parse(json).findings[0].message).toBe(message);
});

test('a workflow command a finding', () => {
  expect(findingsGithub([finding({ hint: 'Pin an id.' }), nowhere])).toBe(
    [
      '::error file=rosters/a.yaml,line=12,col=7,title=skill-unknown::The catalogue has no skill `Billng`.%0Ahint: Pin an id.%0Asee docs/findings.md#skill-unknown',
      '::warning title=a-code::The catalogue has no skill `Billng`.%0Asee docs/findings.md#a-code',
      '',
    ].join('\n'),
  );
});

test('nothing in a finding can end its command or begin another', () => {
  const evil = finding({
    message: '100%\r\n::set-output name=x::y\u001b[2J',
    place: place('a,b:c%\n.yaml', 1, 2),
    code: 'x,y::z',
  });
  expect(findingsGithub([evil])).toBe(
    '::error file=a%2Cb%3Ac%25%0A.yaml,line=1,col=2,title=x%2Cy%3A%3Az::100%25%0D%0A::set-output name=x::y%0Asee docs/findings.md#x,y::z\n',
  );
});

test('SARIF has a rule a code and a result a finding', () => {
  const findings = [finding({ hint: 'Pin an id.', related: [place('b.yaml', 3, 5)] }), nowhere];
  const log = JSON.parse(findingsSarif(findings));
  const physicalLocation = (uri: string, startLine: number, startColumn: number) => ({
    artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
    region: { startLine, startColumn },
  });
  expect(log.version).toBe('2.1.0');
  expect(log.runs[0].tool.driver.rules).toEqual([
    {
      id: 'a-code',
      shortDescription: { text: 'a code' },
      help: { text: 'See docs/findings.md#a-code.' },
    },
    {
      id: 'skill-unknown',
      shortDescription: { text: 'skill unknown' },
      help: { text: 'See docs/findings.md#skill-unknown.' },
    },
  ]);
  expect(log.runs[0].results).toEqual([
    {
      ruleId: 'skill-unknown',
      ruleIndex: 1,
      level: 'error',
      message: { text: 'The catalogue has no skill `Billng`.\nPin an id.' },
      locations: [{ physicalLocation: physicalLocation('rosters/a.yaml', 12, 7) }],
      relatedLocations: [{ id: 1, physicalLocation: physicalLocation('b.yaml', 3, 5) }],
    },
    {
      ruleId: 'a-code',
      ruleIndex: 0,
      level: 'warning',
      message: { text: 'The catalogue has no skill `Billng`.' },
      locations: [{ physicalLocation: physicalLocation('muster.yaml', 1, 1) }],
    },
  ]);
});

test('SARIF encodes odd paths, and a message is no link', () => {
  const odd = finding({ place: place('ro sters/ä#?:%\ud800.yaml', 1, 1), message: '[x](1) \\' });
  const [first] = JSON.parse(findingsSarif([odd])).runs[0].results;
  expect(first.locations[0].physicalLocation.artifactLocation.uri).toBe(
    'ro%20sters/%C3%A4%23%3F%3A%25%EF%BF%BD.yaml',
  );
  expect(first.message.text).toBe('\\[x\\](1) \\\\');
});
