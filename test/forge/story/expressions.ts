/** The expressions of a workflow file, as far as ours use them: `${{ ... }}` in texts, and conditions. */
import { runInNewContext } from 'node:vm';

export type Contexts = Readonly<Record<string, unknown>>;

const format = (text: string, ...values: readonly unknown[]) =>
  text.replace(/\{(\d+)\}/g, (_, at: string) => String(values[Number(at)] ?? ''));

/** What is not there is the empty text, as on GitHub. */
export function evaluated(expression: string, contexts: Contexts): unknown {
  return runInNewContext(asScript(expression), { format, ...contexts }) ?? '';
}

export function filledIn(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.+?)\}\}/gs, (_, expression: string) =>
    String(evaluated(expression.trim(), contexts)),
  );
}

/** The two differ in names with hyphens, and in what becomes of a property of nothing; texts are left alone. */
function asScript(expression: string): string {
  const parts = expression.split(/('(?:[^']|'')*')/);
  const script = parts.map((part, at) =>
    at % 2 === 1
      ? part
      : part
          .replace(/\.([A-Za-z_]\w*(?:-\w+)+)/g, "['$1']")
          .replace(/(?<=[\w\])])\./g, '?.')
          .replace(/(?<=[\w\])])\[/g, '?.['),
  );
  return script.join('');
}
