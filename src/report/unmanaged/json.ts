/** Unmanaged people as JSON. */
import { pretty } from '../pretty.ts';
import type { UnmanagedReport } from './unmanaged.ts';

export function unmanagedJson(report: UnmanagedReport): string {
  return pretty(report);
}
