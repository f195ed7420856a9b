/**
 * What belongs to one run of the command: the trace its requests are of, and whoever listens. Everything the core tells
 * comes by here once, gets its time and its ids, and goes to the view and, where it is wanted, to telemetry.
 */
import { redactor, Secret } from '../http/secret.ts';
import type { Listener, MusterEvent, Stage } from '../model/event.ts';
import { staged } from '../model/event.ts';
import { see } from '../report/see.ts';
import type { Telemetry } from '../telemetry/index.ts';
import { openTrace, type Trace } from '../telemetry/trace.ts';
import { wantedIn } from '../telemetry/wanted.ts';
import { eventRecord } from './event-record.ts';
import type { ExitCode } from './exit.ts';
import type { GlobalFlags } from './flags.ts';
import type { Io, Session } from './io.ts';
import { openView } from './open-view.ts';
import { version } from './version.ts';
import { SILENT, type View } from './view.ts';

export interface Opened extends Session {
  /** The flags are known: from here on what is told is shown as they want it. */
  begin(command: string, flags: GlobalFlags): void;
  /** The world, with a way to print that never garbles what is shown. */
  readonly io: Io;
  /** Runs the whole command, tells how it ends, and sends what is left of that. */
  run(work: () => Promise<ExitCode>): Promise<ExitCode>;
}

/** A collector that does not answer costs no more than this. */
const FLUSH_MS = 2_000;

/** The code of that. */
export const UNDELIVERED = 'telemetry-undelivered';

export async function openSession(world: Io): Promise<Opened> {
  const trace = openTrace(world.env, () => world.newId());
  const clean = redactor(() => secretsIn(world.env));
  const telemetry = await telemetryOf(world, trace, clean);
  const begun = new WeakMap<Stage, number>();
  let view: View = SILENT;

  function tell(event: MusterEvent, shown: boolean): void {
    const at = world.clock.now();
    if (event.type === 'begins') begun.set(event.stage, at);
    const since = event.type === 'ends' ? begun.get(event.stage) : undefined;
    const ms = since === undefined ? {} : { ms: at - since };
    const record = () => {
      const spanId = telemetry?.spanIdOf(event);
      const ids = { traceId: trace.traceId, ...(spanId === undefined ? {} : { spanId }) };
      return eventRecord(event, { at, clean, ...ms, ...ids });
    };
    telemetry?.hear(event, record, ms.ms);
    if (shown) view.hear(event, record);
  }
  const around = telemetry === undefined ? {} : { around: telemetry.around };
  const all: Listener = Object.assign((event: MusterEvent) => tell(event, true), around);
  const unseen: Listener = Object.assign((event: MusterEvent) => tell(event, false), around);

  const session: Session = {
    trace,
    listener: ({ quiet }) => (quiet ? unseen : all),
    introduce: (keys) => telemetry?.introduce(keys),
  };
  const io: Io = {
    ...world,
    session,
    stdout: (text) => view.stdout(text, world.stdout),
    stderr: (text) => view.stderr(text, world.stderr),
    ask: (question) => view.ask(() => world.ask(question)),
  };
  return {
    ...session,
    io,
    begin(command, flags) {
      view = openView(world, command, flags);
      all({ type: 'about', command });
    },
    async run(work) {
      const code = await staged(all, { phase: 'command' }, async () => {
        const ended = await work();
        all({ type: 'exits', code: ended });
        return ended;
      }).finally(() => view.close());
      await deliver(telemetry, world, view);
      return code;
    },
  };
}

async function telemetryOf(
  { env }: Io,
  trace: Trace,
  clean: (text: string) => string,
): Promise<Telemetry | undefined> {
  const wanted = wantedIn(env);
  if (wanted === undefined) return undefined;
  const { openTelemetry } = await import('../telemetry/index.ts');
  return openTelemetry({ wanted, trace, env, clean, version: version() });
}

/** What could not be delivered is told, and changes nothing: the run is what it was. */
async function deliver(telemetry: Telemetry | undefined, { clock, stderr }: Io, view: View) {
  if (telemetry === undefined) return;
  const late = clock.sleep(FLUSH_MS).then(() => false);
  if (await Promise.race([telemetry.close(), late])) return;
  if (view !== SILENT) {
    const note =
      'note: Not all of the telemetry could be delivered (OTEL_LOG_LEVEL=error says why); the run is not affected.';
    view.stderr(`${note} See ${see('errors', UNDELIVERED)}.\n`, stderr);
  }
}

const SECRET = /^MUSTER_.*(TOKEN|SECRET)$|^(GITHUB|GH|GITLAB|CI_JOB)_TOKEN$/;
/** An address that is itself the secret, whole or by its path alone. */
const SECRET_ADDRESS = 'MUSTER_WEBHOOK_URL';
/** What is shorter is found everywhere, and no secret. */
const SHORTEST = 8;

function secretsIn(env: Io['env']): Secret[] {
  const values = Object.entries(env).map(([name, value = '']) => (SECRET.test(name) ? value : ''));
  return [...values, ...addressesIn(env)]
    .filter((value) => value.trim().length >= SHORTEST)
    .map((value) => new Secret(value.trim()));
}

function addressesIn(env: Io['env']): string[] {
  const address = env[SECRET_ADDRESS] ?? '';
  if (!URL.canParse(address)) return [address];
  const { href, pathname, search } = new URL(address);
  return [address, href, pathname, search];
}
