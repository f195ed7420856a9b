/**
 * Which signals the environment asks for, by the standard variables alone. Nothing is exported, and nothing of
 * OpenTelemetry is loaded, unless one is set: a default that sends to a port on this machine is still a sending.
 */

/** Other exporters of the SDK are none of muster: one would open a port. */
const KNOWN = new Set(['otlp', 'console']);

export interface Wanted {
  readonly traces: boolean;
  readonly metrics: boolean;
  readonly logs: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Undefined when nothing is wanted. */
export function wantedIn(env: Environment): Wanted | undefined {
  if (env.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true') return undefined;
  const wanted = {
    traces: isWanted(env, 'TRACES'),
    metrics: isWanted(env, 'METRICS'),
    logs: isWanted(env, 'LOGS'),
  };
  return wanted.traces || wanted.metrics || wanted.logs ? wanted : undefined;
}

function isWanted(env: Environment, signal: string): boolean {
  const exporters = (env[`OTEL_${signal}_EXPORTER`] ?? '').split(',').map((name) => name.trim());
  const named = exporters.filter((name) => name !== '');
  if (named.length > 0) return !named.includes('none') && named.some((name) => KNOWN.has(name));
  const endpoints = ['OTEL_EXPORTER_OTLP_ENDPOINT', `OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`];
  return endpoints.some((name) => (env[name] ?? '').trim() !== '');
}
