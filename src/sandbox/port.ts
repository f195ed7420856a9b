/** A port on loopback, and its end. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MusterError } from '../model/error.ts';

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

export const HOST = '127.0.0.1';

/** Throws a MusterError, `sandbox-port`, when the port cannot be had. */
export function listen(listener: RequestListener, port: number): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: 60_000 }, listener);
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(portError(port, cause)));
    server.listen(port, HOST, () => {
      const { port: bound } = server.address() as AddressInfo;
      const close = () => {
        server.close();
        server.closeAllConnections();
        return closed;
      };
      resolve({ url: `http://${HOST}:${bound}`, close });
    });
  });
}

function portError(port: number, cause: Error): MusterError {
  return new MusterError('sandbox-port', `The sandbox cannot listen on port ${port}.`, {
    hint: 'Choose another with --port, or 0 for any free one.',
    cause,
  });
}
