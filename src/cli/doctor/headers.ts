/**
 * What becomes of each header on the way. Nobody but the platform knows what arrived, so it is told by what comes back:
 * its name of the request, the trace it was told of, and whether requests with a header fail where those without do not.
 */
import type { Check } from '../../model/checkup.ts';
import { failed, ok, type Subject, unknown, warning } from './check.ts';
import { HEADERS, type Header, type Look } from './looks.ts';

const TITLES: Readonly<Record<Header, string>> = {
  'x-request-id': 'X-Request-ID',
  traceparent: 'traceparent',
  tracestate: 'tracestate',
  baggage: 'baggage',
};
const LET_PASS =
  'Have whoever runs the proxy let X-Request-ID, traceparent, tracestate and baggage pass.';

export interface Expected {
  /** Those that the org lets pass. */
  readonly headers: readonly Header[];
  /** Whether the platform is known to name requests in its answers. */
  readonly namesRequests: boolean;
}

export function checkHeaders(looks: readonly Look[], expected: Expected): Check[] {
  const { headers, namesRequests } = expected;
  const answered = looks.some(({ probed }) => probed.error === undefined);
  const named = nameOf(looks);
  const silent = named.as === 'nothing' && !namesRequests;
  const seen: Seen = { named: silent ? { as: 'untold' } : named, trace: traceOf(looks) };
  return HEADERS.map((header) => {
    const subject = { check: `header-${header}`, title: TITLES[header] };
    if (!headers.includes(header)) return ok(subject, 'It is switched off for this org.');
    if (!answered) return unknown(subject, 'No read was answered, so nothing can be told of it.');
    const why = blame(looks, header);
    if (why !== undefined) return blamed(subject, header, why);
    if (header === 'x-request-id') return checkName(subject, seen);
    if (header === 'traceparent') return checkTrace(subject, seen);
    return ok(subject, 'Requests that carry it are answered like others.');
  });
}

/** What comes back of what was sent. */
interface Seen {
  readonly named: Named;
  readonly trace: 'sent' | 'changed' | 'untold';
}

/** How requests with the header fail, where every one does and those without do not. */
export function blame(looks: readonly Look[], header: Header): string | undefined {
  // A tracestate never goes without its traceparent: while that one is refused, nothing can be told of it.
  if (header === 'tracestate' && blame(looks, 'traceparent') !== undefined) return undefined;
  const last = (look: Look) => look.sent.at(-1) === header;
  const alone = looks.filter((look) => last(look) && look.sent.length === needs(header));
  const without = looks.filter(({ sent }) => sent.length === 0);
  const [first] = alone;
  const error = first?.probed.error;
  const fails = alone.every(({ probed }) => probed.error !== undefined);
  const others = without.some(({ probed }) => probed.error === undefined);
  return fails && others && error !== undefined ? String(error.status ?? error.code) : undefined;
}

/** How many headers a look has that is for this one alone. */
function needs(header: Header): number {
  return header === 'tracestate' ? 2 : 1;
}

function blamed(subject: Subject, header: Header, why: string): Check {
  const message = `Requests that carry it fail (${why}), and those without it do not: something on the way does not let it pass.`;
  const fix =
    header === 'x-request-id'
      ? LET_PASS
      : `Say \`propagate: { ${header}: false }\` of the org in muster.yaml, or have the proxy mended.`;
  return failed(subject, message, fix);
}

/** How the answers name requests that were sent with a name. `like`: a name of them. */
type Named =
  | { readonly as: 'sent' | 'own' | 'nothing' | 'untold' }
  | { readonly as: 'changed' | 'unsent'; readonly like: string };

function nameOf(looks: readonly Look[]): Named {
  const good = looks.filter(({ probed }) => probed.error === undefined);
  const sent = good.filter((look) => look.sent.includes('x-request-id'));
  const answer = (look: Look) => look.probed.header('x-request-id');
  const other = sent.find((look) => answer(look) !== undefined && answer(look) !== look.requestId);
  if (other === undefined) {
    if (sent.some((look) => answer(look) !== undefined)) return { as: 'sent' };
    const own = sent.some(({ probed }) => probed.header('inin-correlation-id') !== undefined);
    return { as: own ? 'own' : 'nothing' };
  }
  const like = answer(other) ?? '';
  const bare = good.find((look) => look.sent.length === 0);
  const unsent = bare === undefined ? undefined : answer(bare);
  const same = unsent !== undefined && shape(unsent) === shape(like);
  const derived = like.toLowerCase().includes(other.requestId.slice(0, 16));
  return { as: same && !derived ? 'unsent' : 'changed', like };
}

/** What is left of a name when its counts and digits are taken out. */
function shape(name: string): string {
  return name.replaceAll(/[0-9a-f]{8,}/gi, '*').replaceAll(/\d+/g, '*');
}

function checkName(subject: Subject, { named, trace }: Seen): Check {
  switch (named.as) {
    case 'sent':
      return ok(subject, 'It arrives: answers name each request by the id it was sent with.');
    case 'own':
      return unknown(
        subject,
        'The platform names requests by ids of its own; whether this one arrives it does not tell.',
      );
    case 'untold':
      return unknown(
        subject,
        'No answer names its request, as this platform has it; whether this one arrives it does not tell.',
      );
    case 'nothing':
      return warning(
        subject,
        'No answer names its request: something on the way drops X-Request-ID, there or back, or the platform names none.',
        LET_PASS,
      );
    case 'changed':
      return warning(subject, rewritten(named.like), LEAVE);
    case 'unsent':
      // What puts a trace of its own in place of ours puts names of its own in place of ours.
      if (trace === 'changed') return warning(subject, rewritten(named.like), LEAVE);
      return warning(
        subject,
        `Something on the way drops it, or puts its own in its place: a request comes back as ${named.like}, as if none had been sent.`,
        LET_PASS,
      );
  }
}

const LEAVE =
  'Quote the id of the answer to support, and have the proxy leave the header as it is.';

function rewritten(like: string): string {
  return `It is rewritten on the way: a request comes back as ${like}.`;
}

/** The trace that the platform was told of, where it tells that. */
function traceOf(looks: readonly Look[]): Seen['trace'] {
  const told = looks.flatMap(({ sent, requestId, probed }) => {
    const response = probed.header('traceresponse');
    const carried = sent.includes('traceparent');
    return carried && response !== undefined ? [response.includes(requestId.slice(0, 32))] : [];
  });
  if (told.length === 0) return 'untold';
  return told.every(Boolean) ? 'sent' : 'changed';
}

function checkTrace(subject: Subject, { named, trace }: Seen): Check {
  if (trace === 'sent')
    return ok(subject, 'It arrives: the platform tells of the trace that was sent.');
  if (trace === 'changed') {
    return warning(
      subject,
      'It is rewritten on the way: the platform tells of another trace than the one that was sent.',
      'Have the proxy continue the trace, or say `propagate: { traceparent: false }` of the org.',
    );
  }
  if (named.as !== 'unsent' && named.as !== 'nothing') {
    return unknown(
      subject,
      'Requests that carry it are answered; what arrives the platform does not tell.',
    );
  }
  return warning(
    subject,
    'The platform tells of no trace: what drops X-Request-ID is likely to drop traceparent too.',
    LET_PASS,
  );
}
