/** Opens the way to an org's platform: credentials, allowed hosts, proxy, provider. Writes are refused until allowed. */
import { type Credentials, findCredentials, type Wanted } from '../http/credentials.ts';
import { parseAllowedHosts } from '../http/hosts.ts';
import type { ProxySettings } from '../http/transport.ts';
import type { Org } from '../model/config.ts';
import type { Listener } from '../model/event.ts';
import type { Platform } from '../model/platform.ts';
import type { Provider } from '../model/provider.ts';
import type { Open } from '../providers/opening.ts';
import { openTrace } from '../telemetry/trace.ts';
import type { Io } from './io.ts';
import { version } from './version.ts';

/** How each platform is opened: its provider is loaded when an org of it is. */
const PLATFORMS: Readonly<Record<Platform, () => Promise<Open>>> = {
  admin: async () => (await import('../providers/admin/open.ts')).openAdmin,
  cxone: async () => (await import('../providers/cxone/open.ts')).openCxone,
  genesys: async () => (await import('../providers/genesys/open.ts')).openGenesys,
};

const CLOSING_MS = 1_000;

export interface Connection {
  readonly provider: Provider;
  /** From here on the transport lets writing methods pass; a connection for reading never does. */
  allowWrites(): void;
  close(): Promise<void>;
}

export interface ConnectOptions {
  readonly io: Io;
  readonly mode: 'read' | 'write';
  readonly listener: Listener;
}

/** The credentials of an org, of the kind its platform signs in with. Throws MusterError. */
export function credentialsOf(
  env: Io['env'],
  { name, platform }: Org,
  wanted: Pick<Wanted, 'orgs' | 'mode'>,
): Credentials {
  return findCredentials(env, { ...wanted, org: name, accessKey: platform === 'cxone' });
}

/** Throws MusterError for what is missing in the environment or the configuration; nothing is sent yet. */
export async function connect(
  { org, orgs }: { readonly org: Org; readonly orgs: number },
  { io, mode, listener }: ConnectOptions,
): Promise<Connection> {
  const open = await PLATFORMS[org.platform]();
  let readOnly = true;
  const { clock } = io;
  const trace = io.session?.trace ?? openTrace(io.env, () => io.newId());
  const proxy = proxyOf(io.env);
  const agent = `muster/${version()}`;
  const provider = open({
    org,
    outside: {
      credentials: credentialsOf(io.env, org, { orgs, mode }),
      allowedHosts: parseAllowedHosts(io.env.MUSTER_ALLOWED_HOSTS),
      ...(proxy === undefined ? {} : { proxy }),
      clock,
      random: () => io.random(),
      newRequestId: () => trace.newRequestId(),
      headers: (requestId) => ({
        'user-agent': agent,
        ...trace.headers(requestId, org.propagate),
      }),
      listener,
      readOnly: () => readOnly,
    },
  });
  return {
    provider,
    allowWrites() {
      if (mode === 'read') throw new Error('A connection for reading was asked to write: a bug.');
      readOnly = false;
    },
    // Requests that an interruption left under way are not waited for.
    close: () => Promise.race([provider.close(), clock.sleep(CLOSING_MS)]),
  };
}

export function proxyOf(env: Io['env']): ProxySettings | undefined {
  const pick = (name: string) => env[name.toLowerCase()] || env[name] || undefined;
  const [http, https, noProxy] = [pick('HTTP_PROXY'), pick('HTTPS_PROXY'), pick('NO_PROXY')];
  if (http === undefined && https === undefined) return undefined;
  return {
    ...(http === undefined ? {} : { http }),
    ...(https === undefined ? {} : { https }),
    ...(noProxy === undefined ? {} : { noProxy }),
  };
}
