/** A message to a chat, as Slack and its like take it: `{"text": ...}` to an address that is itself the secret. */
import { MusterError } from '../model/error.ts';
import { HTTP_CODES } from './codes.ts';
import { isLoopback } from './hosts.ts';
import { createTransport, type ProxySettings } from './transport.ts';

const TIMEOUTS = { connectMs: 10_000, headersMs: 20_000, bodyMs: 20_000 };

function failed(message: string, cause?: unknown): MusterError {
  return new MusterError('webhook-failed', message, {
    hint: HTTP_CODES['webhook-failed'].cure,
    cause,
  });
}

/** Throws MusterError `webhook-failed`, which never names the address. */
export async function postMessage(
  address: string,
  text: string,
  proxy?: ProxySettings,
): Promise<void> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && isLoopback(url)))
    throw failed('The address of the webhook is no https URL.');
  const transport = createTransport(TIMEOUTS, proxy);
  try {
    const answer = await transport.fetch(url.href, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
      redirect: 'manual',
      signal: AbortSignal.timeout(30_000),
    });
    await answer.text();
    if (answer.status >= 300) throw failed(`The webhook answered ${answer.status}.`);
  } catch (cause) {
    if (cause instanceof MusterError) throw cause;
    throw failed('The webhook could not be reached.', cause);
  } finally {
    await transport.close();
  }
}
