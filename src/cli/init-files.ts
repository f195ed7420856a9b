/** The files of a new repository, as texts. The workflows are those of the examples, with the org's name in them. */
import { readFileSync } from 'node:fs';
import { blockLines, type Tree } from '../rosters/write.ts';
import type { Answers } from './init-answers.ts';

const SCHEMAS = 'https://unpkg.com/musterctl/schemas';

export function configText({ org, levels, ...settings }: Answers): string {
  const own = new Map<string, Tree>(Object.entries(settings));
  if (levels.size > 0) own.set('levels', levels);
  const lines = blockLines(org, own, { column: 2, step: 2, blocks: 1 });
  const head = [
    `# yaml-language-server: $schema=${SCHEMAS}/config.schema.json`,
    'version: 1',
    'orgs:',
  ];
  return `${[...head, ...lines].join('\n')}\n`;
}

export function editorText(): string {
  const schemas = {
    [`${SCHEMAS}/config.schema.json`]: 'muster.yaml',
    [`${SCHEMAS}/roster.schema.json`]: 'rosters/**/*.yaml',
  };
  return `${JSON.stringify({ 'yaml.schemas': schemas }, null, 2)}\n`;
}

/** `before` with the folder in which muster keeps its journals; the same where it is ignored already. */
export function ignoreText(before: string): string {
  const lines = before.split(/\r?\n/).map((line) => line.trim());
  if (lines.some((line) => /^\/?\.muster\/?$/.test(line))) return before;
  const open = before === '' || before.endsWith('\n') ? '' : '\n';
  return `${before}${open}.muster/\n`;
}

const EXAMPLE = '../../examples/github/.github/workflows/muster.yml';

export function workflowText(org: string): string {
  const example = readFileSync(new URL(EXAMPLE, import.meta.url), 'utf8');
  return example
    .replace(
      'All of it for a repository with two orgs.',
      `For the org ${org}; name others beside it.`,
    )
    .replaceAll('["eu-prod", "us-prod"]', `["${org}"]`)
    .replaceAll('[eu-prod, us-prod]', `[${org}]`);
}
