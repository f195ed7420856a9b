/** An error that a user can meet, as text and as JSON: what happened, what the platform said, what to do next. */
import { type MusterError, PlatformError } from '../model/error.ts';
import { pretty } from './pretty.ts';
import { headLines, see } from './see.ts';
import { page, type Style } from './style.ts';
import { hintLines, wrap } from './wrap.ts';

/** Ends in a newline. */
export function errorText(error: MusterError, style: Style): string {
  const on = page(style);
  const { code, message, hint, place } = error;
  const headed = { severity: 'error', code, ...(place === undefined ? {} : { place }) } as const;
  const said = platformLines(error).flatMap((line) => wrap(line, '  ', on).map(on.paint.dim));
  const head = headLines(headed, 'errors', on);
  const lines = [...head, ...wrap(message, '  ', on), ...said, ...hintLines(hint, '  ', on)];
  return `${lines.join('\n')}\n`;
}

/** `{ "error": { code, message, ... } }`; what is not known is left out. */
export function errorJson(error: MusterError): string {
  const { code, message, hint, place } = error;
  const told = { code, message, hint, place, ...platformFields(error) };
  return pretty({ error: { ...told, see: see('errors', code) } });
}

/** What the sentence has already said is not said twice. */
function platformLines(error: MusterError): string[] {
  const { status, platformMessage, requestId } = platformFields(error);
  const news = (text: string | number | undefined) =>
    text !== undefined && !error.message.includes(String(text));
  return [
    ...(news(status) ? [`the platform answered HTTP ${status}`] : []),
    ...(news(platformMessage) ? [`the platform said: ${platformMessage}`] : []),
    ...(requestId === undefined ? [] : [`request ${requestId}`]),
  ];
}

type PlatformFields = Partial<
  Pick<PlatformError, 'status' | 'platformMessage' | 'requestId' | 'retryAfterMs' | 'effect'>
>;

function platformFields(error: MusterError): PlatformFields {
  if (!(error instanceof PlatformError)) return {};
  const { effect, status, platformMessage, requestId, retryAfterMs } = error;
  const fields = { status, platformMessage, requestId, retryAfterMs, effect };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
