import { clientsByReach } from '../aws/clients-by-reach.ts';
import { dnsResolver } from '../sources/dns/resolver.ts';
import { waitOnTimer } from './custom-resource/wait.ts';
import type { RunOptions } from './run.ts';
import { writeLine } from './write-line.ts';

/** What a process gives a run: AWS, DNS, the time, and its standard output for the log. */
export function surroundings(): RunOptions {
  return {
    clientsOf: clientsByReach({ now: Date.now }),
    resolve: dnsResolver(),
    wait: waitOnTimer,
    now: Date.now,
    write: writeLine,
  };
}
