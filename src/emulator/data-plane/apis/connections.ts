import type { Socket } from 'node:net';
import { Client } from 'undici';
import type { Clock, Timer } from '../../clock/clock.ts';
import { httpConnector } from './http-connector.ts';

/** An HTTP connection, for one request at a time. */
export interface Connection {
  readonly client: Client;
  /** Whether a request went over it before the one that has it now. */
  wasUsed: boolean;
  /** Gives it back once an answer has come whole, to be used again. */
  done(): void;
  /** Ends it, and the request on it. */
  break(): void;
}

/** Connections to one place, some of them kept for a while. */
export interface Connections {
  /** The one that was given back last, or else a new one. */
  kept(): Connection;
  /** A new one, which is not kept. */
  fresh(): Connection;
  close(): void;
}

interface Kept {
  connection: Connection;
  since: number;
}

/** Connections that are closed when they have been without a request for so long by the clock. */
export function connections(
  connect: () => Socket,
  { clock, milliseconds }: { clock: Clock; milliseconds: number },
): Connections {
  const open = new Set<Connection>();
  /** The one given back last at the end. */
  let idle: Kept[] = [];
  let closing: Timer | undefined;

  function openOne(giveBack: (connection: Connection) => void): Connection {
    const connection: Connection = {
      client: new Client('http://endpoint', {
        connect: httpConnector(() => {
          // One that its endpoint has closed meanwhile is replaced by a new one.
          connection.wasUsed = false;
          return connect();
        }),
        ...UNTIMED,
      }),
      wasUsed: false,
      done: () => giveBack(connection),
      break() {
        open.delete(connection);
        void connection.client.destroy();
      },
    };
    open.add(connection);
    return connection;
  }

  function keep(connection: Connection): void {
    connection.wasUsed = true;
    idle.push({ connection, since: clock.now() });
    closing ??= clock.after(milliseconds, closeIdle);
  }

  function closeIdle(): void {
    const due = clock.now() - milliseconds;
    for (const { connection, since } of idle) if (since <= due) connection.break();
    idle = idle.filter(({ since }) => since > due);
    const [oldest] = idle;
    closing = oldest && clock.after(oldest.since - due, closeIdle);
  }

  return {
    kept: () => idle.pop()?.connection ?? openOne(keep),
    fresh: () => openOne((connection) => connection.break()),
    close() {
      closing?.cancel();
      for (const connection of open) connection.break();
    },
  };
}

/** Integrations are timed out by whoever asks; what is kept, by the clock. */
const UNTIMED = { headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: 600_000 };
