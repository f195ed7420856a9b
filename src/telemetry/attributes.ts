/** Stages and events as attributes: `muster.*`, and the names of the semantic conventions where there is one. */
import type { Attributes, AttributeValue } from '@opentelemetry/api';
import type { MusterEvent, Stage } from '../model/event.ts';

export function stageAttributes(stage: Stage): Attributes {
  switch (stage.phase) {
    case 'page':
      return { 'muster.page.of': stage.what, 'muster.page.number': stage.page };
    case 'gate':
    case 'write':
    case 'verify':
      return { 'muster.people': stage.users };
    case 'poll':
      return { 'muster.job.id': stage.jobId };
    default:
      return {};
  }
}

export interface Naming {
  readonly clean: (text: string) => string;
  readonly keyOf: (userId: string) => string | undefined;
}

type Told = Exclude<MusterEvent, { type: 'begins' | 'ends' }>;

/** What is not known is left out. */
export function attributesOf(event: Told, { clean, keyOf }: Naming): Attributes {
  switch (event.type) {
    case 'about':
      return known({
        'muster.command': event.command,
        'muster.org': event.org,
        'muster.platform': event.platform,
        'muster.run.id': event.run,
        'vcs.ref.head.revision': event.head,
        'vcs.ref.base.revision': event.base,
      });
    case 'planned':
      return { ...planned(event.totals), ...known({ 'muster.plan.refusing': refusing(event) }) };
    case 'exits':
      return { 'muster.exit_code': event.code };
    case 'writing':
      return { 'muster.write.by': event.by };
    case 'job':
      return known({
        'muster.job.id': event.jobId,
        'muster.job.status': event.status,
        'muster.job.processed': event.processed,
        'muster.job.total': event.total,
      });
    case 'decided':
      return known({
        'muster.user.id': clean(event.userId),
        'muster.user.key': keyOf(event.userId),
        'muster.outcome': event.outcome,
        'muster.request.id': event.requestId,
        'error.type': event.failure?.code,
        'http.response.status_code': event.failure?.status,
        'muster.platform.code': event.failure?.platformCode,
      });
    case 'throttled':
      return { 'muster.lane': event.kind, 'muster.wait_ms': event.waitMs };
    case 'retrying':
      return {
        'muster.attempt': event.attempt,
        'muster.wait_ms': event.waitMs,
        'error.type': event.why,
      };
    case 'notice':
      return { 'muster.code': event.code, 'muster.message': clean(event.message) };
    default:
      return {};
  }
}

function refusing({ refusing }: MusterEvent & { type: 'planned' }): string[] | undefined {
  return refusing && [...refusing];
}

function planned(totals: (MusterEvent & { type: 'planned' })['totals']): Attributes {
  return Object.fromEntries(
    Object.entries(totals).map(([name, count]) => [`muster.plan.${snake(name)}`, count]),
  );
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function known(all: Readonly<Record<string, AttributeValue | undefined>>): Attributes {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
