import { clientsByRegion } from '../aws/clients.ts';
import { dnsResolver } from '../sources/dns/resolver.ts';
import type { RunOptions } from './run.ts';

/** What a process gives a run: AWS, DNS, the time, and its standard output for the log. */
export function surroundings(): RunOptions {
  return {
    clientsOf: clientsByRegion(),
    resolve: dnsResolver(),
    now: Date.now,
    // Not console.log, before whose lines Lambda puts a prefix that no reader of JSON takes.
    write: (line) => void process.stdout.write(`${line}\n`),
  };
}
