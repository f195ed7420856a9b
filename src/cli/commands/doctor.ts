/** `muster doctor`: everything a run stands on, looked at without changing anything; what is wrong, and what to do. */
import type { Check, Checkup, Examination, Probed, Read } from '../../model/checkup.ts';
import type { Org } from '../../model/config.ts';
import { staged } from '../../model/event.ts';
import { connect } from '../connect.ts';
import {
  checkCredentials,
  checkLimits,
  checkNeed,
  checkSignIn,
  checkTenant,
  type Mode,
} from '../doctor/account.ts';
import { failedBy, unknown } from '../doctor/check.ts';
import { checkFiles } from '../doctor/files.ts';
import { checkForge } from '../doctor/forge.ts';
import { checkHeaders } from '../doctor/headers.ts';
import { checkHere } from '../doctor/here.ts';
import { checkHistory } from '../doctor/history.ts';
import { headersOf, lookAround } from '../doctor/looks.ts';
import { checkWay } from '../doctor/way.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { formatOf, type GlobalFlags, styleOf } from '../flags.ts';
import { untilInterrupted } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { progress } from '../progress.ts';

export async function doctor(io: Io, flags: GlobalFlags): Promise<ExitCode> {
  const format = formatOf(flags, ['text', 'json']);
  const found = await untilInterrupted(io.signal, examine(io, flags));
  io.stdout(
    format === 'json'
      ? (await import('../../report/doctor/json.ts')).examinationJson(found)
      : (await import('../../report/doctor/text.ts')).examinationText(
          found,
          styleOf(io, flags, 'stdout'),
        ),
  );
  return found.healthy ? EXIT.done : EXIT.error;
}

async function examine(io: Io, flags: GlobalFlags): Promise<Examination> {
  const files = await checkFiles(io, flags);
  const { org } = files;
  if (org !== undefined) {
    progress(io, flags)({ type: 'about', org: org.name, platform: org.platform });
  }
  const checks = [
    ...checkHere(io, process.versions.node),
    await checkForge(io),
    ...files.checks,
    ...(org === undefined ? [] : [await checkHistory(io, flags, org)]),
    ...(org === undefined ? [] : await checkPlatform(org, files.orgs, { io, flags })),
  ];
  return {
    formatVersion: '1.0',
    org: org?.name ?? null,
    platform: org?.platform ?? null,
    at: new Date(io.clock.now()).toISOString(),
    healthy: checks.every(({ health }) => health !== 'failed'),
    checks,
  };
}

interface Shell {
  readonly io: Io;
  readonly flags: GlobalFlags;
}

const WAY = { check: 'way', title: 'Way to the platform' };

async function checkPlatform(org: Org, orgs: number, shell: Shell): Promise<Check[]> {
  const { check, mode } = checkCredentials(shell.io, org, orgs);
  if (mode === undefined) return [check];
  try {
    return [check, ...(await throughPlatform(org, { orgs, mode }, shell))];
  } catch (error) {
    return [check, failedBy(WAY, error)];
  }
}

async function throughPlatform(
  org: Org,
  { orgs, mode }: { readonly orgs: number; readonly mode: Mode },
  { io, flags }: Shell,
): Promise<Check[]> {
  const listener = progress(io, flags);
  const connection = await connect({ org, orgs }, { io, mode, listener });
  try {
    const checkup = connection.provider.checkup?.();
    if (checkup === undefined) return [unknown(WAY, 'There is no way to look at this platform.')];
    return await staged(listener, { phase: 'fetch' }, () => lookThrough(org, checkup, io));
  } finally {
    await connection.close();
  }
}

async function lookThrough(org: Org, checkup: Checkup, io: Io): Promise<Check[]> {
  const { trace } = connectionOf(io);
  const headers = headersOf(org);
  const { namesRequests } = checkup;
  const looks = await lookAround({ checkup, trace, headers, signal: io.signal });
  const best = looks.find(({ probed }) => probed.error === undefined) ?? looks[0];
  if (best === undefined) return [];
  const signIn = checkSignIn(best.probed, checkup.note);
  const way = [...checkWay(looks, headers), ...checkHeaders(looks, { headers, namesRequests })];
  if (signIn.health === 'failed') return [signIn, ...way];
  const look = (read: Read) => persist(() => lookAt(checkup, read, io));
  const needs: Check[] = [];
  for (const need of checkup.needs) needs.push(await checkNeed(need, look));
  return [
    signIn,
    await checkTenant(org, checkup),
    ...needs,
    await checkLimits(org, checkup),
    ...way,
  ];
}

const TRIES = 4;

/** What may pass is looked at again. */
async function persist(look: () => Promise<Probed>): Promise<Probed> {
  let probed = await look();
  for (let n = 1; n < TRIES && mayPass(probed); n += 1) probed = await look();
  return probed;
}

function mayPass({ error }: Probed): boolean {
  if (error === undefined) return false;
  return error.status === undefined || error.status >= 500 || error.status === 429;
}

function lookAt(checkup: Checkup, read: Read, io: Io): Promise<Probed> {
  const { trace } = connectionOf(io);
  const requestId = trace.newRequestId();
  return checkup.probe({ ...read, requestId, headers: { 'x-request-id': requestId } });
}

function connectionOf({ session }: Io) {
  if (session === undefined) throw new Error('A command runs in a session: a bug.');
  return session;
}
