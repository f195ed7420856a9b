/** Starts and stops a sandbox: an embedded platform on loopback, over real HTTP, with one in-memory org behind it. */
import { setMaxListeners } from 'node:events';
import { adminDialect } from './admin/dialect.ts';
import type { SkillEntry } from './admin/entries.ts';
import { Jobs } from './admin/jobs.ts';
import { adminService } from './admin/service.ts';
import { editSkills, skillsOf } from './admin/truth.ts';
import type { AdminWorld } from './admin/world.ts';
import { Buckets } from './buckets.ts';
import { controlRoutes } from './control.ts';
import type { ControlWorld } from './control-world.ts';
import type { FaultRule } from './faults.ts';
import { Faults } from './faults.ts';
import type { Service } from './gate.ts';
import { genesysService } from './genesys/service.ts';
import { editLists, type GenesysLists, listsOf } from './genesys/truth.ts';
import type { Desk } from './listener.ts';
import { listener } from './listener.ts';
import type { SandboxOptions, Settings } from './options.ts';
import { DEFAULT_CLIENT, DEFAULT_TOKEN, settle } from './options.ts';
import type { Org } from './org/org.ts';
import { OrgState } from './org/state.ts';
import { listen } from './port.ts';
import type { Counters, LoggedRequest } from './requests.ts';
import { RequestLog } from './requests.ts';
import type { Served } from './served.ts';
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
  /** A user's true list, as the Admin API has it. Throws a RangeError for an unknown user. */
  skillsOf(userId: string): readonly SkillEntry[];
  /** Changes a list by hand, at once and without any check of values. Throws a RangeError for unknown ids. */
  edit(userId: string, skills: readonly SkillEntry[]): void;
  /** The same two in the words of Genesys Cloud; an edit replaces the lists that it names. */
  readonly genesys: {
    listsOf(userId: string): GenesysLists;
    edit(userId: string, lists: Partial<GenesysLists>): void;
  };
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
      return skillsOf(state, userId);
    },
    edit: (userId, skills) => editSkills(state, { userId, skills, at: now() }),
    genesys: {
      listsOf(userId) {
        now();
        return listsOf(state, userId);
      },
      edit: (userId, lists) => editLists(state, { userId, ...lists, at: now() }),
    },
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

/** A call goes to the first that claims its path. */
const SERVICES: Readonly<Record<Served, (world: World) => Service>> = {
  admin: adminService,
  genesys: genesysService,
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

function firstCredentials({ tokens, clients }: Settings): Pick<Sandbox, 'token' | 'client'> {
  const { id, secret } = clients[0] ?? DEFAULT_CLIENT;
  return { token: (tokens[0] ?? DEFAULT_TOKEN).token, client: { id, secret } };
}
