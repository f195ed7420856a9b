/**
 * Faults as text: the kind, then conditions, separated by commas, as in `status=503,method=PUT,times=2,retry-after=1`.
 * A text that is not wholly understood is refused, never half obeyed.
 */
import type { FaultEffect, FaultMatch, FaultRule, JobFate } from './faults.ts';

const JOB_FATES: readonly JobFate[] = ['job-hang', 'job-vanish', 'job-fail', 'job-lie', 'job-mute'];

type Parts = Map<string, string | undefined>;

/** Throws an Error with one plain sentence. */
export function parseFault(text: string): FaultRule {
  const [head = '', ...conditions] = text.split(',').map((part) => part.trim());
  const [kind = '', value] = splitOnce(head);
  const parts: Parts = new Map();
  for (const condition of conditions) {
    const [name, given] = splitOnce(condition);
    if (parts.has(name)) throw new Error(`A fault names the condition '${name}' twice.`);
    parts.set(name, given);
  }
  const rule = { ...effect(kind, value, parts), ...matching(parts) };
  const [unknown] = parts.keys();
  if (unknown !== undefined) {
    throw new Error(`A fault of kind '${kind}' has no condition '${unknown}'.`);
  }
  return rule;
}

function splitOnce(text: string): readonly [string, string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function effect(kind: string, value: string | undefined, parts: Parts): FaultEffect {
  if (kind === 'status') return statusEffect(number(kind, value, STATUS), parts);
  if (kind === 'slow') return { kind, ms: number(kind, value, COUNT) };
  if (value !== undefined) throw new Error(`A fault of kind '${kind}' takes no value.`);
  const fate = JOB_FATES.find((name) => name === kind);
  if (fate !== undefined) return { kind: fate, ...optional(parts, 'applied', SHARE) };
  switch (kind) {
    case 'partial':
      return { kind, ...optional(parts, 'applied', SHARE) };
    case 'reset-before':
    case 'reset-after':
    case 'truncated':
    case 'empty':
      return { kind };
    default:
      throw new Error(`There is no fault of kind '${kind}'.`);
  }
}

function statusEffect(status: number, parts: Parts): FaultEffect {
  const { 'retry-after': retryAfter } = optional(parts, 'retry-after', COUNT);
  return {
    kind: 'status',
    status,
    ...words(parts, 'code', /^[\w.]+$/),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(flag(parts, 'html') ? { html: true } : {}),
    ...(flag(parts, 'after') ? { afterEffect: true } : {}),
  };
}

function matching(parts: Parts): FaultMatch {
  return {
    ...words(parts, 'method', /^[A-Za-z]+$/),
    ...words(parts, 'path', /^[/*]/),
    ...words(parts, 'header', /^[\w-]+$/),
    ...optional(parts, 'probability', SHARE),
    ...optional(parts, 'times', COUNT),
    ...optional(parts, 'skip', COUNT),
  };
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

const STATUS: Range = { min: 200, max: 599, integer: true };
const COUNT: Range = { min: 0, max: 1e9, integer: true };
const SHARE: Range = { min: 0, max: 1, integer: false };

function number(name: string, text: string | undefined, range: Range): number {
  const value = /^\d+(\.\d+)?$/.test(text ?? '') ? Number(text) : Number.NaN;
  const fits = value >= range.min && value <= range.max;
  if (fits && (!range.integer || Number.isInteger(value))) return value;
  const what = range.integer ? 'a whole number' : 'a number';
  throw new Error(`'${name}' of a fault must be ${what} from ${range.min} to ${range.max}.`);
}

function optional<N extends string>(parts: Parts, name: N, range: Range): { [K in N]?: number } {
  if (!parts.has(name)) return {};
  const value = number(name, parts.get(name), range);
  parts.delete(name);
  return { [name]: value } as { [K in N]?: number };
}

function words<N extends string>(parts: Parts, name: N, shape: RegExp): { [K in N]?: string } {
  if (!parts.has(name)) return {};
  const value = parts.get(name) ?? '';
  if (!shape.test(value)) throw new Error(`'${value}' is no ${name} of a fault.`);
  parts.delete(name);
  return { [name]: value } as { [K in N]?: string };
}

function flag(parts: Parts, name: string): boolean {
  if (!parts.has(name)) return false;
  if (parts.get(name) !== undefined) throw new Error(`'${name}' of a fault takes no value.`);
  return parts.delete(name);
}
