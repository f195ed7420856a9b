/** Starts and stops a sandbox: an embedded platform on loopback, over real HTTP, with one in-memory org behind it. */
import { setMaxListeners } from 'node:events';
import type { Platform } from '../model/platform.ts';
import { adminDialect } from './admin/dialect.ts';
import { Jobs } from './admin/jobs.ts';
import { adminService } from './admin/service.ts';
import type { AdminWorld } from './admin/world.ts';
import { Buckets } from './buckets.ts';
import { type ByHand, byHand } from './by-hand.ts';
import { controlRoutes } from './control.ts';
import type { ControlWorld } from './control-world.ts';
import { Numbers } from './cxone/numbers.ts';
import { cxoneService } from './cxone/service.ts';
import type { CxoneWorld } from './cxone/world.ts';
import type { FaultRule } from './faults.ts';
import { Faults } from './faults.ts';
import type { Service } from './gate.ts';
import { genesysService } from './genesys/service.ts';
import type { Desk } from './listener.ts';
import { listener } from './listener.ts';
import type { SandboxOptions, Settings } from './options.ts';
import { DEFAULT_CLIENT, DEFAULT_KEY, DEFAULT_TOKEN, settle } from './options.ts';
import type { Org } from './org/org.ts';
import { OrgState } from './org/state.ts';
import { listen } from './port.ts';
import type { Counters, LoggedRequest } from './requests.ts';
import { RequestLog } from './requests.ts';
import { Tokens } from './tokens.ts';

export interface Sandbox extends ByHand {
  /** `http://127.0.0.1:<port>`, without a slash at the end; for `baseUrl` and `loginUrl`. */
  readonly url: string;
  /** The first token. */
  readonly token: string;
  /** The first client, for `POST /oauth/token`. */
  readonly client: { readonly id: string; readonly secret: string };
  /** The first access key, for signing in to CXone. */
  readonly accessKey: { readonly id: string; readonly secret: string };
  /** As it truly is now, lag or not. */
  readonly org: Org;
  /** Everything but the calls under `/_sandbox/`, oldest first. */
  readonly requests: readonly LoggedRequest[];
  readonly counters: Counters;
  clearRequests(): void;
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
  const { url, close } = await listen(listener(deskOf(world, closing.signal)), options.port ?? 0);
  return {
    url,
    ...firstCredentials(settings),
    ...byHand(world),
    get org() {
      now();
      return state.org;
    },
    requests: log.entries,
    get counters() {
      return log.counters;
    },
    clearRequests: () => log.clear(),
    setFaults: (rules) => faults.set(rules),
    close() {
      closing.abort();
      return close();
    },
  };
}

type World = AdminWorld & CxoneWorld & ControlWorld;

function build(settings: Settings, rules: readonly FaultRule[]): World {
  const { clock, seed } = settings;
  const state = new OrgState(settings.org);
  const jobs = new Jobs(state, settings);
  return {
    settings,
    state,
    jobs,
    faults: new Faults(rules, seed),
    tokens: new Tokens(settings, { seed, now: clock.now() }),
    numbers: new Numbers(state),
    log: new RequestLog(),
    now() {
      const at = clock.now();
      jobs.advance(at);
      return at;
    },
  };
}

/** A call goes to the first that claims its path. */
const SERVICES: Readonly<Record<Platform, (world: World) => Service>> = {
  admin: adminService,
  genesys: genesysService,
  cxone: cxoneService,
};

function deskOf(world: World, closed: AbortSignal): Desk {
  const { settings, tokens, faults, log } = world;
  const { clock, latencyMs, watch, platforms } = settings;
  const [first, ...others] = platforms;
  const unlimited = new Buckets({ burst: 1 });
  return {
    services: [SERVICES[first](world), ...others.map((platform) => SERVICES[platform](world))],
    control: {
      claims: [],
      routes: controlRoutes(world),
      tokens,
      buckets: unlimited,
      dialect: adminDialect,
    },
    faults,
    log,
    clock,
    latencyMs,
    watch,
    closed,
  };
}

type Credentials = Pick<Sandbox, 'token' | 'client' | 'accessKey'>;

function firstCredentials({ tokens, clients, accessKeys }: Settings): Credentials {
  const { id, secret } = clients[0] ?? DEFAULT_CLIENT;
  const key = accessKeys[0] ?? DEFAULT_KEY;
  return {
    token: (tokens[0] ?? DEFAULT_TOKEN).token,
    client: { id, secret },
    accessKey: { id: key.id, secret: key.secret },
  };
}
