/** The flags of every command, resolved: format, style, and how much is told on the way. */
import type { Style } from '../report/style.ts';
import { UsageError } from './exit.ts';
import type { Io } from './io.ts';

/** The flags every command has, as commander hands them over. */
export interface GlobalFlags {
  readonly org?: string;
  readonly dir?: string;
  readonly format?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color: boolean;
  readonly logFormat?: string;
}

/** The wanted format, out of those the command has; the first is the default. */
export function formatOf<F extends string>(flags: GlobalFlags, formats: readonly [F, ...F[]]): F {
  if (flags.format === undefined) return formats[0];
  const found = formats.find((format) => format === flags.format);
  if (found !== undefined) return found;
  throw new UsageError(
    `This command has no format "${flags.format}".`,
    `Formats: ${formats.join(', ')}.`,
  );
}

/** How one of the two streams is printed to. */
export function styleOf(io: Io, flags: GlobalFlags, stream: 'stdout' | 'stderr'): Style {
  const color = flags.color && !io.env.NO_COLOR && io.terminal[stream];
  return { color, width: io.terminal.columns };
}
