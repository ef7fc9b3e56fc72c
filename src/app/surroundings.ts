import { clientsByReach } from '../aws/clients-by-reach.ts';
import { keptZones } from '../sinks/kept-zones.ts';
import { dnsResolver } from '../sources/dns/resolver.ts';
import { waitOnTimer } from './custom-resource/wait.ts';
import { lastSuccesses } from './last-successes.ts';
import type { RunOptions } from './run.ts';
import { writeLine } from './write-line.ts';

/**
 * What a process gives its runs: AWS, DNS, the time, its standard output for the log, and what it remembers.
 * `account`: the one whose credentials the process has.
 */
export function surroundings(account?: string): RunOptions {
  const region = process.env.AWS_REGION;
  return {
    clientsOf: clientsByReach({ now: Date.now, wait: waitOnTimer, region, account }),
    resolve: dnsResolver(),
    wait: waitOnTimer,
    now: Date.now,
    write: writeLine,
    keptZones: keptZones(),
    lastSuccesses: lastSuccesses(),
  };
}
