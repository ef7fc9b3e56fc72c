import type { AddressInfo, Server } from 'node:net';

interface Place {
  host: string;
  port: number;
}

/** A port that the local AWS should listen on, and cannot. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  /** The system's, `EADDRINUSE` for instance. */
  readonly code: string | undefined;
  readonly port: number;

  constructor({ host, port }: Place, cause: NodeJS.ErrnoException) {
    const reason =
      cause.code === 'EADDRINUSE'
        ? `port ${port} of ${host} is in use: stop what listens there, or choose another port`
        : `cannot listen on port ${port} of ${host}: ${cause.code ?? cause.message}`;
    super(reason, { cause });
    this.code = cause.code;
    this.port = port;
  }
}

/** Connections that wait to be accepted: where more come at once, the system has them try again a second later. */
const backlog = 4096;

/**
 * Listens at a place of the loopback interface and gives the port, which the system chooses where 0 was asked for.
 *
 * @throws ListenError
 * @throws RangeError for any other interface: nothing here is for other machines
 */
export async function listen(server: Server, place: Place): Promise<number> {
  if (!/^127\.\d+\.\d+\.\d+$/.test(place.host)) {
    throw new RangeError(`the local AWS listens on 127.0.0.0/8 only, not on ${place.host}`);
  }
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException): void => reject(new ListenError(place, error));
    server.once('error', refuse);
    server.listen({ ...place, backlog }, () => {
      server.off('error', refuse);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
