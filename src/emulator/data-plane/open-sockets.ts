import type { Served } from './load-balancers/node-listener.ts';
import type { Loopback } from './loopback/loopback.ts';
import type { SocketAddress } from './loopback/socket-address.ts';

/** Something that is to listen in the world. */
export interface Opening {
  at: SocketAddress;
  make: () => Served;
}

/** What listens, by a key that changes with everything that asks for a new socket. */
export interface OpenSockets {
  /** Opens what is desired and not open, closes what is open and not desired, and has the rest look at the world. */
  follow(desired: ReadonlyMap<string, Opening>): void;
  /** Resolves once all that should listen now does; rejects with why one of them cannot. */
  settled(): Promise<void>;
  close(): void;
}

interface Open {
  served: Served;
  opened: Promise<void>;
  close(): void;
}

export function openSockets(loopback: Loopback): OpenSockets {
  const sockets = new Map<string, Open>();
  return {
    follow(desired) {
      for (const [key, socket] of sockets) {
        if (desired.has(key)) continue;
        sockets.delete(key);
        socket.close();
      }
      for (const [key, opening] of desired) {
        if (!sockets.has(key)) sockets.set(key, open(loopback, opening));
      }
      for (const { served } of sockets.values()) served.review();
    },
    async settled() {
      await Promise.all([...sockets.values()].map(({ opened }) => opened));
    },
    close() {
      for (const socket of sockets.values()) socket.close();
      sockets.clear();
    },
  };
}

function open(loopback: Loopback, { at, make }: Opening): Open {
  const served = make();
  let isOpen = false;
  let isClosed = false;
  const opened = loopback.listen({ at, ...served }).then(() => {
    isOpen = true;
    if (isClosed) served.close();
  });
  // Who waits for `settled` is told.
  opened.catch(() => {});
  return {
    served,
    opened,
    close() {
      isClosed = true;
      // A server closed while it begins to listen would never say that it does.
      if (isOpen) served.close();
    },
  };
}
