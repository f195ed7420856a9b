/** A sandbox on a free port that ends with its test, and the few calls tests make to it. */
import { onTestFinished } from 'vitest';
import type { Kind } from '../../src/model/assignment.ts';
import type { Clock } from '../../src/sandbox/clock.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the platform answered
  readonly body: any;
}

export interface Client {
  readonly sandbox: Sandbox;
  send(method: string, path: string, init?: RequestInit): Promise<Answered>;
  get(path: string): Promise<Answered>;
  /** With a body of JSON, where there is one to send. */
  json(method: string, path: string, body?: unknown): Promise<Answered>;
  put(userId: string, skills: unknown): Promise<Answered>;
  bulk(users: unknown): Promise<Answered>;
  bulkCsv(text: string): Promise<Answered>;
}

export const USERS = '/api/v2/admin/users';
export const JSON_TYPE = { 'content-type': 'application/json' };
const UNLIMITED = { reads: 0, writes: 0, calls: 0 };

/** Not limited, and few users, unless told otherwise. */
export async function start(options: SandboxOptions = {}): Promise<Client> {
  const sandbox = await startSandbox({ users: 20, rates: UNLIMITED, ...options });
  onTestFinished(() => sandbox.close());
  const send = async (method: string, path: string, init: RequestInit = {}) => {
    const response = await fetch(sandbox.url + path, {
      ...init,
      method,
      headers: { authorization: `Bearer ${sandbox.token}`, ...init.headers },
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type') === 'application/json' && text !== '';
    const body = isJson ? JSON.parse(text) : undefined;
    return { status: response.status, headers: response.headers, text, body };
  };
  const sendJson = (method: string, path: string, body: unknown) =>
    send(method, path, { headers: JSON_TYPE, body: JSON.stringify(body) });
  return {
    sandbox,
    send,
    get: (path) => send('GET', path),
    json: (method, path, body) =>
      body === undefined ? send(method, path) : sendJson(method, path, body),
    put: (userId, skills) => sendJson('PUT', `${USERS}/${userId}/skills`, { skills }),
    bulk: (users) => sendJson('POST', `${USERS}/bulkupdate`, { operation: 'update', users }),
    bulkCsv: (body) =>
      send('POST', `${USERS}/bulkupdate`, { headers: { 'content-type': 'text/csv' }, body }),
  };
}

/** The n-th user's id. */
export function user({ sandbox }: Client, n = 0): string {
  return sandbox.org.users[n]?.id ?? '';
}

/** The id of a skill, or of a language, by name. */
export function idOf({ sandbox }: Client, name: string, kind: Kind = 'skill'): string {
  return sandbox.org.skills.find((own) => own.kind === kind && own.name === name)?.id ?? '';
}

/** The n-th skill's id. */
export function skill({ sandbox }: Client, n = 0): string {
  return sandbox.org.skills[n]?.id ?? '';
}

export interface HandClock extends Clock {
  advance(ms: number): void;
}

/** A clock that stands still until it is moved; waits end when it passes them. */
export function handClock(at = 1_000_000): HandClock {
  let now = at;
  let waiting: { at: number; run: () => void }[] = [];
  return {
    now: () => now,
    after(ms, run) {
      const entry = { at: now + ms, run };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    advance(ms) {
      now += ms;
      const due = waiting.filter((entry) => entry.at <= now);
      waiting = waiting.filter((entry) => entry.at > now);
      for (const entry of due) entry.run();
    },
  };
}
