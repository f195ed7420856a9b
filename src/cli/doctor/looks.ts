/** Looks at the way to a platform: the same cheap read, over and over, with and without what proxies stumble on. */
import type { Checkup, Probed } from '../../model/checkup.ts';
import type { Org } from '../../model/config.ts';
import type { Trace } from '../../telemetry/trace.ts';

export const HEADERS = ['x-request-id', 'traceparent', 'tracestate', 'baggage'] as const;
export type Header = (typeof HEADERS)[number];

/** One read, and which of the headers it carried. */
export interface Look {
  readonly sent: readonly Header[];
  readonly requestId: string;
  readonly probed: Probed;
}

/** Enough that what fails one time in ten is met, few enough not to be a burden. */
const WHOLE = 20;
const BARE = 5;
const ALONE = 3;

/** What the org lets pass. */
export function headersOf({ propagate }: Org): Header[] {
  return HEADERS.filter((name) => name === 'x-request-id' || propagate[name]);
}

export interface Looking {
  readonly checkup: Checkup;
  readonly trace: Trace;
  /** Of what the org lets pass. */
  readonly headers: readonly Header[];
  /** Aborted: no further look is begun. */
  readonly signal: AbortSignal;
}

/** As requests are sent, without any of the headers, and with each alone. Throws what signing in throws. */
export async function lookAround(looking: Looking): Promise<Look[]> {
  const looks: Look[] = [];
  const look = async (sent: readonly Header[], times: number) => {
    for (let n = 0; n < times && !looking.signal.aborted; n += 1)
      looks.push(await lookOnce(looking, sent));
  };
  const usual = looking.headers.filter((name) => name === 'x-request-id' || name === 'traceparent');
  await look(usual, WHOLE);
  await look([], BARE);
  for (const header of looking.headers) await look(withNeeded(header), ALONE);
  return looks;
}

/** A tracestate without its traceparent means nothing. */
function withNeeded(header: Header): Header[] {
  return header === 'tracestate' ? ['traceparent', header] : [header];
}

async function lookOnce({ checkup, trace }: Looking, sent: readonly Header[]): Promise<Look> {
  const requestId = trace.newRequestId();
  const values: Record<Header, string> = {
    'x-request-id': requestId,
    traceparent: `00-${requestId}-00`,
    tracestate: 'muster=doctor',
    baggage: 'muster=doctor',
  };
  const headers = Object.fromEntries(sent.map((name) => [name, values[name]]));
  return { sent, requestId, probed: await checkup.probe({ ...checkup.calm, requestId, headers }) };
}
