/** How steady, how fast and how well timed the way to the platform is, by the looks that were taken. Pure. */
import type { Check } from '../../model/checkup.ts';
import type { PlatformError } from '../../model/error.ts';
import { failed, ok, type Subject, unknown, warning } from './check.ts';
import { blame } from './headers.ts';
import type { Header, Look } from './looks.ts';

const STEADY: Subject = { check: 'answers', title: 'Answers' };
const LATENCY: Subject = { check: 'latency', title: 'Latency' };
const CLOCK: Subject = { check: 'clock', title: 'Clock' };

/** `headers`: those that the org lets pass. */
export function checkWay(looks: readonly Look[], headers: readonly Header[]): Check[] {
  return [
    checkAnswers(looks, headers),
    checkLatency(looks),
    checkClock(looks),
    checkBetween(looks),
  ];
}

/** What a header is to blame for is told of the header. */
function checkAnswers(looks: readonly Look[], headers: readonly Header[]): Check {
  const guilty = headers.filter((header) => blame(looks, header) !== undefined);
  const fair = looks.filter(({ sent }) => !sent.some((header) => guilty.includes(header)));
  const errors = fair.flatMap(({ probed }) => (probed.error === undefined ? [] : [probed.error]));
  const [first] = errors;
  if (first === undefined) return ok(STEADY, `All of ${fair.length} reads were answered.`);
  const what = tally(errors);
  if (errors.length === fair.length) {
    return failed(
      STEADY,
      `None of ${fair.length} reads was answered: ${what}. ${first.message}`,
      first.hint,
    );
  }
  const message = `${errors.length} of ${fair.length} reads came to nothing: ${what}.`;
  if (errors.every(({ status }) => status === 429)) {
    return warning(
      STEADY,
      message,
      'Lower `pace` of the org in muster.yaml, or find out who else uses the token.',
    );
  }
  const by = errors.some(isPage) ? ' They came as web pages, so something in between answers.' : '';
  return warning(
    STEADY,
    message + by,
    'Reads are tried again, but a write that meets it is in doubt until it is read back: have what stands in between mended.',
  );
}

/** A server error without words of the platform is a page for people, or nothing. */
function isPage({ status = 0, platformMessage }: PlatformError): boolean {
  return status >= 500 && platformMessage === undefined;
}

/** `502 three times`, most often first. */
function tally(errors: readonly PlatformError[]): string {
  const counts = new Map<string, number>();
  for (const { status, code } of errors) {
    const name = String(status ?? code);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count === 1 ? 'once' : `${count} times`}`)
    .join(', ');
}

const SLOW_MS = 2_000;

function checkLatency(looks: readonly Look[]): Check {
  const times = looks
    .filter(({ probed }) => probed.error === undefined)
    .map(({ probed }) => probed.ms)
    .sort((a, b) => a - b);
  const at = (share: number) => Math.round(times[Math.floor((times.length - 1) * share)] ?? 0);
  if (times.length === 0) return unknown(LATENCY, 'No read was answered.');
  const message = `Half of the answers came within ${at(0.5)} ms, 95 % within ${at(0.95)} ms.`;
  if (at(0.5) < SLOW_MS) return ok(LATENCY, message);
  return warning(LATENCY, message, 'Run muster nearer to the platform, or look into the network.');
}

/** Tokens and days are told by the clock. The header counts whole seconds. */
const FINE_MS = 30_000;
const MOST_MS = 300_000;
const HALF_A_SECOND = 500;

function checkClock(looks: readonly Look[]): Check {
  const skews = looks.flatMap(({ probed }) => {
    const date = Date.parse(probed.header('date') ?? '');
    return Number.isNaN(date) ? [] : [probed.at - date - HALF_A_SECOND];
  });
  const [skew] = skews.sort((a, b) => Math.abs(a) - Math.abs(b));
  if (skew === undefined) return unknown(CLOCK, 'No answer has a Date to compare with.');
  const off = Math.abs(skew);
  if (off < FINE_MS) return ok(CLOCK, `Within ${Math.ceil(off / 1_000)} s of the platform's.`);
  const message = `This machine's clock is ${Math.round(off / 1_000)} s ${skew > 0 ? 'ahead of' : 'behind'} the platform's.`;
  const fix = 'Set the clock by NTP: tokens run out, and days begin, by it.';
  return off < MOST_MS ? warning(CLOCK, message, fix) : failed(CLOCK, message, fix);
}

function checkBetween(looks: readonly Look[]): Check {
  const subject = { check: 'between', title: 'In between' };
  const header = (name: string) =>
    looks.map(({ probed }) => probed.header(name)).find((value) => value !== undefined);
  const via = header('via');
  const server = header('server');
  const by = server === undefined ? '' : `, answered by ${server}`;
  if (via !== undefined) return ok(subject, `The answers came by way of ${via}${by}.`);
  return ok(subject, `No answer tells of a proxy (Via)${by}.`);
}
