import type { Socket } from 'node:net';

/** What happens to a connection. */
export interface SocketListeners {
  data(bytes: Buffer): void;
  /** What was written has been taken. */
  drain(): void;
  /** The peer has ended its side. */
  end(): void;
  /** Nothing has moved for as long as was set. */
  timeout(): void;
  error(error: NodeJS.ErrnoException): void;
  close(): void;
}

/** Listens to a connection until the function that it gives is called. */
export function listenTo(socket: Socket, listeners: SocketListeners): () => void {
  const { data, drain, end, timeout, error, close } = listeners;
  socket.on('data', data).on('drain', drain).on('end', end);
  socket.on('timeout', timeout).on('error', error).on('close', close);
  return () => {
    socket.off('data', data).off('drain', drain).off('end', end);
    socket.off('timeout', timeout).off('error', error).off('close', close);
  };
}
