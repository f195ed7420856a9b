/** Events as log records, with the trace and the span they happened in. */
import type { Context } from '@opentelemetry/api';
import { type AnyValue, logs, SeverityNumber } from '@opentelemetry/api-logs';
import type { MusterEvent } from '../model/event.ts';

/** `record` is the event as its JSON line has it. */
export type Log = (event: MusterEvent, record: () => Readonly<Record<string, unknown>>) => void;

/** `contextOf` tells where an event belongs. */
export function openLogs(contextOf: (event: MusterEvent) => Context): Log {
  const logger = logs.getLogger('muster');
  return (event, record) => {
    const severity = severityOf(event);
    logger.emit({
      eventName: `muster.${event.type}`,
      severityNumber: severity,
      severityText: SeverityNumber[severity],
      body: record() as Record<string, AnyValue>,
      context: contextOf(event),
    });
  };
}

function severityOf(event: MusterEvent): SeverityNumber {
  switch (event.type) {
    case 'failed':
      return SeverityNumber.ERROR;
    case 'throttled':
    case 'retrying':
    case 'notice':
      return SeverityNumber.WARN;
    case 'decided':
      return event.failure === undefined ? SeverityNumber.INFO : SeverityNumber.ERROR;
    case 'paced':
    case 'reading':
      return SeverityNumber.DEBUG;
    case 'begins':
    case 'ends':
      return event.stage.phase === 'request' ? SeverityNumber.DEBUG : SeverityNumber.INFO;
    default:
      return SeverityNumber.INFO;
  }
}
