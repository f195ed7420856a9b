/** What is looked at on this machine alone: versions, proxies, exporters. Names, never values. */
import type { Check } from '../../model/checkup.ts';
import { wantedIn } from '../../telemetry/wanted.ts';
import type { Io } from '../io.ts';
import { version } from '../version.ts';
import { failed, ok } from './check.ts';

/** As package.json demands it. */
const OLDEST = [20, 19] as const;

export function checkHere({ env }: Pick<Io, 'env'>, node: string): Check[] {
  return [
    checkNode(node),
    ok({ check: 'muster', title: 'muster' }, `Version ${version()}.`),
    checkProxy(env),
    checkTelemetry(env),
  ];
}

function checkNode(node: string): Check {
  const subject = { check: 'node', title: 'Node.js' };
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const [oldest, least] = OLDEST;
  if (major > oldest || (major === oldest && minor >= least))
    return ok(subject, `Version ${node}.`);
  return failed(
    subject,
    `Version ${node} is older than ${oldest}.${least}.`,
    `Install Node.js ${oldest}.${least} or newer.`,
  );
}

function checkProxy(env: Io['env']): Check {
  const subject = { check: 'proxy', title: 'Proxy' };
  const set = ['HTTPS_PROXY', 'HTTP_PROXY'].flatMap((name) => {
    const url = env[name.toLowerCase()] || env[name];
    return url ? [{ name, url }] : [];
  });
  if (set.length === 0) return ok(subject, 'None is set in the environment.');
  const wrong = set.find(({ url }) => !URL.canParse(url));
  if (wrong !== undefined) {
    return failed(subject, `${wrong.name} is no URL.`, 'Write it as http://proxy.example:3128.');
  }
  const told = set.map(({ name, url }) => `${name} leads to ${new URL(url).host}`);
  const except = env.no_proxy || env.NO_PROXY ? ', except for what NO_PROXY names' : '';
  return ok(subject, `${told.join(', ')}${except}; loopback never goes through it.`);
}

function checkTelemetry(env: Io['env']): Check {
  const subject = { check: 'telemetry', title: 'Telemetry' };
  const wanted = wantedIn(env);
  if (wanted === undefined)
    return ok(subject, 'No OTEL_* variable names an exporter: nothing leaves.');
  const signals = Object.entries(wanted).flatMap(([name, on]) => (on ? [name] : []));
  const traced = env.TRACEPARENT ? ', in the trace of TRACEPARENT' : '';
  return ok(subject, `Exported by the OTEL_* variables: ${signals.join(', ')}${traced}.`);
}
