/** Which renderer makes which format; each is loaded when it is used. A rendering comes in one or more pieces. */
import type { Plan } from '../model/plan.ts';
import type { Result } from '../model/result.ts';
import { type GlobalFlags, styleOf } from './flags.ts';
import type { Io } from './io.ts';
import { planForLog, resultForLog } from './log-naming.ts';

export const SAVED_FORMATS = ['text', 'json', 'ndjson', 'markdown', 'html'] as const;
export type SavedFormat = (typeof SAVED_FORMATS)[number];

export interface How {
  readonly io: Io;
  readonly flags: GlobalFlags;
}

/** Formats that people read name them as `report.log` says; the others are data for tools, and whole. */
function isData(format: SavedFormat): boolean {
  return format === 'json' || format === 'ndjson';
}

export async function renderPlan(
  made: Plan,
  format: SavedFormat,
  { io, flags }: How,
): Promise<Iterable<string>> {
  const plan = isData(format) ? made : await planForLog(made, { io, flags });
  switch (format) {
    case 'text':
      return [
        (await import('../report/plan/text.ts')).planText(plan, styleOf(io, flags, 'stdout')),
      ];
    case 'json':
      return (await import('../report/plan/json.ts')).planJsonPieces(plan);
    case 'ndjson':
      return (await import('../report/ndjson.ts')).planLine(plan);
    case 'markdown':
      return [(await import('../report/plan/markdown.ts')).planMarkdown(plan)];
    case 'html':
      return [(await import('../report/plan/html.ts')).planHtml(plan)];
  }
}

export async function renderResult(
  made: Result,
  format: SavedFormat,
  { io, flags }: How,
): Promise<Iterable<string>> {
  const result = isData(format) ? made : await resultForLog(made, { io, flags });
  switch (format) {
    case 'text': {
      const { resultText } = await import('../report/result/text.ts');
      return [resultText(result, styleOf(io, flags, 'stdout'))];
    }
    case 'json':
      return [(await import('../report/result/json.ts')).resultJson(result)];
    case 'ndjson':
      return (await import('../report/ndjson.ts')).resultLine(result);
    case 'markdown':
      return [(await import('../report/result/markdown.ts')).resultMarkdown(result)];
    case 'html':
      return [(await import('../report/result/html.ts')).resultHtml(result)];
  }
}

export function print(write: (text: string) => void, pieces: Iterable<string>): void {
  for (const piece of pieces) write(piece);
}
