import { createServer } from 'node:net';
import type { Host } from '../world/network/hosts.ts';
import type { Served } from './load-balancers/node-listener.ts';
import type { Loopback } from './loopback/loopback.ts';
import { passOn } from './loopback/pass-on.ts';

/** A machine of the VPC: connections to it go on to a server of this machine, which sees whose they are. */
export function servedHost(loopback: Loopback, { forwardTo }: Host): Served {
  const passedOn = passOn({
    loopback,
    server: createServer({ allowHalfOpen: true, noDelay: true }),
    admits: () => true,
    dial: (caller) => loopback.connectOut(caller, forwardTo),
  });
  return { ...passedOn, review() {} };
}
