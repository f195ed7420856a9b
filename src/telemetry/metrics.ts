/** Events as measurements. Their attributes have few values each: no person, no path, no message. */
import { metrics as meters } from '@opentelemetry/api';
import type { MusterEvent, Stage } from '../model/event.ts';

/** `ms` is how long the stage took that an event ends. */
export type Measure = (event: MusterEvent, ms?: number) => void;

export function openMetrics(): Measure {
  const instruments = create();
  let org = {};
  let command = {};
  return (event, ms = 0) => {
    if (event.type === 'exits') command = { ...command, 'muster.exit_code': event.code };
    else if (event.type === 'about') {
      if (event.org !== undefined) org = { 'muster.org': event.org };
      if (event.command !== undefined) command = { 'muster.command': event.command };
    } else if (event.type === 'ends') {
      ended(instruments, event, { ms, org, command });
    } else counted(instruments, event, org);
  };
}

function create() {
  const meter = meters.getMeter('muster');
  const count = (name: string, description: string) => meter.createCounter(name, { description });
  const seconds = (name: string, description: string) =>
    meter.createHistogram(name, { description, unit: 's' });
  const gauge = (name: string, description: string) => meter.createGauge(name, { description });
  return {
    requests: count(
      'muster.requests',
      'Requests to the platform, each try for itself, by outcome.',
    ),
    throttled: seconds('muster.throttle.wait', 'Waits that the platform asked for (429).'),
    paced: seconds('muster.pace.wait', 'Waits for a slot of the own pace.'),
    left: gauge('muster.pace.left', 'Requests that could go at once.'),
    retries: count('muster.retries', 'Reads that were tried again, by what had failed.'),
    users: count('muster.users', 'People decided, by outcome.'),
    assignments: count('muster.assignments', 'Assignments a plan changes, by action and cause.'),
    drift: gauge(
      'muster.drift',
      'Assignments that differ from what was applied, at the last plan.',
    ),
    holders: gauge('muster.skill.holders', 'Active people who hold a skill.'),
    stages: seconds('muster.stage.duration', 'How long each stage took.'),
    commands: seconds('muster.command.duration', 'How long each command took.'),
  };
}

type Instruments = ReturnType<typeof create>;
type Attributes = Readonly<Record<string, string | number | boolean>>;

interface Told {
  readonly ms: number;
  readonly org: Attributes;
  readonly command: Attributes;
}

function ended(
  { requests, stages, commands }: Instruments,
  { stage, failure }: MusterEvent & { type: 'ends' },
  { ms, org, command }: Told,
): void {
  const outcome = { 'muster.outcome': failure?.code ?? 'ok' };
  if (stage.phase === 'request') {
    const method = { 'http.request.method': stage.method };
    requests.add(1, { ...org, ...outcome, ...method, 'muster.lane': lane(stage) });
  } else if (stage.phase === 'command') {
    const own = stage.command === undefined ? command : { 'muster.command': stage.command };
    commands.record(ms / 1000, { ...org, ...own });
  } else stages.record(ms / 1000, { ...org, ...outcome, 'muster.stage': stage.phase });
}

function lane({ writes }: Stage & { phase: 'request' }): string {
  return writes ? 'writes' : 'reads';
}

function counted(to: Instruments, event: MusterEvent, org: Attributes): void {
  switch (event.type) {
    case 'paced':
      to.paced.record(event.waitedMs / 1000, { ...org, 'muster.lane': event.kind });
      to.left.record(event.left, { ...org, 'muster.lane': event.kind });
      break;
    case 'throttled':
      to.throttled.record(event.waitMs / 1000, { ...org, 'muster.lane': event.kind });
      break;
    case 'retrying':
      to.retries.add(1, { ...org, 'error.type': event.why });
      break;
    case 'decided':
      to.users.add(1, { ...org, 'muster.outcome': event.outcome });
      break;
    case 'planned':
      planned(to, event, org);
      break;
    case 'holders':
      for (const { id, name, users } of event.skills) {
        to.holders.record(users, { ...org, 'muster.skill.id': id, 'muster.skill.name': name });
      }
      break;
    default:
  }
}

function planned(
  { assignments, drift }: Instruments,
  { changes }: MusterEvent & { type: 'planned' },
  org: Attributes,
): void {
  if (changes === undefined) return;
  let drifted = 0;
  for (const { action, cause, count } of changes) {
    assignments.add(count, { ...org, 'muster.action': action, 'muster.cause': cause });
    if (cause === 'drift' || cause === 'both') drifted += count;
  }
  drift.record(drifted, org);
}
