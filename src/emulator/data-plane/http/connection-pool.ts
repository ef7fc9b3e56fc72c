import type { Socket } from 'node:net';
import type { Clock, Timer } from '../../clock/clock.ts';
import { ClientConnection } from './client-connection.ts';

export interface ConnectionPoolOptions<To> {
  /** Connections are kept apart by it. */
  name(to: To): string;
  connect(to: To): Socket;
  /** Milliseconds without a byte until a server counts as silent, and an unused connection is closed; 0 for no limit. */
  idle: number;
  /** Has unused connections closed after so many milliseconds of a clock. @default not at all */
  kept?: { clock: Clock; milliseconds: number };
}

/** Connections to servers, kept open to be used again. */
export interface ConnectionPool<To> {
  /** The connection used last of those that are free, or a new one. */
  take(to: To): ClientConnection;
  /** A new one, for one request. */
  once(to: To): ClientConnection;
  /** Ends all, in use or not, and any that is opened after that. */
  close(): void;
}

interface Free {
  connection: ClientConnection;
  since: number;
}

export function connectionPool<To>(options: ConnectionPoolOptions<To>): ConnectionPool<To> {
  const { name, connect, idle, kept } = options;
  const free = new Map<string, Free[]>();
  const all = new Set<ClientConnection>();
  let sweep: Timer | undefined;
  let isClosed = false;

  function open(to: To, freed: (connection: ClientConnection) => void): ClientConnection {
    const socket = connect(to);
    const connection = new ClientConnection(socket, { idle, freed });
    if (isClosed) connection.close();
    all.add(connection);
    socket.once('close', () => {
      all.delete(connection);
      forget(name(to), connection);
    });
    return connection;
  }

  function release(key: string, connection: ClientConnection): void {
    const entry = { connection, since: kept?.clock.now() ?? 0 };
    const others = free.get(key);
    if (others) others.push(entry);
    else free.set(key, [entry]);
    if (!isClosed) sweep ??= kept?.clock.after(kept.milliseconds, closeUnused);
  }

  function forget(key: string, connection: ClientConnection): void {
    const left = free.get(key)?.filter((entry) => entry.connection !== connection) ?? [];
    if (left.length > 0) free.set(key, left);
    else free.delete(key);
  }

  function closeUnused(): void {
    sweep = undefined;
    if (!kept) return;
    const now = kept.clock.now();
    const waiting: number[] = [];
    for (const { connection, since } of [...free.values()].flat()) {
      if (now - since >= kept.milliseconds) connection.close();
      else waiting.push(since);
    }
    if (waiting.length > 0) {
      sweep = kept.clock.after(Math.min(...waiting) + kept.milliseconds - now, closeUnused);
    }
  }

  return {
    take(to) {
      const key = name(to);
      const entries = free.get(key);
      for (let entry = entries?.pop(); entry; entry = entries?.pop()) {
        if (entry.connection.isFree) return entry.connection;
      }
      return open(to, (connection) => release(key, connection));
    },
    once: (to) => open(to, (connection) => connection.close()),
    close() {
      isClosed = true;
      sweep?.cancel();
      for (const connection of all) connection.close();
    },
  };
}
