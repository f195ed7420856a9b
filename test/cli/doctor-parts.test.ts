/** The parts of muster doctor that a sandbox alone does not show: this machine, the ledger, and judging what came back. */
import { afterEach, describe, expect, test } from 'vitest';
import { checkLimits, checkNeed, checkSignIn, checkTenant } from '../../src/cli/doctor/account.ts';
import { checkHeaders } from '../../src/cli/doctor/headers.ts';
import { checkHere } from '../../src/cli/doctor/here.ts';
import { checkHistory } from '../../src/cli/doctor/history.ts';
import { HEADERS, type Header, type Look, lookAround } from '../../src/cli/doctor/looks.ts';
import { checkWay } from '../../src/cli/doctor/way.ts';
import type { Io } from '../../src/cli/io.ts';
import type { Checkup, Probed } from '../../src/model/checkup.ts';
import type { Org } from '../../src/model/config.ts';
import { MusterError, PlatformError } from '../../src/model/error.ts';
import { openTrace } from '../../src/telemetry/trace.ts';
import { orgInGit } from './org-in-git.ts';

const fault = (status?: number, code = 'server-error', more: object = {}) =>
  new PlatformError(code, 'It went wrong.', {
    ...(status === undefined ? {} : { status }),
    effect: 'none',
    ...more,
  });
const probed = (headers: Record<string, string> = {}, error?: PlatformError, ms = 10): Probed => ({
  ...{ at: Date.UTC(2026, 10, 23, 10), ms, header: (name) => headers[name] },
  ...(error === undefined ? {} : { error }),
});
const look = (sent: readonly Header[], answer: Probed): Look => ({
  ...{ sent, requestId: `${'a1'.repeat(16)}-${'b2'.repeat(8)}`, probed: answer },
});

describe('this machine', () => {
  const here = (env: Io['env'], title: string, node = '20.20.2') =>
    checkHere({ env }, node).find((check) => check.title === title);

  test.each([
    ['18.19.0', 'failed'],
    ['20.18.3', 'failed'],
    ['20.19.0', 'ok'],
    ['22.0.0', 'ok'],
  ])('Node.js %s is %s', (node, health) => {
    expect(here({}, 'Node.js', node)).toMatchObject({ health });
  });

  test('a proxy is named by its host, and never by what signs in to it', () => {
    const env = { HTTPS_PROXY: 'http://ana:hush@proxy.example:3128', no_proxy: 'x' };
    const told = here(env, 'Proxy')?.message;
    expect(told).toBe(
      'HTTPS_PROXY leads to proxy.example:3128, except for what NO_PROXY names; loopback never goes through it.',
    );
    expect(here({ http_proxy: 'proxy:' }, 'Proxy')).toMatchObject({ health: 'ok' });
    expect(here({ http_proxy: 'no url' }, 'Proxy')).toMatchObject({ health: 'failed' });
  });

  test('what is exported, and in which trace, is told', () => {
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c', OTEL_LOGS_EXPORTER: 'none' };
    expect(here(env, 'Telemetry')?.message).toContain('traces, metrics.');
    const traced = { ...env, TRACEPARENT: '00-1-2-01' };
    expect(here(traced, 'Telemetry')?.message).toContain('in the trace of TRACEPARENT');
  });
});

describe('the account', () => {
  const org = (more: Partial<Org> = {}) => ({ pace: {}, ...more }) as Org;
  const checkup = (more: Partial<Checkup>) =>
    ({ needs: [], calm: { path: '/' }, probe: async () => probed(), ...more }) as Checkup;
  const tenant = async () => ({ id: 'T1', name: 'Acme' });

  test.each<[Partial<Org>, Partial<Checkup>, string, string]>([
    [{}, {}, 'unknown', 'does not tell'],
    [{}, { tenant }, 'warning', 'not pinned'],
    [{ orgId: 't1' }, { tenant }, 'ok', 'It is Acme (T1).'],
    [{ orgId: 'T2' }, { tenant: async () => ({ id: 'T1' }) }, 'failed', 'lead to T1, and `orgId`'],
    [{}, { tenant: async () => Promise.reject(fault(403)) }, 'failed', 'It went wrong.'],
  ])('of tenant %j and %j it says %s', async (more, how, health, message) => {
    const check = await checkTenant(org(more), checkup(how));
    expect(check).toMatchObject({ health, message: expect.stringContaining(message) });
  });

  test.each<[Org['pace'], Partial<Checkup>, string, string]>([
    [{}, {}, 'unknown', 'The usual pace of the platform is kept.'],
    [{ reads: 100, writes: 20 }, {}, 'unknown', 'allows 100 reads and 20 writes a minute.'],
    [{ writes: 20 }, { limits: async () => 'It allows 300.' }, 'ok', 'It allows 300. muster.yaml'],
    [{}, { limits: async () => undefined }, 'unknown', 'tells none'],
    [{}, { limits: async () => Promise.reject(fault(500)) }, 'failed', 'went wrong'],
  ])('of limits %j it says %s', async (pace, how, health, message) => {
    const check = await checkLimits(org({ pace }), checkup(how));
    expect(check).toMatchObject({ health, message: expect.stringContaining(message) });
  });

  test('a fault of the program is not a check', async () => {
    const broken = checkup({ tenant: async () => Promise.reject(new TypeError('x')) });
    await expect(checkTenant(org(), broken)).rejects.toThrow(TypeError);
  });

  test('what stands in the way of a read is told of the permission it would show', async () => {
    const need = { name: 'users', use: 'read people', read: { path: '/users' } };
    const check = (error: PlatformError) => checkNeed(need, async () => probed({}, error));
    expect(await check(fault(403))).toMatchObject({ health: 'failed' });
    expect(await check(fault(404))).toMatchObject({ health: 'unknown' });
    expect(checkSignIn(probed({}, fault(404)))).toMatchObject({ health: 'ok' });
  });
});

describe('what came back', () => {
  const of = (looks: readonly Look[], title: string, namesRequests = true) =>
    [...checkHeaders(looks, { headers: HEADERS, namesRequests }), ...checkWay(looks, HEADERS)].find(
      (check) => check.title === title,
    );

  test('a platform that names requests itself says nothing of what arrives', () => {
    const own = [look(['x-request-id', 'traceparent'], probed({ 'inin-correlation-id': 'c1' }))];
    expect(of(own, 'X-Request-ID')).toMatchObject({ health: 'unknown' });
    expect(of(own, 'traceparent')).toMatchObject({ health: 'unknown' });
  });

  test('where the platform names no request, that none is named puts nobody to blame', () => {
    const mute = [look(['x-request-id', 'traceparent'], probed()), look([], probed())];
    for (const title of ['X-Request-ID', 'traceparent']) {
      expect(of(mute, title, false)).toMatchObject({ health: 'unknown' });
      expect(of(mute, title, true)).toMatchObject({ health: 'warning' });
    }
  });

  test('without a look that was bare, another name is a changed one', () => {
    const other = [look(['x-request-id'], probed({ 'x-request-id': 'other' }))];
    expect(of(other, 'X-Request-ID')?.message).toContain('rewritten');
  });

  test('too many requests are the token, not the way', () => {
    const looks = [look([], probed()), look([], probed({}, fault(429, 'rate-limited')))];
    expect(of(looks, 'Answers')).toMatchObject({
      message: '1 of 2 reads came to nothing: 429 once.',
      fix: expect.stringContaining('pace'),
    });
  });

  test('what the platform itself says is not put down to something in between', () => {
    const said = fault(503, 'server-error', { platformMessage: 'Busy' });
    const looks = [look([], probed()), look([], probed({}, said)), look([], probed({}, fault()))];
    expect(of(looks, 'Answers')?.message).toBe(
      '2 of 3 reads came to nothing: 503 once, server-error once.',
    );
  });

  test('slow answers, and who is in between, are told', () => {
    const slow = [look([], probed({ via: '1.1 squid', server: 'nginx' }, undefined, 3_000))];
    expect(of(slow, 'Latency')).toMatchObject({ health: 'warning' });
    expect(of(slow, 'In between')?.message).toBe(
      'The answers came by way of 1.1 squid, answered by nginx.',
    );
  });

  test('an interruption ends the looking', async () => {
    const stop = new AbortController();
    let asked = 0;
    const checkup = {
      ...{ needs: [], calm: { path: '/' }, namesRequests: true },
      async probe() {
        asked += 1;
        if (asked === 3) stop.abort();
        return probed();
      },
    };
    const trace = openTrace({}, () => 'x');
    const looking = { checkup, trace, headers: HEADERS, signal: stop.signal };
    expect(await lookAround(looking)).toHaveLength(3);
  });
});

describe('the ledger', () => {
  let close: () => Promise<void> = async () => undefined;
  afterEach(() => close());

  test('tells what was applied, a pause, and a base that is not behind', async () => {
    const org = await orgInGit();
    close = org.close;
    const examined = async () => {
      const { stdout } = await org.run(['doctor', '--format', 'json']);
      const { checks } = JSON.parse(stdout) as { checks: { title: string }[] };
      return checks.find(({ title }) => title === 'Git and ledger');
    };
    expect(await examined()).toMatchObject({
      health: 'ok',
      message: expect.stringContaining('nothing has been applied'),
    });
    expect((await org.run(['apply', '--yes', '--quiet'])).code).toBe(0);
    expect(await examined()).toMatchObject({
      health: 'ok',
      message: expect.stringContaining('was applied last, on 2026-11-23'),
    });
    org.git('checkout', '-q', '--orphan', 'other');
    org.commit('another history');
    expect(await examined()).toMatchObject({
      health: 'warning',
      message: expect.stringContaining('does not come after'),
    });
    await org.run(['pause', '--reason', 'move']);
    expect(await examined()).toMatchObject({
      health: 'warning',
      message: expect.stringContaining('paused'),
    });
  });

  test('that cannot be looked at fails the check', async () => {
    const org = await orgInGit();
    close = org.close;
    org.git('remote', 'set-url', 'origin', '/nowhere/at/all.git');
    const io = { cwd: org.folder.path, env: org.env, clock: { now: () => 0 } } as unknown as Io;
    const eu = { name: 'sandbox', platform: 'admin', formerly: {}, ledger: {} } as unknown as Org;
    const check = await checkHistory(io, { color: false }, eu);
    expect(check).toMatchObject({ check: 'ledger', health: 'failed' });
    expect(new MusterError('x', check.message).message).not.toContain('@');
  });
});
