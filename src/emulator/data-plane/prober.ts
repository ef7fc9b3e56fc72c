import { type ClientRequest, request } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../clock/clock.ts';
import type { Probe, ProbeResult, Prober } from '../world/load-balancing/probe.ts';
import { localHeader } from './load-balancers/proxy-protocol.ts';
import type { Loopback } from './loopback/loopback.ts';
import { includesStatus } from './status-codes.ts';
import { encrypted } from './tls/encrypted.ts';

/**
 * Turns of the event loop between a time-out and the verdict: a process that was held up hears of its timers before it
 * hears of the answers that came meanwhile, and on a fast clock that would make healthy targets unhealthy.
 */
const GRACE_TURNS = 16;

/** Health checks over sockets: a connection from the node to the target, and a GET over it where HTTP is asked for. */
export function socketProber(loopback: Loopback, clock: Clock): Prober {
  return (probe) =>
    new Promise((resolve) => {
      const { from, address, port, check } = probe;
      const socket = loopback.connect({ from, to: { address, port } });
      const timer = clock.after(check.timeoutSeconds * 1000, async () => {
        for (let turns = 0; turns < GRACE_TURNS; turns++) await turn();
        end({ passed: false, cause: 'timeout' });
      });

      function end(result: ProbeResult): void {
        timer.cancel();
        socket.destroy();
        resolve(result);
      }
      function fail(error: NodeJS.ErrnoException): void {
        end({ passed: false, cause: error.code === 'ETIMEDOUT' ? 'timeout' : 'refused' });
      }

      socket.on('error', fail);
      if (probe.proxyProtocol) socket.write(localHeader());
      if (check.protocol.startsWith('HTTP'))
        get(probe, socket)
          .on('error', fail)
          .on('response', (answer) => end(judge(probe, answer.statusCode ?? 0)));
      else socket.once('connect', () => end({ passed: true }));
    });
}

function judge({ check }: Probe, status: number): ProbeResult {
  return includesStatus(check.matcher, status)
    ? { passed: true }
    : { passed: false, cause: 'status', status };
}

function get({ address, port, check }: Probe, socket: Socket): ClientRequest {
  const createConnection = (): Socket => (check.protocol === 'HTTPS' ? encrypted(socket) : socket);
  const headers = { Host: `${address}:${port}`, 'User-Agent': 'ELB-HealthChecker/2.0' };
  return request({ path: check.path, headers, createConnection }).end();
}
