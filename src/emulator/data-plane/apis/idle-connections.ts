import type { Agent } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock, Timer } from '../../clock/clock.ts';

/** Has an agent close the connections that it has kept, unused, for so long by the clock. */
export function closeIdle(
  agent: Agent,
  { clock, milliseconds }: { clock: Clock; milliseconds: number },
): void {
  const timers = new WeakMap<Socket, Timer>();
  agent.on('free', (socket: Socket) => {
    timers.get(socket)?.cancel();
    timers.set(
      socket,
      clock.after(milliseconds, () => {
        if (isUnused(agent, socket)) socket.destroy();
      }),
    );
  });
}

function isUnused({ freeSockets }: Agent, socket: Socket): boolean {
  return Object.values(freeSockets).some((kept) => kept?.includes(socket));
}
