import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { nextMessage, programUrl, stop } from './program.ts';

/** A line of `albridge local --json`, and when it came, in milliseconds since the process was started. */
export interface Line {
  event: string;
  at: number;
  [name: string]: unknown;
}

/** What a process takes of the machine. */
export interface Usage {
  /** Resident. */
  bytes: number;
  /** Since its start. */
  cpuMilliseconds: number;
}

/** `albridge local` in a process of its own, on ports that the system chooses. */
export interface LocalAws {
  /** The first such line, written already or still to come. */
  line(event: string, fits?: (line: Line) => boolean): Promise<Line>;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

const command = new URL('../../cli/main.js', import.meta.url);

export function startLocalAws(...args: readonly string[]): LocalAws {
  const began = performance.now();
  const child = fork(fileURLToPath(command), ['local', '--json', '--port', '0', '--api-port', '0', ...args], {
    execArgv: ['--import', programUrl('usage').href],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const lines = linesOf(child, began);
  return {
    line: lines,
    usage() {
      child.send('usage');
      return nextMessage<Usage>(child);
    },
    stop: () => stop(child),
  };
}

function linesOf(child: ChildProcess, began: number): LocalAws['line'] {
  const lines: Line[] = [];
  const waiting = new Set<() => void>();
  if (!child.stdout) throw new Error('the process has no output');
  createInterface({ input: child.stdout }).on('line', (text) => {
    lines.push({ ...(JSON.parse(text) as Line), at: performance.now() - began });
    for (const look of waiting) look();
  });
  return (event, fits = () => true) =>
    new Promise((resolve, reject) => {
      const ended = (): void => reject(new Error(`albridge local ended without a line ${event}`));
      const look = (): void => {
        const found = lines.find((line) => line.event === event && fits(line));
        if (!found) return;
        waiting.delete(look);
        child.off('exit', ended);
        resolve(found);
      };
      child.once('exit', ended);
      waiting.add(look);
      look();
    });
}
