import { clientsByReach } from '../aws/clients.ts';
import { resolveAddresses } from '../sources/resolve-addresses.ts';
import { waitOnTimer } from './custom-resource/wait.ts';
import type { RunOptions } from './run.ts';

/** What a process gives a run: AWS, DNS, the time, and its standard output for the log. */
export function surroundings(): RunOptions {
  return {
    clientsOf: clientsByReach({ now: Date.now }),
    resolve: resolveAddresses,
    wait: waitOnTimer,
    now: Date.now,
    // Not console.log, before whose lines Lambda puts a prefix that no reader of JSON takes.
    write: (line) => void process.stdout.write(`${line}\n`),
  };
}
