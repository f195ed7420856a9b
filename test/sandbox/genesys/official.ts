/** The official JavaScript client, its gateway pointed at a sandbox, and as much of its shape as is used here. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';

interface Assigned {
  readonly id: string;
  readonly name?: string;
  readonly proficiency?: number;
  readonly state?: string;
}

interface Listing<T> {
  readonly entities: readonly T[];
  readonly total: number;
  readonly pageCount: number;
}

interface User {
  readonly id: string;
  readonly skills?: readonly Assigned[];
  readonly languages?: readonly Assigned[];
}

interface Page {
  readonly pageSize?: number;
  readonly pageNumber?: number;
  readonly expand?: readonly string[];
  readonly id?: readonly string[];
  readonly state?: string;
}

interface UsersApi {
  getUsers(page?: Page): Promise<Listing<User>>;
  getUsersQuery(page?: Page & { cursor?: string }): Promise<{ entities: User[]; cursor?: string }>;
  getUserRoutingskills(userId: string, page?: Page): Promise<Listing<Assigned>>;
  putUserRoutingskillsBulk(userId: string, body: readonly Assigned[]): Promise<Listing<Assigned>>;
  patchUserRoutingskillsBulk(userId: string, body: readonly Assigned[]): Promise<Listing<Assigned>>;
  postUserRoutingskills(userId: string, body: Assigned): Promise<Assigned>;
  putUserRoutingskill(userId: string, skillId: string, body: Assigned): Promise<Assigned>;
  deleteUserRoutingskill(userId: string, skillId: string): Promise<unknown>;
  getUserRoutinglanguages(userId: string, page?: Page): Promise<Listing<Assigned>>;
  patchUserRoutinglanguagesBulk(userId: string, body: readonly Assigned[]): Promise<unknown>;
  deleteUserRoutinglanguage(userId: string, languageId: string): Promise<unknown>;
}

interface RoutingApi {
  getRoutingSkills(page?: Page & { name?: string }): Promise<Listing<Assigned>>;
  getRoutingLanguages(page?: Page): Promise<Listing<Assigned>>;
}

interface OrganizationApi {
  getOrganizationsMe(): Promise<{ id: string; name: string }>;
  getOrganizationsLimitsNamespace(name: string): Promise<{ entities: { key: string }[] }>;
}

interface ApiClient {
  readonly config: { live_reload_config: boolean };
  setGateway(gateway: { host: string; protocol: string; port: number }): void;
  setAccessToken(token: string): void;
  loginClientCredentialsGrant(id: string, secret: string): Promise<{ accessToken: string }>;
}

interface Library {
  readonly ApiClient: { readonly instance: ApiClient };
  readonly UsersApi: new () => UsersApi;
  readonly RoutingApi: new () => RoutingApi;
  readonly OrganizationApi: new () => OrganizationApi;
}

export interface Official {
  readonly client: ApiClient;
  readonly users: UsersApi;
  readonly routing: RoutingApi;
  readonly organization: OrganizationApi;
}

/** It watches a file in the home directory that can point it elsewhere: it gets a home of its own, and is told not to. */
export function officialClient({ url }: Sandbox): Official {
  const home = mkdtempSync(join(tmpdir(), 'muster-home-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  vi.stubEnv('HOME', home);
  onTestFinished(() => void vi.unstubAllEnvs());
  const require = createRequire(import.meta.url);
  const library: Library = require('purecloud-platform-client-v2');
  const client = library.ApiClient.instance;
  client.config.live_reload_config = false;
  const { hostname, port } = new URL(url);
  client.setGateway({ host: hostname, protocol: 'http', port: Number(port) });
  return {
    client,
    users: new library.UsersApi(),
    routing: new library.RoutingApi(),
    organization: new library.OrganizationApi(),
  };
}
