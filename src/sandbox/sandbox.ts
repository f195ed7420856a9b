/** Starts and stops a sandbox: an embedded platform on loopback, over real HTTP, with one in-memory org behind it. */
import { setMaxListeners } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MusterError } from '../model/error.ts';
import type { SkillEntry } from './admin/entries.ts';
import { entriesOf } from './admin/entries.ts';
import { Jobs } from './admin/jobs.ts';
import { adminRoutes } from './admin/routes.ts';
import type { AdminWorld } from './admin/world.ts';
import { Buckets } from './buckets.ts';
import { type ControlWorld, controlRoutes, editByHand, findUser } from './control.ts';
import type { FaultRule } from './faults.ts';
import { Faults } from './faults.ts';
import type { Desk } from './listener.ts';
import { listener } from './listener.ts';
import type { SandboxOptions, Settings } from './options.ts';
import { DEFAULT_CLIENT, DEFAULT_TOKEN, settle } from './options.ts';
import type { Org } from './org/org.ts';
import { OrgState } from './org/state.ts';
import type { Counters, LoggedRequest } from './requests.ts';
import { RequestLog } from './requests.ts';
import { Tokens } from './tokens.ts';

export interface Sandbox {
  /** `http://127.0.0.1:<port>`, without a slash at the end; for `baseUrl` and `loginUrl`. */
  readonly url: string;
  /** The first token. */
  readonly token: string;
  /** The first client, for `POST /oauth/token`. */
  readonly client: { readonly id: string; readonly secret: string };
  /** As it truly is now, lag or not. */
  readonly org: Org;
  /** Everything but the calls under `/_sandbox/`, oldest first. */
  readonly requests: readonly LoggedRequest[];
  readonly counters: Counters;
  clearRequests(): void;
  /** A user's true list. Throws a RangeError for an unknown user. */
  skillsOf(userId: string): readonly SkillEntry[];
  /** Changes a list by hand, at once and without any check of values. Throws a RangeError for unknown ids. */
  edit(userId: string, skills: readonly SkillEntry[]): void;
  setFaults(rules: readonly FaultRule[]): void;
  /** Ends everything at once: the port, open connections, waiting answers. May be called twice. */
  close(): Promise<void>;
}

/** Throws a MusterError, `sandbox-port`, when the port cannot be had. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const settings = settle(options);
  const world = build(settings, options.faults ?? []);
  const { state, log, faults, now } = world;
  const closing = new AbortController();
  // Every answer that waits listens to it; a busy sandbox has many.
  setMaxListeners(0, closing.signal);
  const { url, close } = await listen(deskOf(world, closing.signal), options.port ?? 0);
  return {
    url,
    ...firstCredentials(settings),
    get org() {
      now();
      return state.org;
    },
    requests: log.entries,
    get counters() {
      return log.counters;
    },
    clearRequests: () => log.clear(),
    skillsOf(userId) {
      now();
      return entriesOf(findUser(state, userId).assignments);
    },
    edit: (userId, skills) => editByHand(state, { userId, skills, at: now() }),
    setFaults: (rules) => faults.set(rules),
    close() {
      closing.abort();
      return close();
    },
  };
}

type World = AdminWorld & ControlWorld;

function build(settings: Settings, rules: readonly FaultRule[]): World {
  const { clock, seed, tokens, clients } = settings;
  const state = new OrgState(settings.org);
  const jobs = new Jobs(state, settings);
  return {
    settings,
    state,
    jobs,
    faults: new Faults(rules, seed),
    tokens: new Tokens(tokens, clients, { seed, now: clock.now() }),
    log: new RequestLog(),
    now() {
      const at = clock.now();
      jobs.advance(at);
      return at;
    },
  };
}

function deskOf(world: World, closed: AbortSignal): Desk {
  const { settings, tokens, faults, log } = world;
  const { clock, latencyMs } = settings;
  const buckets = new Buckets(settings.rates);
  return {
    service: { routes: adminRoutes(world), tokens, buckets },
    control: { routes: controlRoutes(world), tokens, buckets },
    faults,
    log,
    clock,
    latencyMs,
    closed,
  };
}

function firstCredentials({ tokens, clients }: Settings): Pick<Sandbox, 'token' | 'client'> {
  const { id, secret } = clients[0] ?? DEFAULT_CLIENT;
  return { token: (tokens[0] ?? DEFAULT_TOKEN).token, client: { id, secret } };
}

interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

function listen(desk: Desk, port: number): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: 60_000 }, listener(desk));
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(portError(port, cause)));
    server.listen(port, HOST, () => {
      const { port: bound } = server.address() as AddressInfo;
      const close = () => {
        server.close();
        server.closeAllConnections();
        return closed;
      };
      resolve({ url: `http://${HOST}:${bound}`, close });
    });
  });
}

function portError(port: number, cause: Error): MusterError {
  return new MusterError('sandbox-port', `The sandbox cannot listen on port ${port}.`, {
    hint: 'Choose another with --port, or 0 for any free one.',
    cause,
  });
}
